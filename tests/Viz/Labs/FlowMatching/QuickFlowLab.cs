using ScoreGpu.Viz.Labs.FlowMatching;

namespace ScoreGpu.Tests.Viz.Labs.FlowMatching;

/// <summary>The flow-matching lab with little to do.</summary>
public sealed class QuickFlowLab() : QuickLab(new FlowMatchingLab(Settings))
{
    internal static FlowMatchingSettings Settings { get; } = new()
    {
        Hidden = 16,
        Layers = 2,
        BatchSize = 64,
        TrainingSteps = 120,
        Repeats = 2,
        ConditionalPairs = 100,
        ExactPaths = 120,
        ExactSteps = 50,
        Budgets = [1, 5, 10],
        QualitySamples = 200,
        Directions = 5,
        ErrorPoints = 100,
        ConversionPoints = 100,
        ReflowPairs = 300,
        ReflowSolverSteps = 25,
        ReflowTraining = 40,
        Particles = 60,
        Dpi = 40,
    };
}
