using ScoreGpu.Engine;
using ScoreGpu.Engine.Metrics;

namespace ScoreGpu.Tests.Engine;

public sealed class ChiSquareTests
{
    // Even degrees of freedom have a finite sum, exp(−x/2) Σ_{k < ν/2} (x/2)ᵏ/k!.
    [Theory]
    [InlineData(2)]
    [InlineData(4)]
    [InlineData(10)]
    [InlineData(144)]
    public void Even_degrees_have_the_tail_of_a_poisson_sum(int degrees)
    {
        foreach (double x in new[] { 1e-3, 0.5, 2.0, degrees - 1.0, degrees + 2.5, 3.0 * degrees })
        {
            double term = Math.Exp(-0.5 * x);
            double sum = term;
            for (int k = 1; k < degrees / 2; k++)
            {
                term *= 0.5 * x / k;
                sum += term;
            }

            Assert.Equal(1.0, ChiSquare.UpperTail(x, degrees) / sum, 1e-12);
        }
    }

    // One degree: erfc(√(x/2)), here of 1, 2 and 3 standard deviations; the others from tables of the 5 % point.
    [Theory]
    [InlineData(1.0, 1, 0.317310507862914)]
    [InlineData(4.0, 1, 0.0455002638963584)]
    [InlineData(9.0, 1, 0.00269979606326019)]
    [InlineData(7.814727903251179, 3, 0.05)]
    [InlineData(14.067140449340169, 7, 0.05)]
    public void Odd_degrees_have_their_known_tails(double value, int degrees, double expected) =>
        Assert.Equal(expected, ChiSquare.UpperTail(value, degrees), 1e-12);

    [Fact]
    public void The_ends_are_one_and_zero()
    {
        Assert.Equal(1.0, ChiSquare.UpperTail(0.0, 3));
        Assert.Equal(0.0, ChiSquare.UpperTail(double.PositiveInfinity, 3));
        Assert.True(double.IsNaN(ChiSquare.UpperTail(double.NaN, 3)));
    }

    [Fact]
    public void The_statistic_is_pearsons()
    {
        ChiSquare test = ChiSquare.Of([30, 50, 20], [0.25, 0.5, 0.25]);

        Assert.Equal(1.0 + 0.0 + 1.0, test.Statistic, 1e-12);
        Assert.Equal(2, test.DegreesOfFreedom);
        Assert.Equal(Math.Exp(-1.0), test.PValue, 1e-12);
    }

    [Fact]
    public void What_cannot_be_tested_is_refused()
    {
        Assert.Throws<InputException>(() => ChiSquare.Of([1], [1.0]));
        Assert.Throws<InputException>(() => ChiSquare.Of([1, 2], [1.0]));
        Assert.Throws<InputException>(() => ChiSquare.Of([1, 2], [1.0, 0.0]));
        Assert.Throws<InputException>(() => ChiSquare.Of([0, 0], [0.5, 0.5]));
    }
}
