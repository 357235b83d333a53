using ScoreGpu.Engine.Metrics;
using ScoreGpu.Viz.Pages;

namespace ScoreGpu.Viz.Labs.Sde.Text;

/// <summary>Formulas and numbers that the page repeats.</summary>
internal static class SdeSymbols
{
    /// <summary>s = ∇ log p_t.</summary>
    public static Html Score { get; } = Html.Trusted("<i>s</i>");

    /// <summary>g².</summary>
    public static Html Diffusion { get; } = Html.Trusted("<i>g</i><sup>2</sup>");

    /// <summary>The reverse SDE.</summary>
    public static Html ReverseSde { get; } = Html.Trusted(
        "d<i>x</i> = (<i>f</i>·<i>x</i> − <i>g</i><sup>2</sup>·<i>s</i>) d<i>t</i> + <i>g</i> d<i>w̄</i>");

    /// <summary>The probability flow.</summary>
    public static Html Flow { get; } = Html.Trusted(
        "d<i>x</i>/d<i>t</i> = <i>f</i>·<i>x</i> − ½<i>g</i><sup>2</sup>·<i>s</i>");

    /// <summary>A mean and its standard error.</summary>
    public static string Mean(MeanEstimate mean, int digits)
    {
        // What rounds to zero has no sign.
        double shown = Math.Abs(mean.Value) < 0.5 * Math.Pow(10, -digits) ? 0 : mean.Value;
        return $"{Numerals.Fixed(shown, digits)} ± {Numerals.Fixed(mean.StandardError, digits)}";
    }

    /// <summary>A squared energy distance and how far it scatters between equals.</summary>
    public static string Distance(TwoSampleEstimate distance) =>
        $"{Numerals.Significant(distance.Value, 2)} ± {Numerals.Significant(distance.NullError, 2)}";
}
