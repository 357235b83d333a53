using ScoreGpu.Engine.Data;
using ScoreGpu.Engine.Metrics;

namespace ScoreGpu.Viz.Labs.ScoreFunctions;

/// <summary>How close one set of samples is to the data.</summary>
/// <param name="Key">Its name in the results.</param>
/// <param name="Model">Which model made it, in words; empty for data.</param>
/// <param name="Sampler">Which sampler, in words; empty for data.</param>
/// <param name="Start">Where the sampler started, in words; empty for data.</param>
/// <param name="Points">The samples.</param>
/// <param name="Modes">The share, mean and spread of each cluster, and the outliers.</param>
/// <param name="EnergyDistance">The squared energy distance to the data.</param>
internal sealed record SampleQuality(
    string Key,
    string Model,
    string Sampler,
    string Start,
    PointSet Points,
    ModeStatistics Modes,
    double EnergyDistance)
{
    /// <summary>Measures a set of samples.</summary>
    /// <param name="key">Its name in the results.</param>
    /// <param name="model">Which model made it.</param>
    /// <param name="sampler">Which sampler.</param>
    /// <param name="start">Where the sampler started.</param>
    /// <param name="points">The samples, [N, 2].</param>
    /// <param name="data">The data to measure against.</param>
    /// <param name="withinData">The mean distance between two points of the data.</param>
    public static SampleQuality Of(
        string key,
        string model,
        string sampler,
        string start,
        float[] points,
        PointSet data,
        double withinData)
    {
        PointSet set = new(points, points.Length / 2, 2);
        return new SampleQuality(
            key,
            model,
            sampler,
            start,
            set,
            ModeStatistics.Of(NamedMixtures.FourGaussians, set),
            Engine.Metrics.EnergyDistance.Between(set, data, withinData));
    }

    /// <summary>The mean standard deviation of a coordinate within a cluster.</summary>
    public double MeanStd => Modes.Modes.Average(mode => mode.StandardDeviation.Average());

    /// <summary>The least share of a cluster.</summary>
    public double LeastShare => Modes.Modes.Min(mode => mode.Share);

    /// <summary>The greatest share of a cluster.</summary>
    public double GreatestShare => Modes.Modes.Max(mode => mode.Share);

    /// <summary>The mean over the clusters of how far the samples' mean lies from the true centre.</summary>
    public double MeanOffset => Modes.Modes.Average(mode =>
    {
        ReadOnlySpan<double> centre = NamedMixtures.FourGaussians.Mean(mode.Index);
        return Math.Sqrt(Math.Pow(mode.Mean[0] - centre[0], 2) + Math.Pow(mode.Mean[1] - centre[1], 2));
    });
}
