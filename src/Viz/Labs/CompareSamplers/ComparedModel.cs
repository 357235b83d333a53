using ScoreGpu.Engine.Data;
using ScoreGpu.Engine.Models;
using ScoreGpu.Engine.Networks;
using ScoreGpu.Engine.Processes;
using ScoreGpu.Engine.Training;
using ScoreGpu.Viz.Labs.Training;

namespace ScoreGpu.Viz.Labs.CompareSamplers;

/// <summary>One objective of the lab: a process, and what a network predicts of it.</summary>
/// <param name="Key">Its name in the results and in tables.</param>
/// <param name="Process">The process.</param>
/// <param name="Predicts">The prediction.</param>
/// <param name="Objective">The objective where the model has several; null for the usual.</param>
internal sealed record ComparedModel(string Key, ModelProcess Process, Prediction Predicts, string? Objective = null)
{
    private const int TimeFeatures = 32;

    /// <summary>All objectives, in the order of the tables.</summary>
    public static IReadOnlyList<ComparedModel> All { get; } =
    [
        new("ddpm, epsilon", new DdpmModelProcess(1000), Prediction.Epsilon),
        new(Vp, new ContinuousModelProcess(new VpProcess()), Prediction.Epsilon),
        new("vp, x0", new ContinuousModelProcess(new VpProcess()), Prediction.Denoised),
        new("sub-vp, score", new ContinuousModelProcess(new SubVpProcess()), Prediction.Score),
        new("cosine, v", new ContinuousModelProcess(new CosineProcess()), Prediction.V),
        new("ve, score", new ContinuousModelProcess(new VeProcess(0.01, 10)), Prediction.Score),
        new("edm, preconditioned", new ContinuousModelProcess(new PreconditionedEdmProcess(1)), Prediction.Preconditioned),
        new(Flow, new ContinuousModelProcess(new FlowProcess()), Prediction.Velocity),
        new(Ncsn, new GeometricModelProcess(), Prediction.Score),
        new(Dsm, new SingleSigmaModelProcess(0.5), Prediction.Score),
        new("hyvarinen", new SingleSigmaModelProcess(0), Prediction.Score, "hyvarinen"),
        new("sliced", new SingleSigmaModelProcess(0), Prediction.Score, "sliced"),
    ];

    /// <summary>The model of the first figure.</summary>
    public const string Vp = "vp, epsilon";

    /// <summary>The model of the second figure.</summary>
    public const string Flow = "flow, velocity";

    /// <summary>The model of annealed Langevin dynamics.</summary>
    public const string Ncsn = "ncsn";

    /// <summary>The model of Langevin dynamics at one level.</summary>
    public const string Dsm = "dsm, sigma 0.5";

    /// <summary>Trains a network.</summary>
    public Model Train(LabContext context, CompareSamplersSettings settings)
    {
        TimeConditioning conditioning = Process switch
        {
            DdpmModelProcess ddpm => new LearnedEmbedding(ddpm.Steps, settings.Hidden),
            SingleSigmaModelProcess => new NoConditioning(),
            _ => new LogSigmaEmbedding(TimeFeatures),
        };
        NetworkArchitecture architecture = new(2, settings.Hidden, settings.Layers, conditioning);
        Model model = new(Network.Create(architecture, context.Seed), Predicts, Process, CompareSamplersLab.DataName);
        TrainingOptions options = new()
        {
            BatchSize = settings.BatchSize,
            LearningRate = settings.LearningRate,
            ClipNorm = 1,
            Average = new WeightAverage(0.999),
            Seed = context.Seed,
        };
        Objective objective = ModelObjectives.Create(model, Objective ?? ModelObjectives.NamesFor(model)[0]);
        TrainingCourse course = new(settings.TrainingSteps, options, settings.LearningRate / 100);
        return TrainedModel.Train(context, model, objective, new MixtureData(CompareSamplersLab.Data), course).Model;
    }
}
