using ScoreGpu.Engine.Data;
using ScoreGpu.Engine.Distributions;
using ScoreGpu.Engine.Metrics;

namespace ScoreGpu.Viz.Labs.Ncsn;

/// <summary>What one way of sampling made, against what it should have made.</summary>
/// <param name="Key">Its name in the results.</param>
/// <param name="Sampler">The sampler, in words.</param>
/// <param name="Score">Whose score, in words.</param>
/// <param name="Start">Where it started, in words.</param>
/// <param name="Evaluations">Evaluations of the score a sample.</param>
/// <param name="Points">The samples, [N, 2].</param>
/// <param name="Modes">The share and spread of each mode, and the outliers.</param>
/// <param name="Shares">χ² of the shares against the weights.</param>
/// <param name="Energy">The squared energy distance to fresh data.</param>
internal sealed record LangevinRun(
    string Key,
    string Sampler,
    string Score,
    string Start,
    int Evaluations,
    float[] Points,
    ModeStatistics Modes,
    ChiSquare Shares,
    TwoSampleEstimate Energy)
{
    /// <summary>Shares below which χ² calls the balance wrong.</summary>
    public const double Significance = 0.01;

    /// <summary>A mode counts as reached with this part of its weight.</summary>
    private const double ReachedPart = 0.5;

    /// <summary>Modes that have at least half of the samples that they should have.</summary>
    public int ModesReached => Modes.Modes.Count(mode => mode.Share >= ReachedPart * Weights[mode.Index]);

    /// <summary>The least share of a mode.</summary>
    public double LeastShare => Modes.Modes.Min(mode => mode.Share);

    /// <summary>The greatest share of a mode.</summary>
    public double GreatestShare => Modes.Modes.Max(mode => mode.Share);

    /// <summary>The mean standard deviation of a coordinate within a mode that has samples.</summary>
    public double MeanStd => Modes.Modes.Where(mode => mode.Count > 1).Select(mode => mode.StandardDeviation.Average())
        .DefaultIfEmpty(double.NaN).Average();

    /// <summary>Whether the shares are what chance makes of the weights.</summary>
    public bool IsBalanced => Shares.PValue >= Significance;

    /// <summary>Whether energy distance tells the samples from data: two standard errors above 0.</summary>
    public bool IsApart => !(Energy.Value <= 2.0 * Energy.NullError);

    /// <summary>The weights that the shares should have.</summary>
    public required IReadOnlyList<double> Weights { get; init; }

    /// <summary>Measures a run.</summary>
    /// <param name="key">Its name in the results.</param>
    /// <param name="sampler">The sampler, in words.</param>
    /// <param name="score">Whose score, in words.</param>
    /// <param name="start">Where it started, in words.</param>
    /// <param name="evaluations">Evaluations a sample.</param>
    /// <param name="points">The samples.</param>
    /// <param name="target">What they should be.</param>
    /// <param name="data">Fresh points of it.</param>
    /// <param name="seed">The lab's seed.</param>
    public static LangevinRun Of(
        string key,
        string sampler,
        string score,
        string start,
        int evaluations,
        float[] points,
        GaussianMixture target,
        PointSet data,
        ulong seed)
    {
        PointSet set = new(points, points.Length / 2, 2);
        return new LangevinRun(
            key,
            sampler,
            score,
            start,
            evaluations,
            points,
            ModeStatistics.Of(target, set),
            ModeStatistics.TestShares(target, set, LabKeys.Of(seed, NcsnDraw.Shares)),
            EnergyDistance.Estimate(set, data))
        {
            Weights = target.Weights,
        };
    }
}
