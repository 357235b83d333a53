using ScoreGpu.Engine.Devices.Cpu;
using ScoreGpu.Tests.Engine;
using ScoreGpu.Viz;
using ScoreGpu.Viz.Labs;
using ScoreGpu.Viz.Labs.ScoreFunctions;

namespace ScoreGpu.Tests.Viz.Labs.ScoreFunctions;

/// <summary>The score-function lab with little to do, run once for all tests of what it writes.</summary>
public sealed class QuickLab : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    /// <summary>Runs the lab.</summary>
    public QuickLab()
    {
        Output = _folder.PathOf("made/here");
        using CpuDevice device = new();
        Result = new ScoreFunctionsLab(Settings).Run(new LabContext(device, 5, Theme.Light, Output, Steps));
    }

    internal static ScoreFunctionsSettings Settings { get; } = new()
    {
        Hidden = 32,
        Layers = 2,
        BatchSize = 128,
        ShortTraining = 30,
        LongTraining = 200,
        RemedyTraining = 100,
        ComparisonPoints = 256,
        CurvePoints = 64,
        Crowd = 1500,
        RunsFromOneStart = 60,
        MovingParticles = 50,
        QualitySamples = 1000,
        Dpi = 40,
    };

    internal string Output { get; }

    internal LabResult Result { get; }

    internal ProgressLog Steps { get; } = new();

    public void Dispose() => _folder.Dispose();
}
