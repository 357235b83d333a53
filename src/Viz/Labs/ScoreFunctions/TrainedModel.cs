using System.Diagnostics;
using ScoreGpu.Engine.Data;
using ScoreGpu.Engine.Devices;
using ScoreGpu.Engine.Models;
using ScoreGpu.Engine.Networks;
using ScoreGpu.Engine.Processes;
using ScoreGpu.Engine.Training;

namespace ScoreGpu.Viz.Labs.ScoreFunctions;

/// <summary>A noise-prediction model of the four clusters, and how it was trained.</summary>
/// <param name="Model">The weights and what they mean.</param>
/// <param name="Losses">The loss before each step.</param>
/// <param name="FirstRate">The learning rate of the first step.</param>
/// <param name="LastRate">The learning rate at the end of the cosine; the first where it stays constant.</param>
/// <param name="Elapsed">How long training took.</param>
internal sealed record TrainedModel(
    Model Model, IReadOnlyList<double> Losses, double FirstRate, double LastRate, TimeSpan Elapsed)
{
    // Single losses scatter with the batch.
    private const int Window = 50;

    /// <summary>The process, with its schedule.</summary>
    public DdpmModelProcess Process => (DdpmModelProcess)Model.Process;

    /// <summary>The mean loss over the first steps.</summary>
    public double FirstLoss => Losses.Take(Window).Average();

    /// <summary>The mean loss over the last steps.</summary>
    public double LastLoss => Losses.TakeLast(Window).Average();

    /// <summary>Trains a model.</summary>
    /// <param name="context">The device, the seed, and what stops the run.</param>
    /// <param name="settings">The network and the batch.</param>
    /// <param name="process">The schedule.</param>
    /// <param name="steps">Optimiser steps.</param>
    /// <param name="firstRate">The learning rate of the first step.</param>
    /// <param name="lastRate">Where it falls to along a cosine; equal to the first, it stays constant.</param>
    /// <param name="progress">Told the share done.</param>
    public static TrainedModel Train(
        LabContext context,
        ScoreFunctionsSettings settings,
        DdpmModelProcess process,
        int steps,
        double firstRate,
        double lastRate,
        IProgress<double> progress)
    {
        NetworkArchitecture architecture = new(
            2, settings.Hidden, settings.Layers, new LearnedEmbedding(process.Steps, settings.Hidden));
        ulong key = LabSeeds.KeyOf(context.Seed, LabDraw.Models);
        Model model = new(Network.Create(architecture, key), Prediction.Epsilon, process, "four-gaussians")
        {
            Objective = Predictions.NameOf(Prediction.Epsilon),
            Weight = ModelObjectives.UsualWeight(Prediction.Epsilon),
        };
        TrainingOptions options = new() { BatchSize = settings.BatchSize, LearningRate = firstRate, Seed = key };
        long start = Stopwatch.GetTimestamp();
        using ITrainer trainer = context.Device.Train(
            model.Network, ModelObjectives.Default(model), new MixtureData(NamedMixtures.FourGaussians), options);
        TrainingRun run = new(trainer)
        {
            Decay = firstRate.Equals(lastRate) ? null : new CosineDecay(firstRate, lastRate),
        };
        run.Advance(steps, new Share(progress), context.Cancellation);
        run.CopyTo(model.Network);
        return new TrainedModel(model, run.Losses, firstRate, lastRate, Stopwatch.GetElapsedTime(start));
    }

    private sealed class Share(IProgress<double> whole) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value)
        {
            // A report costs more than it tells if every step makes one.
            if (value.StepsDone % 50 == 0)
            {
                whole.Report((double)value.StepsDone / value.Steps);
            }
        }
    }
}
