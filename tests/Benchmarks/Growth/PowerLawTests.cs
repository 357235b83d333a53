using ScoreGpu.Engine;
using ScoreGpu.Engine.Benchmarks;
using ScoreGpu.Engine.Benchmarks.Growth;

namespace ScoreGpu.Tests.Benchmarks.Growth;

public sealed class PowerLawTests
{
    [Fact]
    public void A_power_is_found()
    {
        double[] x = [1, 2, 5, 70, 1e7];
        PowerLaw law = PowerLaw.Fit(x, Array.ConvertAll(x, value => 3 * Math.Pow(value, -1.25)));

        Assert.Equal(-1.25, law.Exponent, 1e-12);
        Assert.Equal(3, law.Factor, 1e-11);
        Assert.Equal(0, law.ExponentError, 1e-7);
        Assert.Equal(3 * Math.Pow(10, -1.25), law.At(10), 1e-11);
    }

    [Fact]
    public void Residuals_give_the_error_that_can_be_worked_out_by_hand()
    {
        // ln x = 0, 1, 2 and ln y = 0, 1 + d, 2: the slope is 1, the residuals are -d/3, 2d/3 and -d/3, their squares sum to
        // 2d²/3 over one degree of freedom, and Sxx = 2.
        const double D = 0.06;
        PowerLaw law = PowerLaw.Fit([1, Math.E, Math.Exp(2)], [1, Math.Exp(1 + D), Math.Exp(2)]);

        Assert.Equal(1, law.Exponent, 1e-12);
        Assert.Equal(Math.Exp(D / 3), law.Factor, 1e-12);
        Assert.Equal(D / Math.Sqrt(3), law.ExponentError, 1e-12);
    }

    [Fact]
    public void Two_points_have_the_error_of_their_ordinates()
    {
        PowerLaw law = PowerLaw.Fit([2, 2 * Math.E], [10, 20], [0.03, 0.04]);

        Assert.Equal(Math.Log(2), law.Exponent, 1e-12);
        Assert.Equal(0.05, law.ExponentError, 1e-12);
    }

    [Fact]
    public void The_larger_error_counts()
    {
        double[] x = [1, Math.E, Math.Exp(2)];
        double[] y = [1, Math.Exp(1.06), Math.Exp(2)];
        double fromResiduals = PowerLaw.Fit(x, y).ExponentError;

        // Of the ordinates alone, √(e₁² + e₃²)/2.
        Assert.Equal(fromResiduals, PowerLaw.Fit(x, y, [0.01, 9, 0.01]).ExponentError);
        Assert.Equal(0.5, PowerLaw.Fit(x, y, [0.6, 0, 0.8]).ExponentError, 1e-12);
    }

    [Fact]
    public void Units_do_not_matter()
    {
        double[] x = [3, 10, 31, 100];
        double[] y = [1, 4, 9, 40];
        PowerLaw law = PowerLaw.Fit(x, y);
        PowerLaw other = PowerLaw.Fit(Array.ConvertAll(x, v => 7 * v), Array.ConvertAll(y, v => 1e-9 * v));
        Assert.Equal(law.Exponent, other.Exponent, 1e-12);
        Assert.Equal(law.ExponentError, other.ExponentError, 1e-12);
    }

    [Theory]
    [InlineData(new[] { 1.0 }, new[] { 1.0 })]
    [InlineData(new[] { 2.0, 2.0 }, new[] { 1.0, 3.0 })]
    [InlineData(new[] { 1.0, 2.0 }, new[] { 1.0 })]
    [InlineData(new[] { 0.0, 2.0 }, new[] { 1.0, 2.0 })]
    [InlineData(new[] { 1.0, 2.0 }, new[] { 1.0, double.NaN })]
    public void What_determines_no_power_is_refused(double[] x, double[] y) =>
        Assert.Throws<InputException>(() => PowerLaw.Fit(x, y));

    [Fact]
    public void A_curve_is_fitted_to_its_large_sizes_and_set_beside_the_counted_work()
    {
        // H = 1 and D = 1: 2·S·(4·N + 2).
        GrowthCurve curve = Curve(n => 5e-9 * 2 * ((4 * n) + 2) * (n < 1000 ? 3 : 1), 10, 100, 1000, 10_000);

        Assert.Equal([1000, 10_000], curve.Fitted.Select(point => point.Size.Count));
        Assert.Equal(curve.Theory.Exponent, curve.Measured.Exponent, 1e-12);
        Assert.Equal(Math.Log10(40_002.0 / 4002), curve.Theory.Exponent, 1e-12);
        Assert.Equal(2e8, curve.Rate, 1);
        Assert.Equal(curve.Points[0].Time.Median / 3, curve.TheorySeconds(curve.Points[0]), 1e-15);
    }

    [Fact]
    public void The_spread_of_turns_is_the_error_of_their_median()
    {
        // Quartiles of a normal distribution lie 1.349 standard deviations apart.
        GrowthPoint point = new(new GrowthSize(1, 1, 1, 1, 1), new BenchmarkTime(10, 9.3255, 10.6745, 9, 11, 4, 1));
        Assert.Equal(1.2533 * 0.1 / 2, point.RelativeError, 1e-12);
    }

    [Fact]
    public void The_slope_of_memory_is_that_of_its_large_counts()
    {
        GrowthMemory memory = new("sample", 8, 100, [new(1, 5), new(100, 1_000_000), new(200, 1_000_800), new(300, 1_001_600)]);
        Assert.Equal(8, memory.BytesPerTrajectory, 1e-9);
        Assert.Equal(1_000_000, memory.TheoryBytes(1));
        Assert.Equal(1_001_600, memory.TheoryBytes(300));
    }

    private static GrowthCurve Curve(Func<int, double> seconds, params int[] counts) => new(
        "sample",
        GrowthAxis.Count,
        1000,
        [
            .. counts.Select(count => new GrowthPoint(
                new GrowthSize(count, 1, 1, 1, 1), BenchmarkTime.Of([seconds(count)], 1))),
        ],
        0);
}
