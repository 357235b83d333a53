using ScoreGpu.Engine.Data;
using ScoreGpu.Engine.Distributions;
using ScoreGpu.Engine.Models;
using ScoreGpu.Engine.Networks;
using ScoreGpu.Engine.Processes;
using ScoreGpu.Engine.Training;
using ScoreGpu.Viz.Labs.Training;

namespace ScoreGpu.Viz.Labs.ScoreMatching;

/// <summary>One way of the lab to learn a score from two clusters.</summary>
/// <param name="Key">Its name in the results.</param>
/// <param name="Label">Its name on the page.</param>
/// <param name="Objective">The objective, as the command line calls it.</param>
/// <param name="Sigma">The noise of a denoising objective; 0 for the data as they are.</param>
/// <param name="Steps">Optimiser steps.</param>
/// <param name="Predicts">What the network says.</param>
internal sealed record ScoreTraining(
    string Key, string Label, string Objective, double Sigma, int Steps, Prediction Predicts = Prediction.Score)
{
    /// <summary>The data's name.</summary>
    public const string DataName = "two-gaussians";

    private const string Exact = "esm";

    /// <summary>The data.</summary>
    public static GaussianMixture Data => NamedMixtures.TwoGaussians;

    /// <summary>A network before its first step: the same weights for every objective.</summary>
    public Model Fresh(ScoreMatchingSettings settings, ulong seed)
    {
        NetworkArchitecture architecture = new(2, settings.Hidden, settings.Layers, new NoConditioning());
        ulong key = LabKeys.Of(seed, ScoreMatchingDraw.Models);
        return new Model(Network.Create(architecture, key), Predicts, new SingleSigmaModelProcess(Sigma), DataName)
        {
            Objective = Objective,
        };
    }

    /// <summary>Trains a network.</summary>
    /// <param name="context">The device, the seed, and what stops the run.</param>
    /// <param name="settings">The network and the batch.</param>
    /// <param name="progress">Told the share done.</param>
    public TrainedModel Train(LabContext context, ScoreMatchingSettings settings, IProgress<double> progress)
    {
        ulong key = LabKeys.Of(context.Seed, ScoreMatchingDraw.Models);
        Model model = Fresh(settings, context.Seed);
        TrainingOptions options = new()
        {
            BatchSize = settings.BatchSize,
            LearningRate = settings.LearningRate,
            Seed = key,
        };
        return TrainedModel.Train(
            context,
            model,
            ModelObjectives.Create(model, Objective),
            new MixtureData(Data),
            new TrainingCourse(Steps, options),
            progress,
            Objective == Exact ? new ExactScoreBatches(Data, settings.BatchSize, key) : null);
    }
}
