using ScoreGpu.Viz;

namespace ScoreGpu.Tests.Viz;

public sealed class DataTests
{
    [Fact]
    public void Segments_add_their_length_in_cells()
    {
        var random = new Random(4);
        var grid = new DensityGrid(-2, 2, -1, 1, 40, 20);
        double expected = 0;
        for (int i = 0; i < 500; i++)
        {
            double x0 = (random.NextDouble() * 3.8) - 1.9;
            double x1 = (random.NextDouble() * 3.8) - 1.9;
            double y0 = (random.NextDouble() * 1.9) - 0.95;
            double y1 = (random.NextDouble() * 1.9) - 0.95;
            expected += 10 * Math.Sqrt(((x1 - x0) * (x1 - x0)) + ((y1 - y0) * (y1 - y0)));
            grid.AddSegment(x0, y0, x1, y1);
        }

        Assert.Equal(expected, grid.Total, 1e-6 * expected);
    }

    [Fact]
    public void Segments_are_cut_at_the_border()
    {
        var grid = new DensityGrid(0, 4, 0, 4, 4, 4);
        grid.AddSegment(-10, 1.5, 10, 1.5);
        grid.AddSegment(2.5, 9, 2.5, 3.5);
        grid.AddSegment(5, 0, 9, 4);
        grid.AddSegment(double.NaN, 0, 1, 1);
        Assert.All(grid.Cells[4..8].ToArray(), cell => Assert.Equal(1, cell, 1e-12));
        Assert.Equal(0.5, grid.Cells[14], 1e-12);
        Assert.Equal(4.5, grid.Total, 1e-12);
    }

    [Theory]
    [InlineData(3.0, 3.0, 1.0, 1.0)]
    [InlineData(0.0, 0.0, 4.0, 4.0)]
    [InlineData(2.0, 0.0, 2.0, 4.0)]
    [InlineData(4.0, 2.0, 0.0, 2.0)]
    public void Segments_along_cell_borders_keep_their_length(double x0, double y0, double x1, double y1)
    {
        var grid = new DensityGrid(0, 4, 0, 4, 4, 4);
        grid.AddSegment(x0, y0, x1, y1);
        Assert.Equal(Math.Sqrt(((x1 - x0) * (x1 - x0)) + ((y1 - y0) * (y1 - y0))), grid.Total, 1e-9);
    }

    [Fact]
    public void Points_fall_in_their_cells_and_grids_add_up()
    {
        Points points = Points.Of((0.5, 0.5), (1.5, 0.5), (1.5, 0.6), (2, 0), (-1, 1));
        DensityGrid grid = new DensityGrid(0, 2, 0, 2, 2, 2).Add(points);
        Assert.Equal([1, 2, 0, 0], grid.Cells.ToArray());
        Assert.Equal(6, grid.Add(new DensityGrid(0, 2, 0, 2, 2, 2).Add(Points.Of((0, 1), (0, 1), (0, 1)))).Total);
        Assert.Equal(3, grid.Peak);
    }

    [Fact]
    public void Row_major_arrays_become_points_and_paths()
    {
        Points points = new float[] { 1, 2, 3, 4, 5, 6 };
        Assert.Equal([1, 3, 5], points.X);
        Assert.Equal([2, 4, 6], points.Y);
        Points[] paths = Points.Paths([0, 1, 10, 11, 2, 3, 12, 13, 4, 5, 14, 15], trajectories: 2);
        Assert.Equal([0, 2, 4], paths[0].X);
        Assert.Equal([11, 13, 15], paths[1].Y);
        Assert.Equal([1, 5], points.Every(2).X);
        Assert.Equal([2, 5], Column.Of([0, 1, 2, 3, 4, 5], columns: 3, index: 2).Values);
    }

    [Fact]
    public void Grid_and_even_columns_reach_their_ends_exactly()
    {
        Assert.Equal(0.3, Column.Even(0.1, 0.3, 4).Values[^1]);
        Points grid = Points.Grid(0, 1, 5, 6, 2, 2);
        Assert.Equal([0, 1, 0, 1], grid.X);
        Assert.Equal([5, 5, 6, 6], grid.Y);
    }

    [Fact]
    public void Histogram_is_a_density()
    {
        double[] samples = [.. Enumerable.Range(0, 1000).Select(i => i / 999.0)];
        HistogramLayer layer = HistogramLayer.OfSamples(samples, 10, 0, 1);
        Assert.Equal(1, layer.Heights.Values.Sum() * 0.1, 1e-9);
    }

    [Fact]
    public void Colour_maps_pass_through_their_stops()
    {
        Assert.Equal("#440154", ColorMap.Viridis.Sample(0).ToHex());
        Assert.Equal("#fde725", ColorMap.Viridis.Sample(1).ToHex());
        Assert.Equal("#00ffff", ColorMap.Cool.Sample(-3).ToHex());
        Assert.Equal("#ff00ff", ColorMap.Cool.Sample(7).ToHex());
        Assert.Equal("#8080ff", ColorMap.Cool.Sample(0.5).ToHex());
        Assert.Equal(ColorMap.Magma.Sample(0.2), ColorMap.Magma.Reversed().Sample(0.8));
    }
}
