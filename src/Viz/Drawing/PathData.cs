namespace ScoreGpu.Viz.Drawing;

/// <summary>A shape as polylines, each open or closed. Filled with the non-zero winding rule.</summary>
internal sealed class PathData
{
    private readonly List<Polyline> _polylines = [];

    public IReadOnlyList<Polyline> Polylines => _polylines;

    public PathData Add(IReadOnlyList<Point2> points, bool closed)
    {
        if (points.Count > 0)
        {
            _polylines.Add(new Polyline(points, closed));
        }

        return this;
    }

    public static PathData Open(params IReadOnlyList<Point2> points) => new PathData().Add(points, closed: false);

    public static PathData Closed(params IReadOnlyList<Point2> points) => new PathData().Add(points, closed: true);

    public static PathData Rectangle(Rect r) => Closed(
        new Point2(r.Left, r.Top),
        new Point2(r.Right, r.Top),
        new Point2(r.Right, r.Bottom),
        new Point2(r.Left, r.Bottom));

    /// <summary>A rectangle with circular corners of the given radius.</summary>
    public static PathData RoundedRectangle(Rect r, double radius)
    {
        const int Steps = 5;
        var points = new List<Point2>(4 * (Steps + 1));
        ReadOnlySpan<Point2> centres =
        [
            new(r.Right - radius, r.Bottom - radius), new(r.Left + radius, r.Bottom - radius),
            new(r.Left + radius, r.Top + radius), new(r.Right - radius, r.Top + radius),
        ];
        for (int corner = 0; corner < 4; corner++)
        {
            for (int i = 0; i <= Steps; i++)
            {
                double angle = (corner + ((double)i / Steps)) * Math.PI / 2;
                points.Add(centres[corner] + (new Point2(Math.Cos(angle), Math.Sin(angle)) * radius));
            }
        }

        return Closed(points);
    }

    internal readonly record struct Polyline(IReadOnlyList<Point2> Points, bool IsClosed);
}
