using ScoreGpu.Engine.Benchmarks.Growth;
using ScoreGpu.Engine.Devices;
using ScoreGpu.Engine.Devices.Cpu;

namespace ScoreGpu.Tests.Benchmarks.Growth;

/// <summary>Curves of every kind, of sizes that take no time.</summary>
internal static class SmallGrowth
{
    private static readonly GrowthSize Rest = new(65, 3, 8, 2, 2);

    public static GrowthPlan Plan { get; } = new()
    {
        Curves =
        [
            new(GrowthSubject.Draw, GrowthAxis.Count, Rest, [64, 257], 1),
            new(GrowthSubject.Sample, GrowthAxis.Count, Rest, [1, 63, 257], 60),
            new(GrowthSubject.Sample, GrowthAxis.Steps, Rest, [1, 2, 7], 1),
            new(GrowthSubject.Sample, GrowthAxis.Width, Rest, [8, 33, 64], 8),
            new(GrowthSubject.Sample, GrowthAxis.Dimension, Rest, [1, 3, 5], 1),
            new(GrowthSubject.Sample, GrowthAxis.Threads, Rest, [1, 2], 1),
        ],
        Rounds = 2,
        LeastSeconds = 1e-5,
    };

    public static GrowthReport Run(IDevice device, GrowthPlan? plan = null) =>
        new GrowthRun(device, plan ?? Plan, null, TestContext.Current.CancellationToken).Measure();

    public static GrowthReport RunOnCpu()
    {
        using var device = new CpuDevice(2);
        return Run(device);
    }
}
