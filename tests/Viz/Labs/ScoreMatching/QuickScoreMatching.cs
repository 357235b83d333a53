using System.Text.Json.Nodes;
using ScoreGpu.Engine.Devices.Cpu;
using ScoreGpu.Tests.Engine;
using ScoreGpu.Viz;
using ScoreGpu.Viz.Labs;
using ScoreGpu.Viz.Labs.ScoreMatching;

namespace ScoreGpu.Tests.Viz.Labs.ScoreMatching;

/// <summary>The score-matching lab with little to do, run once for all tests of what it writes.</summary>
public sealed class QuickScoreMatching : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    /// <summary>Runs the lab.</summary>
    public QuickScoreMatching()
    {
        Output = _folder.PathOf("made/here");
        Result = Run(Output, threads: 2);
    }

    internal static ScoreMatchingSettings Settings { get; } = new()
    {
        Hidden = 24,
        Layers = 2,
        BatchSize = 64,
        HyvarinenSteps = 60,
        DenoisingSteps = 120,
        SweptSigmas = [0.1, 0.5, 1.5],
        ComparisonPoints = 200,
        LossPoints = 500,
        FloorPoints = 2000,
        Chains = 90,
        LangevinSteps = 65,
        RecordEvery = 10,
        Reference = 150,
        Particles = 40,
        Dimensions = [1, 2, 4],
        TimedSteps = 2,
        Dpi = 40,
    };

    internal string Output { get; }

    internal LabResult Result { get; }

    internal JsonObject Results => ReadResults(Output);

    internal static LabResult Run(string output, int threads)
    {
        using CpuDevice device = new(threads);
        return new ScoreMatchingLab(Settings).Run(new LabContext(device, 5, Theme.Light, output));
    }

    internal static JsonObject ReadResults(string output) =>
        JsonNode.Parse(File.ReadAllText(Path.Combine(output, "results.json")))!.AsObject();

    public void Dispose() => _folder.Dispose();
}
