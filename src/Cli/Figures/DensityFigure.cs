using ScoreGpu.Viz;

namespace ScoreGpu.Cli.Figures;

/// <summary>A density on a grid as an image, a cell a node.</summary>
internal static class DensityFigure
{
    /// <summary>Draws a density.</summary>
    /// <param name="grid">Where.</param>
    /// <param name="logDensities">ln p at the nodes of the grid.</param>
    /// <param name="title">The figure's title.</param>
    /// <param name="theme">Its colours.</param>
    public static Figure Draw(FieldGrid grid, double[] logDensities, string title, Theme theme)
    {
        int count = grid.Nodes.Length;
        double half = 0.5 * (grid.Nodes[^1] - grid.Nodes[0]) / (count - 1);
        (double low, double high) = (grid.Nodes[0] - half, grid.Nodes[^1] + half);
        DensityGrid density = new(low, high, low, high, count, count);
        for (int i = 0; i < logDensities.Length; i++)
        {
            density.AddPoint(grid.Nodes[i % count], grid.Nodes[i / count], Math.Exp(logDensities[i]));
        }

        Figure figure = new(width: 6.5, height: 6) { Theme = theme };
        figure[0, 0].Title(title).XLabel("x0").YLabel("x1").EqualAspect().Density(density);
        return figure;
    }
}
