using ScoreGpu.Engine.Data;
using ScoreGpu.Engine.Distributions;
using ScoreGpu.Engine.Metrics;

namespace ScoreGpu.Viz.Labs.Quality;

/// <summary>How near the samples of one run are to fresh points of what they should be.</summary>
/// <param name="Sampler">The sampler.</param>
/// <param name="Nfe">Network evaluations a sample, on average.</param>
/// <param name="Energy">The squared energy distance.</param>
/// <param name="Wasserstein">The squared sliced Wasserstein-2 distance.</param>
/// <param name="OutlierShare">The share of samples more than 4 standard deviations from every mode.</param>
internal sealed record SamplerScore(
    string Sampler, double Nfe, TwoSampleEstimate Energy, double Wasserstein, double OutlierShare)
{
    /// <summary>Measures a run.</summary>
    /// <param name="sampler">The sampler.</param>
    /// <param name="nfe">Network evaluations a sample, on average.</param>
    /// <param name="points">The samples, [N, 2].</param>
    /// <param name="target">What they should be.</param>
    /// <param name="directions">Directions of the sliced Wasserstein distance.</param>
    public static SamplerScore Of(
        string sampler, double nfe, float[] points, SamplerTarget target, int directions)
    {
        PointSet samples = new(points, points.Length / 2, 2);
        return new SamplerScore(
            sampler,
            nfe,
            EnergyDistance.Estimate(samples, target.Points),
            SlicedWasserstein.Between(samples, target.Points, directions, target.Seed).Squared,
            ModeStatistics.Of(target.Distribution, samples).OutlierShare);
    }

    /// <summary>Whether the samples can be told from true ones: two standard errors above 0.</summary>
    public bool IsApart => !(Energy.Value <= 2 * Energy.NullError);
}

/// <summary>What samples are compared with.</summary>
/// <param name="Distribution">The distribution that a perfect sampler would reach.</param>
/// <param name="Points">Fresh points of it.</param>
/// <param name="Seed">The key of the directions.</param>
internal sealed record SamplerTarget(GaussianMixture Distribution, PointSet Points, ulong Seed)
{
    /// <summary>Draws the points.</summary>
    public static SamplerTarget Of(GaussianMixture distribution, int count, ulong seed) => new(
        distribution,
        new PointSet(distribution.Sample(count, seed, DataSource.FirstReferencePoint), count, 2),
        seed);
}
