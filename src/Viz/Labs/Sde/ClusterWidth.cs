using ScoreGpu.Engine.Data;
using ScoreGpu.Engine.Distributions;
using ScoreGpu.Engine.Metrics;

namespace ScoreGpu.Viz.Labs.Sde;

/// <summary>How wide the clusters of samples are.</summary>
internal static class ClusterWidth
{
    // The clusters' centres are 13 standard deviations apart: a sample beyond belongs to none.
    private const double Within = 6;

    /// <summary>The standard deviation of a coordinate within a cluster over the true one, all clusters together; NaN
    /// where no sample is in one.</summary>
    /// <param name="samples">The samples, [N, 2].</param>
    public static double Of(PointSet samples)
    {
        GaussianMixture data = SdeProcesses.Plane;
        ModeSummary[] reached =
            [.. ModeStatistics.Of(data, samples, Within).Modes.Where(mode => mode.Share * samples.Count > 1)];
        double variance = reached.Sum(mode => mode.Share * mode.StandardDeviation.Average(std => std * std))
            / reached.Sum(mode => mode.Share);
        return Math.Sqrt(variance / data.Covariance(0)[0]);
    }
}
