using ScoreGpu.Viz.Drawing;
using ScoreGpu.Viz.Layout;

namespace ScoreGpu.Viz;

/// <summary>A straight line from each point to its partner.</summary>
/// <param name="From">Where the lines start.</param>
/// <param name="To">Where they end.</param>
internal sealed record SegmentLayer(Points From, Points To) : Layer
{
    /// <summary>The width in points.</summary>
    public double Width { get; init; } = 1;

    /// <summary>How the lines are broken.</summary>
    public Dash Dash { get; init; }

    internal override string Kind => "segments";

    internal override Extent XExtent => Extent.Of(From.X).Union(Extent.Of(To.X));

    internal override Extent YExtent => Extent.Of(From.Y).Union(Extent.Of(To.Y));

    internal override void Draw(ICanvas canvas, Frame frame)
    {
        Point2[] from = frame.At(From);
        Point2[] to = frame.At(To);
        for (int i = 0; i < from.Length; i++)
        {
            canvas.Stroke(PathData.Open(from[i], to[i]), Pen(frame.Theme));
        }
    }

    internal override void DrawKey(ICanvas canvas, Rect area, Theme theme) => canvas.Stroke(
        PathData.Open(new Point2(area.Left, area.Centre.Y), new Point2(area.Right, area.Centre.Y)),
        Pen(theme) with { Color = KeyShade(theme) });

    private Pen Pen(Theme theme) => new(Shade(theme), Width, Dash.For(Width));
}
