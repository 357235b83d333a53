using ScoreGpu.Engine.Benchmarks;
using ScoreGpu.Engine.Benchmarks.Operations;
using ScoreGpu.Engine.Devices;
using ScoreGpu.Engine.Devices.Cpu;

namespace ScoreGpu.Tests.Benchmarks;

/// <summary>A benchmark of two operations at small sizes, on a machine that is made up.</summary>
internal static class SmallBenchmark
{
    public static MachineCeilings Ceilings { get; } =
        new(1e11, 6e10, 2e10, null, 3e-6);

    public static BenchmarkPlan Plan { get; } = new()
    {
        Operations = [NetworkOperation.Forward, NetworkOperation.VectorJacobian, MixtureOperation.Field],
        Batches = [64, 257],
        Widths = [32],
        HasWidths = operation => operation == NetworkOperation.Forward,
        Rounds = 3,
        LeastSeconds = 1e-5,
        MostSeconds = 10,
    };

    public static BenchmarkReport Run(IDevice device) => Run(device, null, TestContext.Current.CancellationToken);

    public static BenchmarkReport Run(
        IDevice device, IProgress<BenchmarkProgress>? progress, CancellationToken cancellation) =>
        new BenchmarkRun(device, Plan, progress, cancellation)
            .Measure(new DateTime(2026, 1, 2, 3, 4, 5, DateTimeKind.Utc), isQuick: true, Ceilings) with
        {
            Elapsed = TimeSpan.FromSeconds(1.5),
        };

    public static BenchmarkReport RunOnCpu()
    {
        using var device = new CpuDevice(1);
        return Run(device);
    }
}
