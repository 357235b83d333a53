namespace ScoreGpu.Engine.Metrics;

/// <summary>A mean with its standard error.</summary>
/// <param name="Value">The mean.</param>
/// <param name="StandardError">The standard error; NaN below two values.</param>
public sealed record MeanEstimate(double Value, double StandardError)
{
    /// <summary>The mean of independent values.</summary>
    /// <param name="values">The values; NaN or −∞ among them makes the mean so.</param>
    public static MeanEstimate Of(double[] values)
    {
        ArgumentNullException.ThrowIfNull(values);
        double mean = PairSums.Sum(values) / values.Length;
        double squares = PairSums.Sum([.. values.Select(value => (value - mean) * (value - mean))]);
        return new MeanEstimate(mean, Math.Sqrt(squares / (values.Length - 1.0) / values.Length));
    }
}
