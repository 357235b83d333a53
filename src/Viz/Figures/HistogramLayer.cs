using ScoreGpu.Viz.Drawing;
using ScoreGpu.Viz.Layout;

namespace ScoreGpu.Viz;

/// <summary>Bars that stand side by side on zero.</summary>
/// <param name="Edges">The bars' sides, increasing: one more than there are bars.</param>
/// <param name="Heights">The bars' heights.</param>
internal sealed record HistogramLayer(Column Edges, Column Heights) : Layer
{
    internal override string Kind => "histogram";

    internal override Extent XExtent => Extent.Of(Edges.Values);

    internal override Extent YExtent => Extent.Of(Heights.Values).Union(Extent.Tight(0, 0));

    /// <summary>
    /// The density of samples over evenly spaced bins: the share of all samples in each, divided by its width.
    /// </summary>
    internal static HistogramLayer OfSamples(Column samples, int bins, double min, double max)
    {
        double[] heights = new double[bins];
        foreach (double sample in samples.Values)
        {
            int bin = (int)Math.Floor((sample - min) / (max - min) * bins);
            if (sample == max || (bin >= 0 && bin < bins))
            {
                heights[Math.Min(bin, bins - 1)] += bins / ((max - min) * samples.Length);
            }
        }

        return new HistogramLayer(Column.Even(min, max, bins + 1), heights);
    }

    internal override void Draw(ICanvas canvas, Frame frame)
    {
        // One outline, because the seams between separate bars would show.
        var outline = new List<Point2> { frame.At(Edges.Values[0], 0) };
        for (int i = 0; i < Heights.Length; i++)
        {
            outline.Add(frame.At(Edges.Values[i], Heights.Values[i]));
            outline.Add(frame.At(Edges.Values[i + 1], Heights.Values[i]));
        }

        outline.Add(frame.At(Edges.Values[^1], 0));
        canvas.Fill(PathData.Closed(outline), Shade(frame.Theme));
        canvas.Stroke(PathData.Open(outline), new Pen(Shade(frame.Theme), 0.8));
    }
}
