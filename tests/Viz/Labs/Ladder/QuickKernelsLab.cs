using ScoreGpu.Viz.Labs.Ladder;

namespace ScoreGpu.Tests.Viz.Labs.Ladder;

/// <summary>The lab of kernels with little to do.</summary>
public sealed class QuickKernelsLab() : QuickLab(new KernelsLab(Settings))
{
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
}
