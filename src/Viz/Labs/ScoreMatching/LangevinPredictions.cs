namespace ScoreGpu.Viz.Labs.ScoreMatching;

/// <summary>What theory says of one cluster: it is N(μ, v·I), and N(μ, (v + σ²)·I) with noise.</summary>
internal static class LangevinPredictions
{
    /// <summary>v.</summary>
    public static double CleanVariance { get; } = ScoreTraining.Data.Covariance(0)[0];

    /// <summary>v + σ².</summary>
    public static double NoisedVariance(double sigma) => CleanVariance + (sigma * sigma);

    /// <summary>The standard deviation that Langevin steps reach with the exact score of the data.</summary>
    public static double CleanWidth(ScoreMatchingSettings settings) => StationaryWidth(CleanVariance, settings.StepSize);

    /// <summary>The same for the data with noise.</summary>
    public static double NoisedWidth(ScoreMatchingSettings settings) =>
        StationaryWidth(NoisedVariance(settings.Sigma), settings.StepSize);

    /// <summary>
    /// The standard deviation of E[x₀ | x] = μ + v/(v + σ²)·(x − μ) over noisy points: v/√(v + σ²), less than √v.
    /// </summary>
    public static double DenoisedWidth(double sigma) => CleanVariance / Math.Sqrt(NoisedVariance(sigma));

    /// <summary>
    /// The standard deviation of the stationary law of x′ = x − η·x/v + √(2η)·z: √(v/(1 − η/(2v))).
    /// </summary>
    /// <param name="variance">v of N(0, v), whose score the steps follow; above η/2.</param>
    /// <param name="stepSize">η.</param>
    public static double StationaryWidth(double variance, double stepSize) =>
        Math.Sqrt(variance / (1.0 - (stepSize / (2.0 * variance))));
}
