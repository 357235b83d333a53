using ScoreGpu.Viz;

namespace ScoreGpu.Tests.Viz;

public sealed class ArgumentTests
{
    private static readonly double[] s_three = [1, 2, 3];

    [Fact]
    public void Mistakes_name_the_argument_its_value_and_what_was_expected()
    {
        Panel panel = new Figure(3, 3)[0, 0];
        Fails("y", "y has 2 values; expected 3", () => panel.Line(s_three, new double[] { 1, 2 }));
        Fails("x", "x[1] is infinite", () => panel.Line(new[] { 1, double.PositiveInfinity, 2 }, s_three));
        Fails("min", "min is NaN; expected a finite number", () => panel.XLimits(double.NaN, 1));
        Fails("max", "max is 1; expected a number above min = 2", () => panel.YLimits(2, 1));
        Fails("alpha", "alpha is 1.5; expected a number in [0, 1]", () => panel.Line(s_three, alpha: 1.5));
        Fails("width", "width is -1", () => panel.Line(s_three, width: -1));
        Fails("upper", "upper[0] is NaN", () => panel.Fill(s_three, new[] { double.NaN, 0, 0 }));
        Fails("x", "x[1] is NaN", () => panel.Scatter(new Points(new[] { 0, double.NaN }, new double[] { 0, 0 })));
        Fails("size", "size is 0", () => panel.Scatter(Points.Of((0, 0)), size: 0));
        Fails("marker", "marker is None", () => panel.Scatter(Points.Of((0, 0)), marker: Marker.None));
        Points one = Points.Of((0, 0));
        Fails("vectors", "vectors has 1 values; expected 2", () => panel.Quiver(Points.Of((0, 0), (1, 1)), one));
        Fails("length", "length is -2", () => panel.Quiver(Points.Of((0, 0)), Points.Of((0, 0)), length: -2));
        Fails("levels", "levels has 1 values", () => panel.Contours(Flat(), [1.0]));
        Fails("levels[1]", "levels[1] is 1", () => panel.Contours(Flat(), [1.0, 1.0]));
        Fails("x", "x is NaN", () => panel.VerticalLine(double.NaN));
        Fails("samples", "samples[0] is NaN", () => panel.Histogram(new[] { double.NaN }));
        Fails("rowMajor", "rowMajor has 3 values; expected a multiple of", () => panel.Scatter(new float[3]));
        Fails("states", "states has 6 values", () => Points.Paths(new float[6], 2));
    }

    [Fact]
    public void Grids_refuse_what_they_cannot_hold()
    {
        Fails("x", "x has 1 nodes", () => new ScalarGrid(new double[] { 1 }, s_three, s_three));
        Fails("values", "values has 3 values; expected 9", () => new ScalarGrid(s_three, s_three, s_three));
        Fails("x[1]", "x[1] is 0", () => new ScalarGrid(new double[] { 1, 0 }, new double[] { 0, 1 }, new double[4]));
        Fails("xMax", "xMax is 0", () => new DensityGrid(0, 0, 0, 1));
        var small = new DensityGrid(0, 1, 0, 1, 2, 2);
        Fails("other", "other has 2×2 cells", () => new DensityGrid(0, 1, 0, 1, 3, 3).Add(small));
    }

    [Fact]
    public void Figures_refuse_impossible_sizes()
    {
        Fails("width", "width is 0", () => new Figure(0, 1));
        Fails("rows", "rows is 0", () => new Figure(1, 1, rows: 0));
        Fails("dpi", "dpi is NaN", () => new Figure(1, 1).ToPng(double.NaN));
        Fails("dpi", "dpi is 100000", () => new Figure(10, 10).ToPng(100000));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Figure(1, 1)[0, 1]);
        var log = new Figure(3, 3);
        log[0, 0].LogY().YLimits(-1, 1);
        Fails("YLimits.min", "YLimits.min is -1; expected a finite number above 0", () => log.ToSvg());
        Fails("hex", "hex is \"blue\"; expected #rrggbb", () => Color.Parse("blue"));
        Fails("stops", "stops has 1 colours", () => new ColorMap("one", "#000000"));
    }

    private static ScalarGrid Flat() => ScalarGrid.Sample((_, _) => 0, 0, 1, 0, 1, 3);

    private static void Fails(string argument, string message, Func<object> action)
    {
        ArgumentException exception = Assert.ThrowsAny<ArgumentException>(() => { _ = action(); });
        Assert.Equal(argument, exception.ParamName);
        Assert.Contains(message, exception.Message, StringComparison.Ordinal);
    }
}
