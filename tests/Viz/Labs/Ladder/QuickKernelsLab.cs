using System.Text.Json.Nodes;
using ScoreGpu.Engine.Devices.Cpu;
using ScoreGpu.Tests.Engine;
using ScoreGpu.Viz;
using ScoreGpu.Viz.Labs;
using ScoreGpu.Viz.Labs.Ladder;

namespace ScoreGpu.Tests.Viz.Labs.Ladder;

/// <summary>The lab of kernels with little to do, run once for all tests of what it writes.</summary>
public sealed class QuickKernelsLab : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    /// <summary>Runs the lab.</summary>
    public QuickKernelsLab()
    {
        Output = _folder.PathOf("made/here");
        using CpuDevice device = new(2);
        Result = new KernelsLab(Settings).Run(new LabContext(device, 5, Theme.Light, Output));
    }

    internal static KernelsSettings Settings { get; } = new()
    {
        Ladder = new()
        {
            Samples = 130,
            Trajectories = 65,
            SamplesSeconds = 1e-6,
            TrajectoriesSeconds = 1e-6,
            LeastBatch = 64,
            Width = 16,
            Steps = 3,
            Rounds = 3,
            LeastSeconds = 1e-5,
        },
        Accelerators = ["opencl"],
        Dpi = 40,
    };

    internal string Output { get; }

    internal LabResult Result { get; }

    internal JsonObject Results => JsonNode.Parse(File.ReadAllText(Path.Combine(Output, "results.json")))!.AsObject();

    public void Dispose() => _folder.Dispose();
}
