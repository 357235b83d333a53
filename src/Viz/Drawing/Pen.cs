namespace ScoreGpu.Viz.Drawing;

/// <summary>How a path is stroked: colour, width and dash lengths in points, caps.</summary>
/// <param name="Color">The stroke's colour.</param>
/// <param name="Width">The stroke's width in points.</param>
/// <param name="Dash">Lengths in points, drawn and skipped in turn; empty for a solid line.</param>
/// <param name="RoundCaps">Whether the ends are round rather than cut at the last point.</param>
internal sealed record Pen(Color Color, double Width, double[]? Dash = null, bool RoundCaps = false)
{
    public bool IsDashed => Dash is { Length: > 0 };
}
