using System.Globalization;
using ScoreGpu.Viz.Pages;

namespace ScoreGpu.Viz.Labs.Ncsn.Text;

/// <summary>Noise levels and formulas of the page.</summary>
internal static class LevelText
{
    /// <summary>s_θ(x, σ).</summary>
    public static Html Network { get; } = Html.Trusted("<i>s</i><sub><i>θ</i></sub>(<i>x</i>, <i>σ</i>)");

    /// <summary>p_σ.</summary>
    public static Html Noised { get; } = Html.Trusted("<i>p</i><sub><i>σ</i></sub>");

    /// <summary>A level to three digits, as in 0.0187.</summary>
    public static string Sigma(double sigma) => sigma.ToString("G3", CultureInfo.InvariantCulture);

    /// <summary>A p-value: digits, or the bound that it is below.</summary>
    public static string PValue(double p) => p < 1e-4 ? "below 0.0001" : Numerals.Significant(p, 2);
}
