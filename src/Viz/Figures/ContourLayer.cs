using ScoreGpu.Viz.Drawing;
using ScoreGpu.Viz.Layout;

namespace ScoreGpu.Viz;

/// <summary>Filled contours of a function: one colour for each band between neighbouring levels.</summary>
/// <param name="Grid">The function's values.</param>
internal sealed record ContourLayer(ScalarGrid Grid) : Layer
{
    /// <summary>The levels that bound the bands, increasing; values outside them are not painted.</summary>
    public required IReadOnlyList<double> Levels { get; init; }

    /// <summary>
    /// The bands' colours from the lowest to the highest; without a map, the theme's map for densities.
    /// </summary>
    public ColorMap? Map { get; init; }

    internal override string Kind => "contours";

    internal override bool UsesCycle => false;

    internal override Extent XExtent => Extent.Tight(Grid.X[0], Grid.X[^1]);

    internal override Extent YExtent => Extent.Tight(Grid.Y[0], Grid.Y[^1]);

    /// <summary>Evenly spaced levels over the range of a grid's values, that make the given number of bands.</summary>
    internal static double[] EvenLevels(ScalarGrid grid, int bands)
    {
        double min = grid.Values.Min();
        double max = grid.Values.Max();
        return Column.Even(min, max > min ? max : min + 1, bands + 1).Values;
    }

    internal override ColorScale? ScaleFor(Theme theme) => new(Map ?? theme.DensityMap, Levels[0], Levels[^1], Alpha);

    internal override void Draw(ICanvas canvas, Frame frame)
    {
        ColorMap map = Map ?? frame.Theme.DensityMap;
        int bands = Levels.Count - 1;
        canvas.PushGroup("bands", Alpha);
        for (int band = 0; band < bands; band++)
        {
            // Each band is painted with all above it, so that no seam of the ground shows between neighbours.
            PathData region = ContourBand.Region(Grid, Levels[band], Levels[^1], frame.At);
            canvas.Fill(region, map.Sample((band + 0.5) / bands));
        }

        canvas.PopGroup();
    }
}
