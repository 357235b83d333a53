namespace ScoreGpu.Viz.Drawing;

/// <summary>The outlines of markers, around the origin.</summary>
internal static class MarkerOutline
{
    /// <summary>The closed polygon of a marker of the given diameter, with y downwards.</summary>
    public static Point2[] Of(Marker marker, double size)
    {
        double r = size / 2;
        return marker switch
        {
            Marker.Circle => Regular(CircleSteps(r), r, 0),
            Marker.Square => Regular(4, r * 0.886 * Math.Sqrt(2), Math.PI / 4),
            Marker.Diamond => Regular(4, r * 1.15, 0),
            Marker.Triangle => Regular(3, r * 1.25, -Math.PI / 2),
            Marker.Star => Star(r * 1.1),
            Marker.Cross => Cross(r),
            _ => throw new ArgumentOutOfRangeException(nameof(marker), marker, "Expected a marker with an outline."),
        };
    }

    private static int CircleSteps(double radius) => Math.Clamp((int)(8 + (4 * radius)), 12, 48);

    private static Point2[] Regular(int corners, double radius, double phase)
    {
        var points = new Point2[corners];
        for (int i = 0; i < corners; i++)
        {
            double angle = phase + (2 * Math.PI * i / corners);
            points[i] = new Point2(radius * Math.Cos(angle), radius * Math.Sin(angle));
        }

        return points;
    }

    private static Point2[] Star(double radius)
    {
        const double InnerRatio = 0.42;
        var points = new Point2[10];
        for (int i = 0; i < points.Length; i++)
        {
            double angle = (-Math.PI / 2) + (Math.PI * i / 5);
            double distance = i % 2 == 0 ? radius : radius * InnerRatio;
            points[i] = new Point2(distance * Math.Cos(angle), distance * Math.Sin(angle));
        }

        return points;
    }

    private static Point2[] Cross(double radius)
    {
        double t = radius * 0.28;
        double d = radius * 0.95;
        Point2[] upright =
        [
            new(t, t), new(d, t), new(d, -t), new(t, -t), new(t, -d), new(-t, -d),
            new(-t, -t), new(-d, -t), new(-d, t), new(-t, t), new(-t, d), new(t, d),
        ];
        double c = Math.Sqrt(0.5);
        return Array.ConvertAll(upright, p => new Point2(c * (p.X - p.Y), c * (p.X + p.Y)));
    }
}
