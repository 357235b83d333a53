using ScoreGpu.Engine.Distributions;

namespace ScoreGpu.Tests.Engine;

public sealed class NormalQuantileTests
{
    [Theory]
    [InlineData(0.5, 0.0)]
    [InlineData(0.75, 0.6744897501960817)]
    [InlineData(0.975, 1.959963984540054)]
    [InlineData(0.025, -1.959963984540054)]
    [InlineData(0.0005, -3.2905267314918945)]
    [InlineData(1e-10, -6.361340902404056)]
    [InlineData(1e-20, -9.262340089798408)]
    [InlineData(0.9999997133484281, 5.0)]
    public void Quantiles_of_the_normal_are_known(double u, double expected) =>
        // Half a unit in the last place of u, which counts for much where the density is small and u near 1.
        Assert.Equal(expected, NormalQuantile.At(u), 1e-13 + (1.2e-16 * u / Density(expected)));

    [Fact]
    public void The_quantile_undoes_the_integral_of_the_density()
    {
        // Simpson's rule from 0, in steps that its pieces meet in.
        double sum = 0.5;
        const double Step = 1e-3;
        for (int i = 0; i < 4500; i++)
        {
            double x = i * Step;
            sum += Step / 6 * (Density(x) + (4 * Density(x + (Step / 2))) + Density(x + Step));
            if (i % 50 == 0)
            {
                Assert.Equal(x + Step, NormalQuantile.At(sum), 1e-14 / Density(x + Step));
                Assert.Equal(-x - Step, NormalQuantile.At(1 - sum), 1e-14 / Density(x + Step));
            }
        }

        Assert.Throws<ArgumentOutOfRangeException>(() => NormalQuantile.At(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => NormalQuantile.At(1));
    }

    private static double Density(double x) => Math.Exp(-0.5 * x * x) / Math.Sqrt(2 * Math.PI);
}
