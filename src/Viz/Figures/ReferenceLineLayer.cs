using ScoreGpu.Viz.Drawing;
using ScoreGpu.Viz.Layout;

namespace ScoreGpu.Viz;

/// <summary>A line across the whole panel.</summary>
/// <param name="Value">Its abscissa if it is vertical, its ordinate if it is horizontal.</param>
/// <param name="IsVertical">Whether it is vertical.</param>
internal sealed record ReferenceLineLayer(double Value, bool IsVertical) : Layer
{
    /// <summary>The width in points.</summary>
    public double Width { get; init; } = 1.2;

    /// <summary>How the line is broken.</summary>
    public Dash Dash { get; init; }

    internal override string Kind => "reference-line";

    internal override bool UsesCycle => false;

    internal override Extent XExtent => IsVertical ? Extent.Of([Value]) : Extent.Empty;

    internal override Extent YExtent => IsVertical ? Extent.Empty : Extent.Of([Value]);

    internal override void Draw(ICanvas canvas, Frame frame)
    {
        Rect area = frame.Area;
        PathData path = IsVertical
            ? PathData.Open(new Point2(frame.X.Map(Value), area.Bottom), new Point2(frame.X.Map(Value), area.Top))
            : PathData.Open(new Point2(area.Left, frame.Y.Map(Value)), new Point2(area.Right, frame.Y.Map(Value)));
        canvas.Stroke(path, Pen(frame.Theme));
    }

    internal override void DrawKey(ICanvas canvas, Rect area, Theme theme) => canvas.Stroke(
        PathData.Open(new Point2(area.Left, area.Centre.Y), new Point2(area.Right, area.Centre.Y)), Pen(theme));

    private Pen Pen(Theme theme) => new((Color ?? Ink.Muted).In(theme).Fade(Alpha), Width, Dash.For(Width));
}
