namespace ScoreGpu.Viz.Drawing;

/// <summary>An image of RGBA bytes, row-major from the top left: [Height, Width, 4], alpha not premultiplied.</summary>
internal sealed record Pixels(int Width, int Height, byte[] Rgba);
