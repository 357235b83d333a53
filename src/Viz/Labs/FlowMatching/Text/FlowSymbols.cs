using ScoreGpu.Viz.Pages;

namespace ScoreGpu.Viz.Labs.FlowMatching.Text;

/// <summary>Formulas and words that the parts repeat.</summary>
internal static class FlowSymbols
{
    /// <summary>The velocity of the straight path.</summary>
    public static Html Velocity { get; } = Html.Trusted("<i>u</i>");

    /// <summary>ε.</summary>
    public static Html Noise { get; } = Html.Trusted("<i>ε</i>");

    /// <summary>t.</summary>
    public static Html Time { get; } = Html.Trusted("<i>t</i>");

    /// <summary>S.</summary>
    public static Html Straightness { get; } = Html.Trusted("<i>S</i>");

    /// <summary>Evaluations, or words where a curve never gets there.</summary>
    public static string Evaluations(double value) =>
        double.IsFinite(value) ? $"{Numerals.Fixed(value, 0)}" : "more than were tried";

    /// <summary>A distance as tables show it.</summary>
    public static string Energy(double value) => Numerals.Fixed(value, Math.Abs(value) < 0.1 ? 4 : 3);
}
