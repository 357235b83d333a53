using ScoreGpu.Viz.Drawing;
using ScoreGpu.Viz.Layout;

namespace ScoreGpu.Viz;

/// <summary>A two-dimensional histogram as an image.</summary>
/// <param name="Grid">The histogram.</param>
internal sealed record DensityLayer(DensityGrid Grid) : Layer
{
    /// <summary>The colours from zero to the peak; without a map, the theme's map for densities.</summary>
    public ColorMap? Map { get; init; }

    /// <summary>How counts become positions in the map.</summary>
    public ToneMapping Tone { get; init; } = ToneMapping.SquareRoot;

    /// <summary>
    /// The count that the map's end stands for; without one, the 99.9th percentile of cells that hold any.
    /// </summary>
    public double? Peak { get; init; }

    internal override string Kind => "density";

    internal override bool UsesCycle => false;

    internal override Extent XExtent => Extent.Tight(Grid.XMin, Grid.XMax);

    internal override Extent YExtent => Extent.Tight(Grid.YMin, Grid.YMax);

    internal override void Draw(ICanvas canvas, Frame frame)
    {
        ColorMap map = Map ?? frame.Theme.DensityMap;
        double[] filled = [.. Grid.Cells.ToArray().Where(count => count > 0).Order()];
        double peak = Peak ?? HighCount(filled);
        byte[] rgba = new byte[Grid.Columns * Grid.Rows * 4];
        ReadOnlySpan<double> cells = Grid.Cells;
        for (int row = 0; row < Grid.Rows; row++)
        {
            for (int column = 0; column < Grid.Columns; column++)
            {
                Color color = map.Sample(Position(cells[(row * Grid.Columns) + column], peak, filled));
                int at = (((Grid.Rows - 1 - row) * Grid.Columns) + column) * 4;
                (rgba[at], rgba[at + 1], rgba[at + 2]) = (color.R, color.G, color.B);
                rgba[at + 3] = (byte)Math.Round(255 * Alpha);
            }
        }

        Point2 topLeft = frame.At(Grid.XMin, Grid.YMax);
        Point2 bottomRight = frame.At(Grid.XMax, Grid.YMin);
        canvas.Image(
            new Pixels(Grid.Columns, Grid.Rows, rgba), new Rect(topLeft.X, topLeft.Y, bottomRight.X, bottomRight.Y));
    }

    private double Position(double count, double peak, double[] filled)
    {
        const double Contrast = 1000;
        double v = Math.Clamp(count / peak, 0, 1);
        return Tone switch
        {
            ToneMapping.SquareRoot => Math.Sqrt(v),
            ToneMapping.Logarithmic => ToneMappings.Logarithmic(v, Contrast),
            ToneMapping.Equalised => Rank(count, filled),
            _ => v,
        };
    }

    // The share of filled cells that hold less, so that an empty one has 0 and the fullest nearly 1.
    private static double Rank(double count, double[] filled)
    {
        int low = 0;
        int high = filled.Length;
        while (low < high)
        {
            int middle = (low + high) / 2;
            (low, high) = filled[middle] < count ? (middle + 1, high) : (low, middle);
        }

        return count > 0 ? (low + 1.0) / filled.Length : 0;
    }

    // A few cells where trajectories meet would otherwise darken everything else.
    private static double HighCount(double[] filled) =>
        filled.Length == 0 ? 1 : filled[(int)(0.999 * (filled.Length - 1))];
}
