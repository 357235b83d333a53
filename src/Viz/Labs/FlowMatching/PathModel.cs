using ScoreGpu.Engine.Data;
using ScoreGpu.Engine.Models;
using ScoreGpu.Engine.Networks;
using ScoreGpu.Engine.Processes;
using ScoreGpu.Engine.Training;
using ScoreGpu.Viz.Labs.Training;

namespace ScoreGpu.Viz.Labs.FlowMatching;

/// <summary>A path and what a network predicts on it: the lab has both paths with both kinds of prediction.</summary>
/// <param name="Key">Its name in the results.</param>
/// <param name="Label">Its name in figures and tables.</param>
/// <param name="Process">The path.</param>
/// <param name="Predicts">The prediction.</param>
internal sealed record PathModel(string Key, string Label, ContinuousProcess Process, Prediction Predicts)
{
    private const int TimeFeatures = 32;

    /// <summary>Flow matching: the straight path and its velocity.</summary>
    public static PathModel Flow { get; } = new("flow_velocity", "flow, velocity", new FlowProcess(), Prediction.Velocity);

    /// <summary>DDPM in continuous time: VP and the noise.</summary>
    public static PathModel Vp { get; } = new("vp_epsilon", "VP, noise", new VpProcess(), Prediction.Epsilon);

    /// <summary>VP and v = α·ε − σ·x₀.</summary>
    public static PathModel VpV { get; } = new("vp_v", "VP, v", new VpProcess(), Prediction.V);

    /// <summary>The straight path and the noise.</summary>
    public static PathModel FlowEpsilon { get; } =
        new("flow_epsilon", "flow, noise", new FlowProcess(), Prediction.Epsilon);

    /// <summary>All four.</summary>
    public static IReadOnlyList<PathModel> All { get; } = [Flow, Vp, VpV, FlowEpsilon];

    /// <summary>Trains a network: the same size, batches and steps for all.</summary>
    public TrainedModel Train(
        LabContext context, FlowMatchingSettings settings, int repeat, IProgress<double>? progress = null)
    {
        ulong key = LabKeys.Of(context.Seed, FlowMatchingDraw.Models, repeat);
        NetworkArchitecture architecture = new(
            2, settings.Hidden, settings.Layers, new LogSigmaEmbedding(TimeFeatures));
        Model model = new(
            Network.Create(architecture, key), Predicts, new ContinuousModelProcess(Process), FlowData.Name)
        {
            Objective = Predictions.NameOf(Predicts),
            Weight = ModelObjectives.UsualWeight(Predicts),
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
            new MixtureData(FlowData.Mixture),
            new TrainingCourse(settings.TrainingSteps, options, settings.LearningRate / 100),
            progress);
    }
}
