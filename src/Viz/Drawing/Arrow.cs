namespace ScoreGpu.Viz.Drawing;

/// <summary>The outline of an arrow: a shaft that widens towards a head with swept-back barbs.</summary>
internal static class Arrow
{
    private const double HeadLength = 4.6;
    private const double HeadNotch = 3.8;
    private const double HeadHalfWidth = 1.75;
    private const double TailTaper = 0.55;

    /// <summary>
    /// The arrow from tail to tip; one shorter than its head shrinks as a whole, one without length is a dot.
    /// </summary>
    public static PathData Outline(Point2 tail, Point2 tip, double width)
    {
        Point2 along = tip - tail;
        double length = along.Length;
        if (length < width * 0.45)
        {
            return PathData.Closed(Array.ConvertAll(MarkerOutline.Of(Marker.Circle, width), p => p + tail));
        }

        double w = width * Math.Min(1, length / (HeadLength * width * 1.1));
        Point2 forward = along * (1 / length);
        var side = new Point2(-forward.Y, forward.X);
        Point2 neck = tip - (forward * (HeadNotch * w));
        Point2 barbs = tip - (forward * (HeadLength * w));
        return PathData.Closed(
            tail + (side * (TailTaper * w / 2)),
            neck + (side * (w / 2)),
            barbs + (side * (HeadHalfWidth * w)),
            tip,
            barbs - (side * (HeadHalfWidth * w)),
            neck - (side * (w / 2)),
            tail - (side * (TailTaper * w / 2)));
    }

    /// <summary>A head alone, with barbs swept back, from its notch's depth to its tip.</summary>
    public static PathData Head(Point2 tail, Point2 tip, double size)
    {
        Point2 along = tip - tail;
        Point2 forward = along.Length == 0 ? new Point2(0, 0) : along * (1 / along.Length);
        Point2 side = new Point2(-forward.Y, forward.X) * (0.62 * size);
        return PathData.Closed(tail + side, tip, tail - side, tail + (forward * (0.3 * size)));
    }
}
