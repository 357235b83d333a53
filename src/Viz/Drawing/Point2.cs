namespace ScoreGpu.Viz.Drawing;

/// <summary>A position or displacement on the page, in points (1/72 inch) or pixels; y grows downwards.</summary>
internal readonly record struct Point2(double X, double Y)
{
    public double Length => Math.Sqrt((X * X) + (Y * Y));

    public static Point2 operator +(Point2 a, Point2 b) => new(a.X + b.X, a.Y + b.Y);

    public static Point2 operator -(Point2 a, Point2 b) => new(a.X - b.X, a.Y - b.Y);

    public static Point2 operator *(Point2 a, double k) => new(a.X * k, a.Y * k);
}
