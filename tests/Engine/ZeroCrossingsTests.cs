using ScoreGpu.Engine;
using ScoreGpu.Engine.Data;
using ScoreGpu.Engine.Distributions;

namespace ScoreGpu.Tests.Engine;

public sealed class ZeroCrossingsTests
{
    // Bisection of the density's derivative in 40 digits.
    [Fact]
    public void The_two_peaked_mixture_has_three()
    {
        IReadOnlyList<double> zeros = ZeroCrossings.OfScore(NamedMixtures.TwoPeaks1D, -8.0, 8.0);

        Assert.Equal(3, zeros.Count);
        Assert.Equal(-1.9999904593309723, zeros[0], 1e-12);
        Assert.Equal(0.3038754699487725, zeros[1], 1e-12);
        Assert.Equal(2.9999999678348153, zeros[2], 1e-12);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(100)]
    public void A_zero_on_the_grid_counts_once(int half)
    {
        IReadOnlyList<double> zeros = ZeroCrossings.Find(x => x, -1.0, 1.0, 2 * half);

        Assert.Equal(0.0, Assert.Single(zeros), 1e-12);
    }

    [Fact]
    public void All_zeros_of_the_sine_are_found()
    {
        IReadOnlyList<double> zeros = ZeroCrossings.Find(Math.Sin, 0.5, 20.0);

        Assert.Equal(6, zeros.Count);
        for (int k = 0; k < zeros.Count; k++)
        {
            Assert.Equal((k + 1) * Math.PI, zeros[k], 1e-12);
        }
    }

    [Fact]
    public void Hard_roots_still_converge()
    {
        // Flat and steep around the root, and lopsided.
        Assert.Equal(0.3, Assert.Single(ZeroCrossings.Find(x => Math.Pow(x - 0.3, 5), -1.0, 2.0, 1)), 1e-6);
        Assert.Equal(0.3, Assert.Single(ZeroCrossings.Find(x => Math.Cbrt(x - 0.3), -1.0, 2.0, 1)), 1e-12);
        Assert.Equal(
            Math.Log(1e6), Assert.Single(ZeroCrossings.Find(x => Math.Exp(x) - 1e6, 0.0, 50.0, 1)), 1e-11);
        Assert.Equal(0.1, Assert.Single(ZeroCrossings.Find(x => x < 0.1 ? -1.0 : 1.0, 0.0, 1.0, 1)), 1e-12);
    }

    [Fact]
    public void Touching_zeros_are_no_crossings() =>
        Assert.Empty(ZeroCrossings.Find(x => x * x, -1.0, 1.0, 2));

    [Fact]
    public void Bad_arguments_are_refused()
    {
        Assert.Throws<InputException>(() => ZeroCrossings.Find(x => x, 1.0, 1.0));
        Assert.Throws<InputException>(() => ZeroCrossings.Find(x => x, 0.0, 1.0, 0));
        Assert.Throws<InputException>(() => ZeroCrossings.OfScore(NamedMixtures.Ring8, -1.0, 1.0));
        Assert.Throws<ArgumentException>(() => ZeroCrossings.Find(_ => double.NaN, 0.0, 1.0));
    }
}
