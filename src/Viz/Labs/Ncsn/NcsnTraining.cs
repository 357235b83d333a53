using ScoreGpu.Engine.Data;
using ScoreGpu.Engine.Models;
using ScoreGpu.Engine.Networks;
using ScoreGpu.Engine.Processes;
using ScoreGpu.Engine.Training;
using ScoreGpu.Viz.Labs.Training;

namespace ScoreGpu.Viz.Labs.Ncsn;

/// <summary>Trains noise-conditional score networks of eight Gaussians on a circle.</summary>
internal static class NcsnTraining
{
    /// <summary>The data's name on the command line.</summary>
    public const string DataName = "ring8";

    /// <summary>Trains a model.</summary>
    /// <param name="context">The device, the seed, and what stops the run.</param>
    /// <param name="settings">The network and the course.</param>
    /// <param name="weight">How much the score's error counts at each level.</param>
    /// <param name="steps">Optimiser steps.</param>
    /// <param name="progress">Told the share done.</param>
    public static TrainedModel Train(
        LabContext context, NcsnSettings settings, LossWeight weight, int steps, IProgress<double> progress)
    {
        ulong key = LabKeys.Of(context.Seed, NcsnDraw.Models);
        NetworkArchitecture architecture = new(
            2, settings.Hidden, settings.Layers, new LogSigmaEmbedding(settings.Embedding));
        Model model = new(
            Network.Create(architecture, key), Prediction.Score, new GeometricModelProcess(), DataName)
        {
            Objective = "ncsn",
            Weight = weight,
        };
        TrainingOptions options = new()
        {
            BatchSize = settings.BatchSize,
            LearningRate = settings.Rate,
            Average = new WeightAverage(settings.Average),
            ClipNorm = settings.ClipNorm,
            Seed = key,
        };
        return TrainedModel.Train(
            context,
            model,
            ModelObjectives.Create(model, "ncsn", weight),
            new MixtureData(NamedMixtures.Ring8),
            new TrainingCourse(steps, options, settings.FinalRate),
            progress);
    }

    /// <summary>The levels of one of the lab's models, largest first.</summary>
    public static IReadOnlyList<double> LevelsOf(TrainedModel model) =>
        ((GeometricModelProcess)model.Model.Process).Levels.Sigmas;
}
