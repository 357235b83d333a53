using ScoreGpu.Engine.Data;
using ScoreGpu.Engine.Models;
using ScoreGpu.Engine.Networks;
using ScoreGpu.Engine.Processes;
using ScoreGpu.Engine.Training;
using ScoreGpu.Viz.Labs.Training;

namespace ScoreGpu.Viz.Labs.Sde;

/// <summary>Trains the lab's noise predictor of the four clusters under VP.</summary>
internal static class SdeTraining
{
    private const int TimeFeatures = 32;

    /// <summary>Trains the model.</summary>
    public static TrainedModel Train(LabContext context, SdeSettings settings, IProgress<double> progress)
    {
        NetworkArchitecture architecture = new(
            2, settings.Hidden, settings.Layers, new LogSigmaEmbedding(TimeFeatures));
        ulong key = LabKeys.Of(context.Seed, SdeDraw.Model);
        Model model = new(
            Network.Create(architecture, key),
            Prediction.Epsilon,
            new ContinuousModelProcess(SdeProcesses.Vp),
            SdeProcesses.PlaneName)
        {
            Objective = Predictions.NameOf(Prediction.Epsilon),
            Weight = ModelObjectives.UsualWeight(Prediction.Epsilon),
        };
        TrainingOptions options = new()
        {
            BatchSize = settings.BatchSize,
            LearningRate = settings.LearningRate,
            Seed = key,
        };
        return TrainedModel.Train(
            context,
            model,
            ModelObjectives.Default(model),
            new MixtureData(SdeProcesses.Plane),
            new TrainingCourse(settings.TrainingSteps, options, LastRate(settings)),
            progress);
    }

    /// <summary>The learning rate of the last step.</summary>
    public static double LastRate(SdeSettings settings) => settings.LearningRate / 100;
}
