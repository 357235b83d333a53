using ScoreGpu.Engine;
using ScoreGpu.Engine.Processes;
using ScoreGpu.Engine.Reflow;
using ScoreGpu.Engine.Samplers;

namespace ScoreGpu.Tests.Reflow;

public sealed class StraightnessTests
{
    private static readonly double[] Falling = [1.0, 0.7, 0.65, 0.2, 0.0];

    [Theory]
    [InlineData(1, 1)]
    [InlineData(7, 3)]
    public void Straight_lines_have_none(int count, int dimension)
    {
        double[] states = Paths(Falling, count, dimension, (t, a, b) => a + (t * (b - a)));
        Assert.InRange(Straightness.Of(states, Falling, count), 0.0, 1e-28);
        double[] rising = [.. Falling.Reverse()];
        double[] back = Paths(rising, count, dimension, (t, a, b) => a + (t * (b - a)));
        Assert.InRange(Straightness.Of(back, rising, count), 0.0, 1e-28);
    }

    // Z_t = a + t^2 c has dZ/dt = 2tc: S = |c|^2 times the integral of (1 - 2t)^2 = 1/3; of the polygon of K even pieces,
    // (1 - 1/K^2)/3.
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(10)]
    [InlineData(65)]
    public void A_parabola_has_its_integral(int pieces)
    {
        double[] times = [.. Enumerable.Range(0, pieces + 1).Select(k => 1.0 - ((double)k / pieces))];
        double[] states = Paths(times, 5, 2, (t, a, b) => a + (t * t * b));
        double squares = Enumerable.Range(0, 10).Sum(i => Math.Pow(End(i), 2)) / 5;
        Assert.Equal(squares * (1.0 - (1.0 / (pieces * pieces))) / 3.0, Straightness.Of(states, times, 5), 1e-12);
    }

    [Fact]
    public void What_does_not_fit_is_refused()
    {
        Assert.Throws<InputException>(() => Straightness.Of([1.0], [1.0], 1));
        Assert.Throws<InputException>(() => Straightness.Of([1.0, 2.0, 3.0], [1.0, 0.0], 1));
        Assert.Throws<InputException>(() => Straightness.Of([1.0, 2.0, 3.0], [1.0, 0.0, 0.5], 1));
        TimeGrid grid = TimeGrid.Of(new FlowProcess(), [1.0, 0.5]);
        Assert.Equal([1.0, 0.5, 0.0], Straightness.TimesOf(grid));
    }

    private static double End(int i) => 1.5 - (0.37 * i);

    private static double[] Paths(
        double[] times, int count, int dimension, Func<double, double, double, double> place) =>
        [.. times.SelectMany(t => Enumerable.Range(0, count * dimension).Select(i => place(t, 0.3 * i, End(i))))];
}
