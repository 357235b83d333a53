using ScoreGpu.Engine.Data;
using ScoreGpu.Engine.Distributions;
using ScoreGpu.Engine.Metrics;

namespace ScoreGpu.Viz.Labs.ScoreMatching;

/// <summary>The ends of many Langevin chains, or points to compare them with.</summary>
/// <param name="Key">Their name in the results.</param>
/// <param name="Label">Their name on the page.</param>
/// <param name="Sigma">The noise of the density that they should have.</param>
/// <param name="Points">The points.</param>
/// <param name="LeftShare">The share left of the middle.</param>
/// <param name="Width">The standard deviation of a coordinate within a cluster.</param>
/// <param name="OutlierShare">The share beyond four standard deviations of both clusters of that density.</param>
/// <param name="ToClean">The squared energy distance to the data.</param>
/// <param name="ToNoised">The squared energy distance to the data with the lab's noise.</param>
/// <param name="Frames">The states on the way, [frames, N, 2]; empty where nothing moved.</param>
/// <param name="ChangedSide">
/// The share of chains that end on the other side than they were on half-way; NaN where nothing moved.
/// </param>
internal sealed record LangevinRun(
    string Key,
    string Label,
    double Sigma,
    PointSet Points,
    double LeftShare,
    double Width,
    double OutlierShare,
    TwoSampleEstimate ToClean,
    TwoSampleEstimate ToNoised,
    float[] Frames,
    double ChangedSide)
{
    /// <summary>The distance to the data in units of what true samples scatter by.</summary>
    public double ToCleanInScatters => ToClean.Value / ToClean.NullError;

    /// <summary>By how much the clusters are wider than those of the density, relatively.</summary>
    public double Widening => (Width / Math.Sqrt(LangevinPredictions.NoisedVariance(Sigma))) - 1.0;

    /// <summary>Measures a set of points.</summary>
    public static LangevinRun Of(
        string key, string label, double sigma, float[] points, float[] frames, LangevinTargets targets)
    {
        PointSet set = new(points, points.Length / 2, 2);
        ModeStatistics modes = ModeStatistics.Of(ScoreTraining.Data.Noised(1.0, sigma), set);
        return new LangevinRun(
            key,
            label,
            sigma,
            set,
            LeftOf(points),
            modes.Modes.SelectMany(mode => mode.StandardDeviation).Average(),
            modes.OutlierShare,
            EnergyDistance.Estimate(set, targets.Clean),
            EnergyDistance.Estimate(set, targets.Noised),
            frames,
            SideChanges(frames, set.Count));
    }

    /// <summary>The share of points left of the middle.</summary>
    public static double LeftOf(ReadOnlySpan<float> points)
    {
        int left = 0;
        for (int i = 0; i < points.Length; i += 2)
        {
            left += points[i] < 0 ? 1 : 0;
        }

        return left / (0.5 * points.Length);
    }

    private static double SideChanges(float[] frames, int count)
    {
        int kept = frames.Length / (2 * count);
        if (kept < 2)
        {
            return double.NaN;
        }

        int half = kept / 2 * 2 * count;
        int last = (kept - 1) * 2 * count;
        int changed = 0;
        for (int i = 0; i < 2 * count; i += 2)
        {
            changed += (frames[half + i] < 0) != (frames[last + i] < 0) ? 1 : 0;
        }

        return (double)changed / count;
    }
}

/// <summary>Fresh points of the data, without and with the lab's noise.</summary>
/// <param name="Clean">Of p.</param>
/// <param name="Noised">Of p_σ.</param>
internal sealed record LangevinTargets(PointSet Clean, PointSet Noised)
{
    /// <summary>Draws them.</summary>
    public static LangevinTargets Draw(ScoreMatchingSettings settings, ulong seed) => new(
        Sample(ScoreTraining.Data, settings.Reference, seed, ScoreMatchingDraw.CleanReference),
        Sample(
            ScoreTraining.Data.Noised(1.0, settings.Sigma), settings.Reference, seed, ScoreMatchingDraw.NoisedReference));

    private static PointSet Sample(GaussianMixture mixture, int count, ulong seed, ScoreMatchingDraw draw) =>
        new(mixture.Sample(count, LabKeys.Of(seed, draw)), count, 2);
}
