using ScoreGpu.Engine.Models;
using ScoreGpu.Viz;

namespace ScoreGpu.Cli.Figures;

/// <summary>A quantity on a grid as a picture: arrows for a vector, bands of colour for a number.</summary>
internal static class FieldFigure
{
    /// <summary>Draws a quantity.</summary>
    /// <param name="quantity">Which.</param>
    /// <param name="grid">Where.</param>
    /// <param name="values">Its values at the nodes of the grid.</param>
    /// <param name="title">The figure's title.</param>
    /// <param name="theme">Its colours.</param>
    /// <param name="hasStreamlines">Whether a vector is drawn as lines that it is tangent to, in the place of arrows.</param>
    public static Figure Draw(
        ModelQuantity quantity, FieldGrid grid, float[] values, string title, Theme theme, bool hasStreamlines = false)
    {
        Figure figure = new(width: 6.5, height: 6) { Theme = theme };
        Panel panel = figure[0, 0].Title(title).XLabel("x0").YLabel("x1").EqualAspect();
        if (quantity == ModelQuantity.Divergence)
        {
            panel.Contours(new ScalarGrid(grid.Nodes, grid.Nodes, values)).ColorBar("divergence");
        }
        else if (hasStreamlines)
        {
            panel.Streamlines(new VectorGrid(grid.Nodes, grid.Nodes, Vectors(quantity, grid, values))).ColorBar("length");
        }
        else
        {
            panel.Quiver(grid.Points, Vectors(quantity, grid, values), lengths: ArrowLengths.SquareRoot)
                .ColorBar("length");
        }

        return figure;
    }

    // x̂₀ is a place; the arrow leads there.
    private static float[] Vectors(ModelQuantity quantity, FieldGrid grid, float[] values) =>
        quantity == ModelQuantity.Denoised ? [.. values.Zip(grid.Points, (to, from) => to - from)] : values;
}
