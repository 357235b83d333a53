using ScoreGpu.Viz.Pages;

namespace ScoreGpu.Viz.Labs.Text;

/// <summary>Formulas that pages repeat.</summary>
internal static class Symbols
{
    /// <summary>x_t.</summary>
    public static Html State { get; } = Html.Trusted("<i>x</i><sub><i>t</i></sub>");

    /// <summary>x₀.</summary>
    public static Html Clean { get; } = Html.Trusted("<i>x</i><sub>0</sub>");

    /// <summary>x_T.</summary>
    public static Html Last { get; } = Html.Trusted("<i>x</i><sub><i>T</i></sub>");

    /// <summary>ᾱ_t.</summary>
    public static Html AlphaBar { get; } = Html.Trusted("<i>ᾱ</i><sub><i>t</i></sub>");

    /// <summary>ᾱ at the last step.</summary>
    public static Html LastAlphaBar { get; } = Html.Trusted("<i>ᾱ</i><sub><i>T</i></sub>");

    /// <summary>√ᾱ_t.</summary>
    public static Html RootAlphaBar { get; } = Html.Of($"√<span class=\"root\">{AlphaBar}</span>");

    /// <summary>√(1 − ᾱ_t).</summary>
    public static Html RootOfRest { get; } = Html.Of($"√<span class=\"root\">1 − {AlphaBar}</span>");

    /// <summary>∇ log p(x).</summary>
    public static Html Score { get; } = Html.Trusted("∇ log <i>p</i>(<i>x</i>)");

    /// <summary>ε_θ(x_t, t).</summary>
    public static Html Prediction { get; } = Html.Of($"<i>ε</i><sub><i>θ</i></sub>({State}, <i>t</i>)");
}
