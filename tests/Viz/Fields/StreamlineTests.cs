using ScoreGpu.Viz;
using ScoreGpu.Viz.Fields;

namespace ScoreGpu.Tests.Viz.Fields;

public sealed class StreamlineTests
{
    private const double Separation = 0.25;

    private static readonly Dictionary<string, Func<double, double, (double X, double Y)>> Fields = new()
    {
        ["circles"] = (x, y) => (-y, x),
        ["inwards"] = (x, y) => (-x, -y),
        ["saddle"] = (x, y) => (x, -y),
        ["waves"] = (x, y) => (1, Math.Sin(3 * x)),
        ["two wells"] = (x, y) => (x - (x * x * x), -y),
        ["spiral"] = (x, y) => (-y - (0.1 * x), x - (0.1 * y)),
        ["still half"] = (x, y) => x < 0.5 ? (0, 0) : (0, 1),
        ["island"] = (x, y) => x * x + y * y < 1 && x * x + y * y > 0.5 ? (0, 0) : (1, 0.2),
    };

    public static TheoryData<string> Names => [.. Fields.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void No_two_lines_are_nearer_than_the_test_distance(string name)
    {
        IReadOnlyList<Streamline> lines = Trace(name);
        Assert.NotEmpty(lines);
        for (int a = 0; a < lines.Count; a++)
        {
            for (int b = a + 1; b < lines.Count; b++)
            {
                double least = lines[a].X.Select((x, i) => Nearest(lines[b], x, lines[a].Y[i])).Min();
                Assert.True(
                    least >= (StreamlineTracer.TestFactor * Separation) - 1e-9, $"lines {a} and {b}: {least}");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_place_with_a_direction_is_near_a_line(string name)
    {
        IReadOnlyList<Streamline> lines = Trace(name);
        var field = Fields[name];
        for (double y = -1.95; y < 2; y += 0.1)
        {
            for (double x = -1.95; x < 2; x += 0.1)
            {
                (double u, double v) = field(x, y);
                double least = lines.Min(line => Nearest(line, x, y));
                bool hasRoom = IsOpen(field, x, y);

                // Free places more than d_sep from all lines would have been seeds, but for those that give only a
                // dot; half a diagonal is between them.
                Assert.True(
                    !hasRoom || (u == 0 && v == 0) || least < 2.2 * Separation, $"{name}: ({x}, {y}) is {least} away");
            }
        }
    }

    [Fact]
    public void Circles_close_and_keep_their_radius()
    {
        // Bilinear interpolation is exact for a linear field: what is left is the error of the steps.
        IReadOnlyList<Streamline> lines = Trace("circles");
        int closed = 0;
        foreach (Streamline line in lines)
        {
            double[] radii = [.. line.X.Select((x, i) => Math.Sqrt((x * x) + (line.Y[i] * line.Y[i])))];
            Assert.InRange(radii.Max() - radii.Min(), 0, 1e-4);
            double gap = Math.Sqrt(Math.Pow(line.X[0] - line.X[^1], 2) + Math.Pow(line.Y[0] - line.Y[^1], 2));
            if (radii[0] is > 0.3 and < 1.9)
            {
                Assert.Equal(0.0, gap, 12);
                closed++;

                // Once around, and not twice.
                Assert.InRange(line.Count * Separation / 10, 2 * Math.PI * radii[0], (2 * Math.PI * radii[0]) + 0.1);
            }
        }

        Assert.InRange(closed, 5, 9);
    }

    [Fact]
    public void Lines_follow_the_field_of_an_analytic_flow()
    {
        // y + cos(3x)/3 is constant along (1, sin 3x); the grid's interpolation is good to h²·9/8 in the slope.
        foreach (Streamline line in Trace("waves"))
        {
            double[] constants = [.. line.X.Select((x, i) => line.Y[i] + (Math.Cos(3 * x) / 3))];
            Assert.InRange(constants.Max() - constants.Min(), 0, 2e-3);
            Assert.True(line.X[^1] > line.X[0], "lines run in the field's direction");
        }
    }

    [Fact]
    public void Gaps_are_the_distances_to_the_nearest_other_line()
    {
        IReadOnlyList<Streamline> lines = Trace("saddle");
        for (int a = 0; a < lines.Count; a++)
        {
            for (int i = 0; i < lines[a].Count; i += 7)
            {
                double least = lines.Where((_, b) => b != a).Min(line => Nearest(line, lines[a].X[i], lines[a].Y[i]));
                Assert.Equal(Math.Min(Separation, least), lines[a].Gaps[i], 1e-12);
            }
        }
    }

    [Fact]
    public void The_same_field_gives_the_same_lines()
    {
        IReadOnlyList<Streamline> one = Trace("two wells");
        IReadOnlyList<Streamline> two = Trace("two wells");
        Assert.Equal(one.SelectMany(line => line.X), two.SelectMany(line => line.X));
        Assert.Equal(one.SelectMany(line => line.Y), two.SelectMany(line => line.Y));
    }

    [Fact]
    public void A_field_without_directions_has_no_lines()
    {
        VectorGrid still = VectorGrid.Sample((_, _) => (0, 0), -1, 1, -1, 1, 5);
        Assert.Empty(StreamlineTracer.Trace(still, 0.2));
        var figure = new Figure(3, 3);
        figure[0, 0].Streamlines(still);
        Assert.DoesNotContain("NaN", figure.ToSvg(), StringComparison.Ordinal);
    }

    [Fact]
    public void Interpolation_is_exact_for_bilinear_fields()
    {
        VectorGrid grid = VectorGrid.Sample((x, y) => (1 + (2 * x) - (y * x), x - (3 * y)), -1, 2, 0, 1, 4);
        Random random = new(9);
        for (int i = 0; i < 100; i++)
        {
            (double x, double y) = ((3 * random.NextDouble()) - 1, random.NextDouble());
            (double u, double v) = grid.At(x, y);
            Assert.Equal(1 + (2 * x) - (y * x), u, 1e-12);
            Assert.Equal(x - (3 * y), v, 1e-12);
        }

        Assert.Equal((2 + 3, 2), grid.At(2, 0));
    }

    [Fact]
    public void Figures_show_lines_heads_and_a_scale()
    {
        foreach (Theme theme in new[] { Theme.Dark, Theme.Light })
        {
            var figure = new Figure(4, 4) { Theme = theme };
            figure[0, 0].EqualAspect().Streamlines(VectorGrid.Sample((x, y) => (-y, x), -2, 2, -2, 2, 21)).ColorBar("v");
            string svg = figure.ToSvg();
            Assert.Contains("streamlines", svg, StringComparison.Ordinal);
            Assert.Contains("color-bar", svg, StringComparison.Ordinal);
            PngDecoder bare = PngDecoder.Decode(new Figure(4, 4) { Theme = theme }.ToPng());
            Assert.NotEqual(bare.Samples, PngDecoder.Decode(figure.ToPng()).Samples);
        }
    }

    [Fact]
    public void Sizes_out_of_range_are_named()
    {
        Panel panel = new Figure(3, 3)[0, 0];
        VectorGrid grid = VectorGrid.Sample((x, y) => (y, x), -1, 1, -1, 1, 3);
        Assert.Equal("separation", Assert.ThrowsAny<ArgumentException>(() => panel.Streamlines(grid, 0)).ParamName);
        Assert.Equal("separation", Assert.ThrowsAny<ArgumentException>(() => panel.Streamlines(grid, 1e-5)).ParamName);
        Assert.Equal("width", Assert.ThrowsAny<ArgumentException>(() => panel.Streamlines(grid, width: 0)).ParamName);
        Assert.Equal(
            "vectors",
            Assert.ThrowsAny<ArgumentException>(
                () => new VectorGrid(new double[] { 0, 1 }, new double[] { 0, 1 }, Points.Of((0, 0)))).ParamName);
    }

    private static IReadOnlyList<Streamline> Trace(string name) =>
        StreamlineTracer.Trace(VectorGrid.Sample(Fields[name], -2, 2, -2, 2, 201), Separation);

    // Nowhere within a separation stands still, or leaves the square.
    private static bool IsOpen(Func<double, double, (double X, double Y)> field, double x, double y)
    {
        for (double dy = -2; dy <= 2; dy++)
        {
            for (double dx = -2; dx <= 2; dx++)
            {
                (double px, double py) = (x + (dx * Separation / 2), y + (dy * Separation / 2));
                (double u, double v) = field(px, py);
                if (Math.Max(Math.Abs(px), Math.Abs(py)) > 2 || (u * u) + (v * v) < 1e-4)
                {
                    return false;
                }
            }
        }

        return true;
    }

    private static double Nearest(Streamline line, double x, double y) => Math.Sqrt(
        line.X.Select((px, i) => ((px - x) * (px - x)) + ((line.Y[i] - y) * (line.Y[i] - y))).Min());
}
