using ScoreGpu.Viz.Drawing;

namespace ScoreGpu.Viz.Lettering;

/// <summary>
/// One letter as the path of a round pen, in hundredths of an em with y upwards from the baseline.
/// </summary>
/// <param name="Strokes">The pen's polylines.</param>
/// <param name="Dots">Centres of dots, somewhat wider than the pen.</param>
/// <param name="Left">Free space before the pen's leftmost edge.</param>
/// <param name="Width">From the pen's leftmost to its rightmost centre.</param>
/// <param name="Right">Free space after the pen's rightmost edge.</param>
/// <param name="Scale">The size at which the strokes are drawn: below 1 for superscripts and subscripts.</param>
/// <param name="Rise">How far the strokes are raised after scaling.</param>
internal sealed record Glyph(
    PathData Strokes,
    IReadOnlyList<Point2> Dots,
    double Left,
    double Width,
    double Right,
    double Scale = 1,
    double Rise = 0)
{
    /// <summary>The distance to the next letter for a pen of the given weight.</summary>
    public double Advance(double weight) => Scale == 1
        ? Left + Width + Right + weight
        : (Scale * (Left + Width + Right)) + (weight * Pen.ReducedWeight);

    /// <summary>The height of the highest point of the pen's centre, before scaling.</summary>
    public double Top
        => Strokes.Polylines.SelectMany(p => p.Points).Concat(Dots).Select(p => p.Y).DefaultIfEmpty(0).Max();

    /// <summary>The pens that the face is drawn with.</summary>
    internal static class Pen
    {
        /// <summary>The regular weight, in hundredths of an em.</summary>
        public const double Regular = 8.6;

        /// <summary>The bold weight, in hundredths of an em.</summary>
        public const double Bold = 12.6;

        /// <summary>The pen of superscripts and subscripts relative to that of the line.</summary>
        public const double ReducedWeight = 0.86;
    }
}
