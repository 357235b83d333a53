using ScoreGpu.Engine.Data;
using ScoreGpu.Engine.Models;
using ScoreGpu.Engine.Networks;
using ScoreGpu.Engine.Processes;
using ScoreGpu.Engine.Training;
using ScoreGpu.Viz.Labs.Training;

namespace ScoreGpu.Viz.Labs.ScoreFunctions;

/// <summary>Trains the lab's noise predictors of the four clusters.</summary>
internal static class DdpmTraining
{
    /// <summary>Trains a model.</summary>
    /// <param name="context">The device, the seed, and what stops the run.</param>
    /// <param name="settings">The network and the batch.</param>
    /// <param name="process">The schedule.</param>
    /// <param name="steps">Optimiser steps.</param>
    /// <param name="firstRate">The learning rate of the first step.</param>
    /// <param name="lastRate">Where it falls to along a cosine; null keeps it constant.</param>
    /// <param name="progress">Told the share done.</param>
    public static TrainedModel Train(
        LabContext context,
        ScoreFunctionsSettings settings,
        DdpmModelProcess process,
        int steps,
        double firstRate,
        double? lastRate,
        IProgress<double> progress)
    {
        NetworkArchitecture architecture = new(
            2, settings.Hidden, settings.Layers, new LearnedEmbedding(process.Steps, settings.Hidden));
        ulong key = LabKeys.Of(context.Seed, LabDraw.Models);
        Model model = new(Network.Create(architecture, key), Prediction.Epsilon, process, "four-gaussians")
        {
            Objective = Predictions.NameOf(Prediction.Epsilon),
            Weight = ModelObjectives.UsualWeight(Prediction.Epsilon),
        };
        TrainingOptions options = new() { BatchSize = settings.BatchSize, LearningRate = firstRate, Seed = key };
        return TrainedModel.Train(
            context,
            model,
            ModelObjectives.Default(model),
            new MixtureData(NamedMixtures.FourGaussians),
            new TrainingCourse(steps, options, lastRate),
            progress);
    }

    /// <summary>The process of one of the lab's models, with its schedule.</summary>
    public static DdpmModelProcess ProcessOf(TrainedModel model) => (DdpmModelProcess)model.Model.Process;
}
