using System.Text.Json.Nodes;
using ScoreGpu.Cli.Output;
using ScoreGpu.Engine.Benchmarks;
using ScoreGpu.Engine.Benchmarks.Growth;

namespace ScoreGpu.Cli.Commands;

/// <summary>What <c>scoregpu bench</c> tells.</summary>
internal static class BenchReport
{
    private const double Giga = 1e9;

    /// <summary>A benchmark: the machine and a table of all results.</summary>
    /// <param name="measured">The benchmark.</param>
    /// <param name="page">The page that was written.</param>
    public static Report Of(BenchmarkReport measured, string page)
    {
        MachineCeilings ceilings = measured.Ceilings;
        Report report = new("bench");
        report.Add("page", page);
        report.Add("device", () => measured.Place.DeviceName, DescriptionOf(measured));
        report.Add(
            "multiply_adds",
            ceilings.MultiplyAddFlops,
            ceilings.CoreMultiplyAddFlops is { } core
                ? $"{Rate(ceilings.MultiplyAddFlops)} GFLOP/s, one core alone {Rate(core)} GFLOP/s"
                : $"{Rate(ceilings.MultiplyAddFlops)} GFLOP/s");
        report.Add(
            "memory",
            ceilings.BytesPerSecond,
            $"{Rate(ceilings.BytesPerSecond)} GB/s: from {NumberText.Real(ceilings.Ridge)} FLOP a byte on, arithmetic is "
            + "the limit");
        if (ceilings.LocalBytesPerSecond is { } local)
        {
            report.Add("local_memory", local, $"{Rate(local)} GB/s");
        }

        report.Add("launch", ceilings.LaunchSeconds, Duration(ceilings.LaunchSeconds));
        if (ceilings.HandoverSeconds is { } handover)
        {
            report.Add("handover", handover, $"{NumberText.Real(1e9 * handover)} ns for a cache line from core to core");
        }

        report.AddTiming(measured.Elapsed);
        report.AddHidden("benchmark", () => BenchmarkFile.ToJson(measured));
        if (measured.Results.Count > 0)
        {
            report.AddTable(ToTable(measured));
        }

        if (measured.Growth is { } growth)
        {
            report.AddTable(ToTable(growth));
            report.AddTable(ToMemoryTable(growth));
        }

        return report;
    }

    /// <summary>Two benchmarks side by side.</summary>
    /// <param name="comparison">Both.</param>
    /// <param name="page">The page that was written, if there is one.</param>
    public static Report Of(BenchmarkComparison comparison, string? page)
    {
        Report report = new("bench");
        if (page is not null)
        {
            report.Add("page", page);
        }

        report.Add("first", DescriptionOf(comparison.First));
        report.Add("second", DescriptionOf(comparison.Second));
        AddRatio(report, "multiply_adds", comparison, ceilings => ceilings.MultiplyAddFlops);
        AddRatio(report, "memory", comparison, ceilings => ceilings.BytesPerSecond);
        report.Add(
            "mean_speedup",
            comparison.MeanSpeedup,
            $"{Times(comparison.MeanSpeedup)} over {comparison.Results.Count} results (geometric mean)");
        report.AddHidden("results", () => new JsonArray([.. comparison.Results.Select(ToJson)]));
        TextTable table = new(
            "\nspeedup: first time / second; ~ where the quartiles overlap",
            "operation", " batch", " width", " first", " second", " speedup", "", " of limit", " of limit");
        foreach (ComparedResult result in comparison.Results)
        {
            table.AddRow(
                result.First.Operation,
                NumberText.Count(result.First.Shape.Batch),
                WidthOf(result.First),
                Duration(result.First.Time.Median),
                Duration(result.Second.Time.Median),
                Times(result.Speedup),
                result.IsApart ? "" : "~",
                Percent(result.First.ShareOfLimit),
                Percent(result.Second.ShareOfLimit));
        }

        report.AddTable(table);
        return report;
    }

