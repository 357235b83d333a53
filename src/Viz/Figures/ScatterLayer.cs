using ScoreGpu.Viz.Drawing;
using ScoreGpu.Viz.Layout;

namespace ScoreGpu.Viz;

/// <summary>A marker at each point.</summary>
/// <param name="At">The points.</param>
internal sealed record ScatterLayer(Points At) : Layer
{
    /// <summary>The markers' shape.</summary>
    public Marker Marker { get; init; } = Marker.Circle;

    /// <summary>The markers' diameter in points.</summary>
    public double Size { get; init; } = 4;

    /// <summary>The colour of the markers' outline; none without one.</summary>
    public Ink? Edge { get; init; }

    /// <summary>The width of the outline in points.</summary>
    public double EdgeWidth { get; init; } = 0.9;

    internal override string Kind => "scatter";

    internal override Extent XExtent => Extent.Of(At.X);

    internal override Extent YExtent => Extent.Of(At.Y);

    internal override void Draw(ICanvas canvas, Frame frame) => canvas.Marks(Style(frame.Theme, Size), frame.At(At));

    internal override void DrawKey(ICanvas canvas, Rect area, Theme theme)
    {
        MarkerStyle style = Style(theme, Math.Clamp(Size, 4.5, 8));
        canvas.Marks(style with { Fill = KeyShade(theme) }, [area.Centre]);
    }

    private MarkerStyle Style(Theme theme, double size) => new(
        Marker, size, Shade(theme), Edge is { } edge ? new Pen(edge.In(theme).Fade(Alpha), EdgeWidth) : null);
}
