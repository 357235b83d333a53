using ScoreGpu.Viz.Drawing;
using ScoreGpu.Viz.Lettering;

namespace ScoreGpu.Viz.Png;

/// <summary>
/// Covers lines of text with pen strokes. Heights are fitted to the pixel grid, so that the bars of small letters
/// stay crisp: the baseline, the x-height and the height of capitals fall on whole pixels.
/// </summary>
internal static class TextOutline
{
    private const double XHeight = 52;
    private const double CapHeight = 72;
    private const double Descender = -20.5;

    /// <summary>
    /// Adds the letters of a line to a rasteriser one by one, and calls <paramref name="paint"/> after each;
    /// <paramref name="extraWeight"/> thickens them, in ems.
    /// </summary>
    public static void Draw(
        CoverageRasteriser target,
        string text,
        Point2 anchor,
        TextStyle style,
        double scale,
        double extraWeight,
        Action paint)
    {
        double em = style.Size * scale;
        double weight = (style.IsBold ? Glyph.Pen.Bold : Glyph.Pen.Regular) / 100 * em;
        double pen = Math.Max(weight, style.IsBold ? 1.5 : 1.1);
        double length = TypeSetter.Measure(text, em, style.IsBold);
        double start = style.Align switch { TextAlign.Middle => -length / 2, TextAlign.End => -length, _ => 0 };
        Point2 origin = Snap(anchor * scale, style.IsVertical);
        foreach (PlacedGlyph placed in TypeSetter.Set(text, style.IsBold))
        {
            Glyph glyph = placed.Glyph;
            bool isReduced = glyph.Scale != 1;
            double glyphPen = isReduced ? Math.Max(pen * Glyph.Pen.ReducedWeight, 1) : pen;
            var fit = new HeightFit(em, isReduced ? 0 : pen);
            double left = start + (placed.X * em / 100) + (glyph.Left * glyph.Scale * em / 100) + (glyphPen / 2);
            double drawn = glyphPen + (2 * extraWeight * em);
            foreach (PathData.Polyline stroke in glyph.Strokes.Polylines)
            {
                List<Point2> points = Thin(stroke.Points.Select(Place));
                Stroker.Add(target, points, stroke.IsClosed, drawn, roundCaps: true);
            }

            foreach (Point2 dot in glyph.Dots)
            {
                double diameter = (glyphPen * 1.3) + (2 * extraWeight * em);
                Stroker.Add(target, [Place(dot)], closed: false, diameter, roundCaps: true);
            }

            paint();

            Point2 Place(Point2 p)
            {
                double x = left + (p.X * glyph.Scale * em / 100);
                double height = isReduced
                    ? (((p.Y + placed.Lift) * glyph.Scale * 0.94) + glyph.Rise) * em / 100
                    : fit.Map(p.Y + placed.Lift);
                double y = isReduced ? height + (glyphPen / 2) : height;
                return style.IsVertical
                    ? new Point2(origin.X - y, origin.Y - x)
                    : new Point2(origin.X + x, origin.Y - y);
            }
        }
    }

    // Curves are finer than small letters need: points closer than this change nothing that can be seen.
    private static List<Point2> Thin(IEnumerable<Point2> points)
    {
        const double Closest = 0.5;
        var kept = new List<Point2>();
        Point2? skipped = null;
        foreach (Point2 point in points)
        {
            bool isClose = kept.Count > 0 && (point - kept[^1]).Length < Closest;
            skipped = isClose ? point : null;
            if (!isClose)
            {
                kept.Add(point);
            }
        }

        if (skipped is { } last)
        {
            kept.Add(last);
        }

        return kept;
    }

    private static Point2 Snap(Point2 p, bool isVertical)
        => isVertical ? p with { X = Math.Round(p.X) } : p with { Y = Math.Round(p.Y) };

    /// <summary>
    /// Maps heights of the pen's path, in hundredths of an em, to pixels above the baseline. The path is drawn in
    /// between the visible limits: half a pen inside them.
    /// </summary>
    private readonly struct HeightFit
    {
        private readonly double _em;
        private readonly double _half;
        private readonly double _xHeight;
        private readonly double _capHeight;
        private readonly double _descender;

        public HeightFit(double em, double pen)
        {
            _em = em;
            _half = pen / 2;
            _xHeight = Math.Round(em * XHeight / 100) - _half;
            _capHeight = Math.Round(em * CapHeight / 100) - _half;
            _descender = _half - Math.Round(em * -Descender / 100);
        }

        public double Map(double y)
        {
            if (y <= 0)
            {
                return y >= Descender
                    ? _half + ((_descender - _half) * y / Descender)
                    : _descender + ((y - Descender) * _em / 100);
            }

            if (y <= XHeight)
            {
                return _half + ((_xHeight - _half) * y / XHeight);
            }

            return y <= CapHeight
                ? _xHeight + ((_capHeight - _xHeight) * (y - XHeight) / (CapHeight - XHeight))
                : _capHeight + ((y - CapHeight) * _em / 100);
        }
    }
}
