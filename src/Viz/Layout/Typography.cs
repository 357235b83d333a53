using ScoreGpu.Viz.Lettering;

namespace ScoreGpu.Viz.Layout;

/// <summary>The sizes of text, in points, and the room that lines of it take.</summary>
internal sealed class Typography(double scale)
{
    public const double LineHeight = 1.32;

    /// <summary>The height of capitals, in ems.</summary>
    public const double CapHeight = 0.72;

    public double FigureTitle { get; } = 14 * scale;

    public double FigureSubtitle { get; } = 11 * scale;

    public double Title { get; } = 11.5 * scale;

    public double Subtitle { get; } = 10 * scale;

    public double Label { get; } = 10 * scale;

    public double Tick { get; } = 9 * scale;

    public double Legend { get; } = 9 * scale;

    public static double Measure(string text, double size, bool isBold = false)
        => TypeSetter.Measure(text, size, isBold);

    /// <summary>The size at which a line fits a length: its own, or less, but never under half of it.</summary>
    public static double Fit(string text, double size, double length, bool isBold = false)
        => size * Math.Clamp(length / Math.Max(Measure(text, size, isBold), 1e-9), 0.5, 1);

    /// <summary>The height of a title whose first line is larger than the others; 0 without one.</summary>
    public static double TitleHeight(string title, double first, double others)
        => title.Length == 0 ? 0 : LineHeight * (first + (others * title.Count(c => c == '\n')));
}
