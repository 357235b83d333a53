namespace ScoreGpu.Engine.Metrics;

/// <summary>What was sampled at one mode.</summary>
/// <param name="Index">The mode's index in the mixture.</param>
/// <param name="Count">The number of samples that belong to the mode.</param>
/// <param name="Share">That number over all samples, outliers included.</param>
/// <param name="Mean">The mean of the mode's samples, [D]; NaN without samples.</param>
/// <param name="StandardDeviation">
/// The standard deviation of the mode's samples in each dimension, [D], with divisor n − 1; NaN below two samples.
/// </param>
/// <param name="Covariance">The covariance of the mode's samples, [D, D] row-major, with divisor n − 1; NaN as above.
/// </param>
public sealed record ModeSummary(
    int Index, int Count, double Share, double[] Mean, double[] StandardDeviation, double[] Covariance);
