using ScoreGpu.Engine.Devices.Cpu;
using ScoreGpu.Tests.Engine;
using ScoreGpu.Viz;
using ScoreGpu.Viz.Labs;
using ScoreGpu.Viz.Labs.FlowMatching;

namespace ScoreGpu.Tests.Viz.Labs.FlowMatching;

/// <summary>The flow-matching lab with little to do, run once for all tests of what it writes.</summary>
public sealed class QuickFlowLab : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    /// <summary>Runs the lab.</summary>
    public QuickFlowLab()
    {
        Output = _folder.PathOf("made/here");
        using CpuDevice device = new();
        Result = new FlowMatchingLab(Settings).Run(new LabContext(device, 5, Theme.Light, Output, Steps));
    }

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

    internal string Output { get; }

    internal LabResult Result { get; }

    internal ProgressLog Steps { get; } = new();

    public void Dispose() => _folder.Dispose();
}
