using ScoreGpu.Engine.Benchmarks.Growth;

namespace ScoreGpu.Engine.Benchmarks;

/// <summary>Where and with what a benchmark ran.</summary>
/// <param name="Program">The version of the program.</param>
/// <param name="Runtime">The version of .NET.</param>
/// <param name="System">The operating system and the architecture.</param>
/// <param name="Processor">The processor's name.</param>
/// <param name="Cores">The processor's cores that the process may use.</param>
/// <param name="DeviceName">The device's name.</param>
/// <param name="DeviceDescription">The device in words.</param>
public sealed record BenchmarkPlace(
    string Program,
    string Runtime,
    string System,
    string Processor,
    int Cores,
    string DeviceName,
    string DeviceDescription);

/// <summary>A benchmark: the machine, what was measured, and what was refused.</summary>
/// <param name="Started">When it began, in universal time.</param>
/// <param name="IsQuick">Whether it is the outline alone.</param>
/// <param name="Place">Where it ran.</param>
/// <param name="Ceilings">What the device does at most.</param>
/// <param name="Operations">What was measured, in order.</param>
/// <param name="Refused">What was not, because its results are wrong.</param>
/// <param name="Results">Every operation at every size, an operation after another.</param>
/// <param name="Elapsed">How long all of it took.</param>
public sealed record BenchmarkReport(
    DateTime Started,
    bool IsQuick,
    BenchmarkPlace Place,
    MachineCeilings Ceilings,
    IReadOnlyList<BenchmarkedOperation> Operations,
    IReadOnlyList<BenchmarkedOperation> Refused,
    IReadOnlyList<BenchmarkResult> Results,
    TimeSpan Elapsed)
{
    /// <summary>How the costs of sampling grow; null where that was not measured.</summary>
    public GrowthReport? Growth { get; init; }

    /// <summary>The results of an operation over the batch at the usual width, rising.</summary>
    public IReadOnlyList<BenchmarkResult> OverBatch(string operation) =>
    [
        .. Results.Where(result => result.Operation == operation
                && result.Shape.Width is BenchmarkShape.UsualWidth or 0)
            .OrderBy(result => result.Shape.Batch),
    ];

    /// <summary>The results of an operation over the width at the usual batch, rising.</summary>
    public IReadOnlyList<BenchmarkResult> OverWidth(string operation) =>
    [
        .. Results.Where(result => result.Operation == operation
                && result.Shape is { Batch: BenchmarkShape.UsualBatch, Width: > 0 })
            .OrderBy(result => result.Shape.Width),
    ];
}
