using System.Diagnostics;
using ScoreGpu.Engine.Data;
using ScoreGpu.Engine.Devices;
using ScoreGpu.Engine.Distributions;
using ScoreGpu.Engine.Networks;
using ScoreGpu.Engine.Training;

namespace ScoreGpu.Viz.Labs.ScoreMatching;

/// <summary>What a training step takes in many dimensions: measured, so that no two runs give the same numbers.</summary>
/// <param name="Dimensions">D, ascending.</param>
/// <param name="Hyvarinen">The exact trace, which takes D tangents a sample.</param>
/// <param name="Sliced">One random direction a sample.</param>
/// <param name="Denoising">No derivative of the field.</param>
internal sealed record StepCost(IReadOnlyList<int> Dimensions, StepTimes Hyvarinen, StepTimes Sliced, StepTimes Denoising)
{
    /// <summary>The numbers of a 256 × 256 image in three colours.</summary>
    public const int ImageDimension = 256 * 256 * 3;

    private const int WarmUpSteps = 2;
    private const double Sigma = 0.5;

    /// <summary>Times steps of every objective in every dimension.</summary>
    public static StepCost Measure(LabContext context, ScoreMatchingSettings settings, IProgress<double> progress)
    {
        (string Key, string Label, Objective Objective)[] objectives =
        [
            ("hyvarinen", "Hyvärinen", new HyvarinenObjective()),
            ("sliced", "sliced", new SlicedObjective()),
            ("denoising", "denoising", Objectives.DenoisingScore(Sigma)),
        ];
        double[][] seconds = [.. objectives.Select(_ => new double[settings.Dimensions.Count])];
        for (int d = 0; d < settings.Dimensions.Count; d++)
        {
            for (int k = 0; k < objectives.Length; k++)
            {
                context.Cancellation.ThrowIfCancellationRequested();
                seconds[k][d] = TimeStep(context, settings, objectives[k].Objective, settings.Dimensions[d]);
            }

            progress.Report((d + 1.0) / settings.Dimensions.Count);
        }

        double[] dimensions = [.. settings.Dimensions.Select(d => (double)d)];
        StepTimes[] times =
        [
            .. objectives.Select((objective, k) => new StepTimes(
                objective.Key, objective.Label, seconds[k], PowerLaw.Fit(dimensions, seconds[k]))),
        ];
        return new StepCost(settings.Dimensions, times[0], times[1], times[2]);
    }

    /// <summary>How many denoising steps a step of Hyvärinen's takes, in each dimension.</summary>
    public IReadOnlyList<double> Ratios =>
        [.. Hyvarinen.Seconds.Zip(Denoising.Seconds, (exact, denoising) => exact / denoising)];

    /// <summary>The ratio a dimension in the largest D, where it has grown steadily.</summary>
    public double RatioPerDimension => Ratios[^1] / Dimensions[^1];

    /// <summary>The ratio in <see cref="ImageDimension"/> dimensions, if it goes on growing so.</summary>
    public double ImageRatio => RatioPerDimension * ImageDimension;

    /// <summary>The days that it makes of a second.</summary>
    public double ImageDays => ImageRatio / TimeSpan.SecondsPerDay;

    // The least: on a busy machine a step waits for other programs, and nothing makes it faster than it is.
    private static double TimeStep(LabContext context, ScoreMatchingSettings settings, Objective objective, int dimension)
    {
        NetworkArchitecture architecture = new(dimension, settings.Hidden, settings.Layers, new NoConditioning());
        ulong key = LabKeys.Of(context.Seed, ScoreMatchingDraw.Models);
        TrainingOptions options = new() { BatchSize = settings.BatchSize, Seed = key };
        using ITrainer trainer = context.Device.Train(
            Network.Create(architecture, key), objective, new MixtureData(Clusters(dimension)), options);
        for (int i = 0; i < WarmUpSteps; i++)
        {
            trainer.Step();
        }

        double[] times = new double[settings.TimedSteps];
        for (int i = 0; i < times.Length; i++)
        {
            long start = Stopwatch.GetTimestamp();
            trainer.Step();
            times[i] = Stopwatch.GetElapsedTime(start).TotalSeconds;
        }

        return times.Min();
    }

    // The lab's clusters, with further coordinates around 0.
    private static GaussianMixture Clusters(int dimension)
    {
        double[] left = new double[dimension];
        double[] right = new double[dimension];
        (left[0], right[0]) = (-2.0, 2.0);
        return GaussianMixture.Isotropic([left, right], 0.3);
    }
}

/// <summary>The times of one objective.</summary>
/// <param name="Key">Its name in the results.</param>
/// <param name="Label">Its name on the page.</param>
/// <param name="Seconds">The least time of a step in each dimension.</param>
/// <param name="Fit">c·D^k, fitted to the upper half of the dimensions.</param>
internal sealed record StepTimes(string Key, string Label, IReadOnlyList<double> Seconds, PowerLaw Fit);
