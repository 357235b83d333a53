using ScoreGpu.Viz.Drawing;

namespace ScoreGpu.Viz.Png;

/// <summary>
/// Moves upright strokes by less than a pixel so that they cover whole pixels: grids and frames stay crisp.
/// </summary>
internal static class PixelSnap
{
    /// <summary>Aligns upright segments in place and returns the width to stroke with.</summary>
    public static double Align(List<Point2> points, bool closed, double width)
    {
        const int LongestFrame = 5;
        const double Faint = 0.6;
        if (points.Count > LongestFrame || !IsUpright(points, closed))
        {
            return width;
        }

        double whole = Math.Max(1, Math.Round(width));
        double centre = whole % 2 == 1 ? 0.5 : 0;
        bool snapsX = closed || points.TrueForAll(p => p.X == points[0].X);
        bool snapsY = closed || points.TrueForAll(p => p.Y == points[0].Y);
        for (int i = 0; i < points.Count; i++)
        {
            double x = snapsX ? Math.Round(points[i].X - centre) + centre : points[i].X;
            double y = snapsY ? Math.Round(points[i].Y - centre) + centre : points[i].Y;
            points[i] = new Point2(x, y);
        }

        // Lines much thinner than a pixel are meant to be faint: widening them would make them loud.
        return width < Faint ? width : whole;
    }

    private static bool IsUpright(List<Point2> points, bool closed)
    {
        int segments = closed ? points.Count : points.Count - 1;
        for (int i = 0; i < segments; i++)
        {
            Point2 along = points[(i + 1) % points.Count] - points[i];
            if (along.X != 0 && along.Y != 0)
            {
                return false;
            }
        }

        return segments > 0 && (closed || segments == 1);
    }
}
