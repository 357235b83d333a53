namespace ScoreGpu.Viz.Drawing;

/// <summary>Which part of a line of text lies at its anchor point, along the line.</summary>
internal enum TextAlign
{
    Start,
    Middle,
    End,
}

/// <summary>How one line of text is set.</summary>
/// <param name="Color">The letters' colour.</param>
/// <param name="Size">The em in points.</param>
/// <param name="Align">Which part of the line lies at the anchor; the anchor is on the baseline.</param>
/// <param name="IsBold">Whether the heavier weight is used.</param>
/// <param name="IsVertical">Whether the line reads upwards.</param>
/// <param name="Halo">A colour drawn around the letters, to keep them legible over data.</param>
internal sealed record TextStyle(
    Color Color,
    double Size,
    TextAlign Align = TextAlign.Start,
    bool IsBold = false,
    bool IsVertical = false,
    Color? Halo = null);
