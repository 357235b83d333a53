using ScoreGpu.Viz.Drawing;

namespace ScoreGpu.Viz.Png;

/// <summary>
/// Covers a stroke with convex pieces of one orientation: a box a segment, a fan a join, a half disc a cap.
/// Their union under the non-zero rule is the stroke.
/// </summary>
internal static class Stroker
{
    /// <summary>Adds the stroke of a polyline, in pixels, to a rasteriser.</summary>
    public static void Add(
        CoverageRasteriser target, IReadOnlyList<Point2> points, bool closed, double width, bool roundCaps)
    {
        double half = width / 2;
        List<Point2> distinct = WithoutRepeats(points, closed);
        int count = distinct.Count;
        if (count == 1)
        {
            if (roundCaps)
            {
                AddFan(target, distinct[0], half, 0, 2 * Math.PI);
            }

            return;
        }

        int segments = closed ? count : count - 1;
        for (int i = 0; i < segments; i++)
        {
            AddBox(target, distinct[i], distinct[(i + 1) % count], half);
            if (closed || i > 0)
            {
                AddJoin(target, distinct[(i + count - 1) % count], distinct[i], distinct[(i + 1) % count], half);
            }
        }

        if (!closed && roundCaps)
        {
            AddCap(target, distinct[1], distinct[0], half);
            AddCap(target, distinct[count - 2], distinct[count - 1], half);
        }
    }

    private static List<Point2> WithoutRepeats(IReadOnlyList<Point2> points, bool closed)
    {
        const double Tiny = 1e-6;
        var distinct = new List<Point2>(points.Count);
        foreach (Point2 point in points)
        {
            if (distinct.Count == 0 || (point - distinct[^1]).Length > Tiny)
            {
                distinct.Add(point);
            }
        }

        if (closed && distinct.Count > 1 && (distinct[^1] - distinct[0]).Length <= Tiny)
        {
            distinct.RemoveAt(distinct.Count - 1);
        }

        return distinct;
    }

    private static void AddBox(CoverageRasteriser target, Point2 from, Point2 to, double half)
    {
        Point2 along = to - from;
        Point2 side = new Point2(-along.Y, along.X) * (half / along.Length);
        target.Add([from - side, to - side, to + side, from + side]);
    }

    private static void AddJoin(CoverageRasteriser target, Point2 before, Point2 at, Point2 after, double half)
    {
        double incoming = Math.Atan2(at.Y - before.Y, at.X - before.X);
        double outgoing = Math.Atan2(after.Y - at.Y, after.X - at.X);
        double turn = Math.IEEERemainder(outgoing - incoming, 2 * Math.PI);

        // The gap opens on the outer side of the turn, from the incoming segment's normal to the outgoing one's.
        double start = turn > 0 ? incoming - (Math.PI / 2) : outgoing + (Math.PI / 2);
        AddFan(target, at, half, start, start + Math.Abs(turn));
    }

    private static void AddCap(CoverageRasteriser target, Point2 inner, Point2 end, double half)
    {
        double direction = Math.Atan2(end.Y - inner.Y, end.X - inner.X);
        AddFan(target, end, half, direction - (Math.PI / 2), direction + (Math.PI / 2));
    }

    private static void AddFan(CoverageRasteriser target, Point2 centre, double radius, double start, double end)
    {
        const double Flatness = 0.02;
        double sweep = end - start;
        const double Invisible = 0.02;
        if (sweep * radius < Invisible)
        {
            return;
        }

        double step = Math.Clamp(2 * Math.Acos(Math.Max(0, 1 - (Flatness / Math.Max(radius, Flatness)))), 0.1, 0.8);
        int steps = Math.Max(1, (int)Math.Ceiling(sweep / step));
        Span<Point2> fan = stackalloc Point2[steps + 2];
        fan[0] = centre;
        for (int i = 0; i <= steps; i++)
        {
            double angle = start + (sweep * i / steps);
            fan[i + 1] = centre + (new Point2(Math.Cos(angle), Math.Sin(angle)) * radius);
        }

        target.Add(fan);
    }
}