    private static TextTable ToTable(BenchmarkReport measured)
    {
        TextTable table = new(
            "",
            "operation", " batch", " width", " median", " spread", " items/s", "", " GFLOP/s", " of limit", "bound by");
        Dictionary<string, string> items = measured.Operations.ToDictionary(each => each.Name, each => each.Item);
        foreach (BenchmarkResult result in measured.Results)
        {
            table.AddRow(
                result.Operation,
                NumberText.Count(result.Shape.Batch),
                WidthOf(result),
                Duration(result.Time.Median),
                Percent(result.Time.Spread),
                NumberText.Rate(result.ItemsPerSecond),
                items[result.Operation],
                Rate(result.FlopsPerSecond),
                Percent(result.ShareOfLimit),
                BenchmarkFile.NameOf(result.Bound));
        }

        return table;
    }

    private static TextTable ToTable(GrowthReport growth)
    {
        TextTable table = new(
            "\nhow time grows: exponents, fitted to the largest sizes",
            "operation", "with", " from", " to", " time there", " exponent", " error", " theory");
        foreach (GrowthCurve curve in growth.Curves)
        {
            PowerLaw measured = curve.Measured;
            GrowthPoint last = curve.Points[^1];
            table.AddRow(
                curve.Operation,
                BenchmarkFile.NameOf(curve.Axis),
                NumberText.Count(curve.Points[0].Size[curve.Axis]),
                NumberText.Count(last.Size[curve.Axis]),
                Duration(last.Time.Median),
                measured.Exponent.ToString("F3", NumberText.Culture),
                measured.ExponentError.ToString("F3", NumberText.Culture),
                curve.Theory.Exponent.ToString("F3", NumberText.Culture));
        }

        return table;
    }

    private static TextTable ToMemoryTable(GrowthReport growth)
    {
        TextTable table = new(
            "\nhow memory grows",
            "operation", " trajectories", " resident at most", " a trajectory adds", " theory");
        foreach (GrowthMemory memory in growth.Memory)
        {
            MemoryPoint last = memory.Points[^1];
            table.AddRow(
                memory.Operation,
                NumberText.Count(last.Count),
                NumberText.Bytes(last.Bytes),
                $"{memory.BytesPerTrajectory.ToString("F2", NumberText.Culture)} B",
                $"{NumberText.Real(memory.TheoryBytesPerTrajectory)} B");
        }

        return table;
    }

    private static JsonNode ToJson(ComparedResult result) => new JsonObject
    {
        ["operation"] = result.First.Operation,
        ["batch"] = result.First.Shape.Batch,
        ["width"] = result.First.Shape.Width == 0 ? null : result.First.Shape.Width,
        ["first_seconds"] = result.First.Time.Median,
        ["second_seconds"] = result.Second.Time.Median,
        ["speedup"] = result.Speedup,
        ["apart"] = result.IsApart,
        ["first_share_of_limit"] = result.First.ShareOfLimit,
        ["second_share_of_limit"] = result.Second.ShareOfLimit,
    };

    private static void AddRatio(
        Report report, string key, BenchmarkComparison comparison, Func<MachineCeilings, double> value)
    {
        double ratio = value(comparison.Second.Ceilings) / value(comparison.First.Ceilings);
        report.Add(
            $"{key}_ratio",
            ratio,
            $"{Rate(value(comparison.First.Ceilings))} and {Rate(value(comparison.Second.Ceilings))} G/s, {Times(ratio)}");
    }

    private static string DescriptionOf(BenchmarkReport report) =>
        $"{report.Place.DeviceName}, {report.Place.DeviceDescription}; {report.Place.Processor}, "
        + $"ScoreGpu {report.Place.Program}, .NET {report.Place.Runtime}";

    private static string WidthOf(BenchmarkResult result) =>
        result.Shape.Width == 0 ? "" : NumberText.Count(result.Shape.Width);

    private static string Rate(double value) => NumberText.Rate(value / Giga);

    // Finer than a TimeSpan, whose least step is 0.1 µs.
    private static string Duration(double seconds) => seconds < 1e-3
        ? $"{NumberText.Real(1e6 * seconds)} µs"
        : NumberText.Seconds(TimeSpan.FromSeconds(seconds));

    private static string Times(double ratio) => $"{NumberText.Real(ratio)}x";

    private static string Percent(double share) => $"{NumberText.Real(100 * share)} %";
}
