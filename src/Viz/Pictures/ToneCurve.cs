namespace ScoreGpu.Viz.Pictures;

/// <summary>How the weight of a pixel becomes a tone in [0, 1], for a whole picture or film.</summary>
/// <remarks>
/// With w_q the weight that a share q of the pixels that hold any stay below, t is
/// <code>
///   linear      w / w_0.995
///   log         ln(1 + w/w_0.05) / ln(1 + w_0.995/w_0.05)
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
    private const double Brightest = 0.995;
    private const double Faintest = 0.05;

    private readonly double[] _table;

    private ToneCurve(double[] table) => _table = table;

    /// <summary>The curve for pixels of given weights.</summary>
    public static ToneCurve Of(ToneMapping mapping, WeightCounts counts)
    {
        double high = counts.Quantile(Brightest);
        double low = counts.Quantile(Faintest);
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
