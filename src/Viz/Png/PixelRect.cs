using ScoreGpu.Viz.Drawing;

namespace ScoreGpu.Viz.Png;

/// <summary>Whole pixels: Left and Top inclusive, Right and Bottom exclusive.</summary>
internal readonly record struct PixelRect(int Left, int Top, int Right, int Bottom)
{
    public int Width => Right - Left;

    public int Height => Bottom - Top;

    public bool IsEmpty => Right <= Left || Bottom <= Top;

    /// <summary>The pixels nearest to an area given in points.</summary>
    public static PixelRect Nearest(Rect area, double scale) => new(
        (int)Math.Round(area.Left * scale), (int)Math.Round(area.Top * scale),
        (int)Math.Round(area.Right * scale), (int)Math.Round(area.Bottom * scale));

    public PixelRect Intersect(PixelRect other) => new(
        Math.Max(Left, other.Left),
        Math.Max(Top, other.Top),
        Math.Min(Right, other.Right),
        Math.Min(Bottom, other.Bottom));
}
