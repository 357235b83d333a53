using ScoreGpu.Engine.Devices.Cpu;
using ScoreGpu.Tests.Engine;
using ScoreGpu.Viz;
using ScoreGpu.Viz.Labs;
using ScoreGpu.Viz.Labs.Ncsn;

namespace ScoreGpu.Tests.Viz.Labs.Ncsn;

/// <summary>The ncsn lab with little to do, run once for all tests of what it writes.</summary>
public sealed class QuickNcsnLab : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    /// <summary>Runs the lab.</summary>
    public QuickNcsnLab()
    {
        Output = _folder.PathOf("lab");
        using CpuDevice device = new(2);
        Result = new NcsnLab(Settings).Run(new LabContext(device, 5, Theme.Light, Output));
    }

    internal static NcsnSettings Settings { get; } = new()
    {
        Hidden = 24,
        Layers = 2,
        BatchSize = 128,
        Training = 900,
        WeightTraining = 60,
        Average = 0.99,
        ComparisonPoints = 256,
        Samples = 160,
        StepsPerLevel = 20,
        StepSizeSamples = 40,
        EndPoints = 300,
        ConvertedPoints = 100,
        LikelihoodPoints = 20,
        DensityNodes = 9,
        Chains = 4,
        ChainSteps = 400,
        Particles = 20,
        Arrows = 6,
        Dpi = 40,
    };

    internal string Output { get; }

    internal LabResult Result { get; }

    public void Dispose() => _folder.Dispose();
}
