namespace ScoreGpu.Viz.Drawing;

/// <summary>An upright rectangle on the page; y grows downwards, so Top ≤ Bottom.</summary>
internal readonly record struct Rect(double Left, double Top, double Right, double Bottom)
{
    public double Width => Right - Left;

    public double Height => Bottom - Top;

    public Point2 Centre => new((Left + Right) / 2, (Top + Bottom) / 2);

    public static Rect FromSize(double left, double top, double width, double height)
        => new(left, top, left + width, top + height);

    public Rect Inflate(double by) => new(Left - by, Top - by, Right + by, Bottom + by);

    public bool Contains(Point2 p) => p.X >= Left && p.X <= Right && p.Y >= Top && p.Y <= Bottom;
}
