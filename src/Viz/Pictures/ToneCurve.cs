namespace ScoreGpu.Viz.Pictures;

/// <summary>How the weight of a pixel becomes a tone in [0, 1], for a whole picture or film.</summary>
/// <remarks>
/// With w_q the weight that a share q of the pixels that hold any stay below, t is
/// <code>
///   linear      w / w_b
///   log         ln(1 + w/w_f) / ln(1 + w_b/w_f)
///   histogram   the share of those pixels whose weight is below w
/// </code>
/// and at most 1. The logarithm makes equal ratios equal steps, as the eye does (Drago et al., "Adaptive logarithmic
/// mapping for displaying high contrast scenes", 2003); the quantiles take the place of the scene's luminances, so that
/// ten times the trajectories make the same picture with less grain. The histogram gives each tone as many pixels
/// (Ward Larson, Rushmeier and Piatko, "A visibility matching tone reproduction operator for high dynamic range scenes",
/// 1997, without its ceiling on contrast).
/// </remarks>
internal sealed class ToneCurve
{
    private readonly double[] _table;

    private ToneCurve(double[] table) => _table = table;

    /// <summary>The curve for pixels of given weights.</summary>
    /// <param name="mapping">The rule.</param>
    /// <param name="counts">The weights.</param>
    /// <param name="faint">f, in (0, 1): the share of the pixels that are to be faint, for the logarithm.</param>
    /// <param name="bright">b, in (f, 1]: the share that is to be short of the brightest.</param>
    public static ToneCurve Of(ToneMapping mapping, WeightCounts counts, double faint, double bright)
    {
        double high = counts.Quantile(bright);
        double low = counts.Quantile(faint);
        return new ToneCurve(mapping switch
        {
            ToneMapping.Equalised => counts.Shares(),
            ToneMapping.Logarithmic => WeightCounts.Tabulate(
                w => ToneMappings.Logarithmic(Math.Min(1, w / high), high / low)),
            ToneMapping.SquareRoot => WeightCounts.Tabulate(w => Math.Sqrt(Math.Min(1, w / high))),
            _ => WeightCounts.Tabulate(w => Math.Min(1, w / high)),
        });
    }

    /// <summary>The tone of a weight.</summary>
    public double At(ulong weight) => weight == 0 ? 0 : WeightCounts.Interpolate(_table, weight);
}
