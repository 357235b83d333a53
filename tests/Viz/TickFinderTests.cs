using ScoreGpu.Viz.Layout;

namespace ScoreGpu.Tests.Viz;

public sealed class TickFinderTests
{
    [Theory]
    [InlineData(-5, 5, 7, "−4 −2 0 2 4")]
    [InlineData(-6, 6, 7, "−6 −4 −2 0 2 4 6")]
    [InlineData(0, 1, 6, "0 0.2 0.4 0.6 0.8 1.0")]
    [InlineData(0, 0.42, 5, "0 0.1 0.2 0.3 0.4")]
    [InlineData(0, 0.28, 6, "0 0.05 0.10 0.15 0.20 0.25")]
    [InlineData(0, 3000, 7, "0 500 1000 1500 2000 2500 3000")]
    [InlineData(0, 10, 5, "0 2.5 5.0 7.5 10.0")]
    [InlineData(0, 500000, 6, "0 100000 200000 300000 400000 500000")]
    [InlineData(0, 17500000, 4, "0 5×10⁶ 10×10⁶ 15×10⁶")]
    [InlineData(0, 0.0003, 4, "0 10⁻⁴ 2×10⁻⁴ 3×10⁻⁴")]
    [InlineData(-3e9, 1e9, 5, "−3×10⁹ −2×10⁹ −10⁹ 0 10⁹")]
    [InlineData(99.2, 99.9, 4, "99.2 99.4 99.6 99.8")]
    public void Linear_ticks_are_round(double min, double max, int most, string labels)
        => Assert.Equal(labels, Labels(TickFinder.Linear(min, max, most)));

    [Theory]
    [InlineData(0.001, 1, 8, "0.001 0.01 0.1 1")]
    [InlineData(0.0001, 1, 8, "10⁻⁴ 10⁻³ 10⁻² 10⁻¹ 10⁰")]
    [InlineData(1, 1e8, 4, "10⁰ 10² 10⁴ 10⁶ 10⁸")]
    [InlineData(0.15, 3, 8, "0.2 0.5 1 2")]
    public void Logarithmic_ticks_are_powers(double min, double max, int most, string labels)
        => Assert.Equal(labels, Labels(TickFinder.Logarithmic(min, max, most)));

    [Fact]
    public void Ticks_never_exceed_their_count_or_leave_the_range()
    {
        var random = new Random(2);
        for (int trial = 0; trial < 2000; trial++)
        {
            double min = (random.NextDouble() - 0.5) * Math.Pow(10, random.Next(-6, 7));
            double max = min + (random.NextDouble() * Math.Pow(10, random.Next(-6, 7))) + 1e-9;
            int most = random.Next(2, 10);
            IReadOnlyList<Tick> ticks = TickFinder.Linear(min, max, most);
            double slack = (max - min) * 1e-6;
            Assert.InRange(ticks.Count, 0, most);
            Assert.All(ticks, tick => Assert.InRange(tick.Value, min - slack, max + slack));
            Assert.All(ticks, tick => Assert.DoesNotContain('-', tick.Label));
            Assert.Equal(ticks.Count, ticks.Select(tick => tick.Label).Distinct().Count());
        }
    }

    private static string Labels(IReadOnlyList<Tick> ticks)
        => string.Join(' ', ticks.Where(tick => !tick.IsMinor).Select(tick => tick.Label));
}
