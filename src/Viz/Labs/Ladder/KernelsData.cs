using ScoreGpu.Engine.Benchmarks.Ladder;

namespace ScoreGpu.Viz.Labs.Ladder;

/// <summary>Everything that the lab found.</summary>
/// <param name="Settings">What it was asked for.</param>
/// <param name="Seed">The key of the weights and the points.</param>
/// <param name="Devices">The ladder of the CPU, then those of the accelerators.</param>
internal sealed record KernelsData(KernelsSettings Settings, ulong Seed, IReadOnlyList<DeviceLadder> Devices)
{
    /// <summary>The ladder of the CPU.</summary>
    public DeviceLadder Cpu => Devices[0];
}
