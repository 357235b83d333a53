using ScoreGpu.Viz;
using ScoreGpu.Viz.Drawing;

namespace ScoreGpu.Tests.Viz;

public sealed class ContourBandTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(20)]
    public void Bands_tile_the_rectangle(int bands)
    {
        ScalarGrid grid = ScalarGrid.Sample((x, y) => Math.Sin(2 * x) * Math.Cos(3 * y), -2, 2, -1, 1, 41);
        double[] levels = ContourLayer.EvenLevels(grid, bands);
        double total = 0;
        for (int band = 0; band < bands; band++)
        {
            double area = Area(grid, levels[band], levels[band + 1]);
            Assert.True(area > 0);
            total += area;
        }

        Assert.Equal(8, total, 1e-9);
    }

    [Fact]
    public void Checkerboard_of_saddles_tiles_too()
    {
        double[] nodes = Column.Even(0, 6, 7).Values;
        double[] values = Enumerable.Range(0, 49).Select(i => (double)(((i / 7) + (i % 7)) % 2)).ToArray();
        var grid = new ScalarGrid(nodes, nodes, values);
        double total = Area(grid, 0, 0.3) + Area(grid, 0.3, 0.5) + Area(grid, 0.5, 0.6) + Area(grid, 0.6, 1);
        Assert.Equal(36, total, 1e-9);
    }

    [Fact]
    public void Plane_is_cut_exactly()
    {
        ScalarGrid grid = ScalarGrid.Sample((x, y) => x, 0, 4, 0, 3, 9);
        Assert.Equal(3 * 1.3, Area(grid, 1.1, 2.4), 1e-12);
        Assert.Single(Region(grid, 1.1, 2.4).Polylines);
    }

    [Fact]
    public void Ring_is_an_outline_and_a_hole()
    {
        ScalarGrid grid = ScalarGrid.Sample((x, y) => Math.Sqrt((x * x) + (y * y)), -3, 3, -3, 3, 121);
        PathData ring = Region(grid, 1, 2);
        Assert.Equal(2, ring.Polylines.Count);
        Assert.Equal(3 * Math.PI, Area(grid, 1, 2), 0.01);
    }

    [Fact]
    public void Constant_field_is_one_band()
    {
        ScalarGrid grid = ScalarGrid.Sample((_, _) => 2.5, 0, 2, 0, 2, 5);
        double[] levels = ContourLayer.EvenLevels(grid, 4);
        Assert.Equal(4, Area(grid, levels[0], levels[1]), 1e-12);
    }

    private static PathData Region(ScalarGrid grid, double low, double high)
        => ContourBand.Region(grid, low, high, (x, y) => new Point2(x, y));

    private static double Area(ScalarGrid grid, double low, double high)
    {
        double area = 0;
        foreach (PathData.Polyline loop in Region(grid, low, high).Polylines)
        {
            for (int i = 0; i < loop.Points.Count; i++)
            {
                Point2 a = loop.Points[i];
                Point2 b = loop.Points[(i + 1) % loop.Points.Count];
                area += ((a.X * b.Y) - (b.X * a.Y)) / 2;
            }
        }

        return area;
    }
}
