using System.Globalization;
using ScoreGpu.Engine.Benchmarks;
using ScoreGpu.Viz.Pages;

namespace ScoreGpu.Viz.Benchmarks;

/// <summary>The page of a benchmark.</summary>
internal static class BenchmarkPage
{
    private const double Giga = 1e9;

    /// <summary>Writes the page.</summary>
    /// <param name="report">The benchmark.</param>
    /// <param name="drawn">The figures of <see cref="BenchmarkFigures"/>.</param>
    public static Page Write(BenchmarkReport report, IReadOnlyList<PageFigure> drawn)
    {
        MachineCeilings ceilings = report.Ceilings;
        Dictionary<string, PageFigure> figures = drawn.ToDictionary(figure => figure.Name);
        Html place = Html.Of(
            $"{report.Place.DeviceName} ({report.Place.DeviceDescription}; {report.Place.Processor})");
        Page page = report.Operations.Count == 0 && report.Growth is not null
            ? new("How costs grow", Html.Of($"Sampling with ScoreGpu on {place}, from a little to very much."))
            : new("How close to the machine", Html.Of($"""
                {report.Operations.Count} operations of ScoreGpu on {place}, each beside what the same machine could do at most.
                """));
        page.Highlight($"{Rate(ceilings.MultiplyAddFlops)} GFLOP/s", "multiply-adds, all cores or units")
            .Highlight($"{Rate(ceilings.BytesPerSecond)} GB/s", "main memory")
            .Highlight(Duration(ceilings.LaunchSeconds), "to start a piece of work");
        if (Best(report) is { } best)
        {
            page.Highlight(Numerals.Percent(best.ShareOfLimit, 0), $"of the limit at best, {best.Operation}");
        }

        Machine(page, report);
        if (figures.TryGetValue(BenchmarkFigures.Roofline, out PageFigure? roofline))
        {
            Roofline(page, report, roofline);
        }

        if (report.Results.Count > 0)
        {
            Scaling(page, figures);
        }

        if (report.Growth is { } growth)
        {
            GrowthSection.Write(page, growth, figures.GetValueOrDefault(GrowthFigure.Name));
        }

        if (report.Operations.Count + report.Refused.Count > 0)
        {
            Numbers(page, report);
            Costs(page, report);
        }

        return page.Footer($"""
            Measured by ScoreGpu {report.Place.Program} under .NET {report.Place.Runtime}, {report.Place.System}, on
            {report.Started.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture)} UTC in
            {Numerals.Seconds(report.Elapsed)}. The exact numbers are in <a href="bench.json">bench.json</a>.
            """);
    }

    private static BenchmarkResult? Best(BenchmarkReport report) =>
        report.Results.Where(result => result.Bound == BenchmarkBound.Compute).MaxBy(result => result.ShareOfLimit);

    private static void Machine(Page page, BenchmarkReport report)
    {
        MachineCeilings ceilings = report.Ceilings;
        PageTable table = new([Html.Text("at most"), Html.Text("measured")]);
        table.Row(
            Html.Text("multiply-adds, the whole device"), Html.Text($"{Rate(ceilings.MultiplyAddFlops)} GFLOP/s"));
        if (ceilings.CoreMultiplyAddFlops is { } core)
        {
            table.Row(Html.Text("multiply-adds, one core alone"), Html.Text($"{Rate(core)} GFLOP/s"));
        }

        table.Row(Html.Text("main memory"), Html.Text($"{Rate(ceilings.BytesPerSecond)} GB/s"));
        if (ceilings.LocalBytesPerSecond is { } local)
        {
            table.Row(Html.Text("local memory, all groups"), Html.Text($"{Rate(local)} GB/s"));
        }

        table.Row(Html.Text("an empty piece of work"), Html.Text(Duration(ceilings.LaunchSeconds)));
        if (ceilings.HandoverSeconds is { } handover)
        {
            table.Row(Html.Text("a cache line from core to core"), Html.Text($"{Numerals.Significant(1e9 * handover, 2)} ns"));
        }

        page.Section("machine", "Machine", "What the machine does at most")
            .Paragraph($"""
                Loops that do one thing only: multiply-adds in registers, a copy or a triad over arrays that no cache holds,
                work that is empty, and two threads that write to the same line in turn.{(report.Results.Count == 0 ? "" : " Everything below is a share of these numbers.")}
                All are measured in the same run.
                """)
            .Table(table);
    }

    private static void Roofline(Page page, BenchmarkReport report, PageFigure figure)
    {
        PageSection section = page.Section("roofline", "Roofline", "Arithmetic or memory")
            .Paragraph($"""
                An operation that moves few bytes for its arithmetic can be as fast as the multiply-adds; one that moves many
                waits for the memory. The limit is the smaller of the two,
                """)
            .Formula($"min(multiply-add rate, bandwidth · operations a byte)")
            .Paragraph($"""
                and the two are equal at {Numerals.Significant(report.Ceilings.Ridge, 2)} operations a byte. Bytes are those that
                must move whatever the implementation (see <a href="#costs">Costs</a>), so nothing can lie above the line.
                """)
            .Prediction(
                Html.Text("Where does a line end up when its batch grows?"),
                Html.Of($"""
                    To the right, because the weights are read once for more samples, and upwards, because the fixed costs are
                    shared: until the height is that of the arithmetic that is not counted, such as activations and noise.
                    """));
        section.Figure(figure, Html.Of($"""
            A line an operation, from the smallest batch to the largest, where the marker is. How far the marker lies under
            the roof is what is left to gain.
            """));
        if (Best(report) is { } best)
        {
            section.Finding("Nearest to its limit:", $"""
                {best.Operation} at batch {best.Shape.Batch}, with {Numerals.Percent(best.ShareOfLimit)} of what the machine
                can do.
                """);
        }
    }

    private static void Scaling(Page page, Dictionary<string, PageFigure> figures)
    {
        PageSection section = page.Section("scaling", "Scaling", "Batch and width");
        if (figures.TryGetValue(BenchmarkFigures.OverBatch, out PageFigure? batch))
        {
            section.Figure(batch, Html.Of($"""
                A rising line is paid for by latency: more samples take hardly more time. A flat one has found its rate. A curve
                ends before a run would take too long.
                """));
        }

        if (figures.TryGetValue(BenchmarkFigures.OverWidth, out PageFigure? width))
        {
            section.Figure(width, Html.Of($"""
                A product grows with the square of the width, an activation with the width: wide layers hide what is not
                counted, until a layer outgrows the nearest cache or the local memory.
                """));
        }
    }

    private static void Numbers(Page page, BenchmarkReport report)
    {
        PageTable table = new(
            [
                Html.Text("operation"), Html.Text("batch"), Html.Text("width"), Html.Text("median"), Html.Text("spread"),
                Html.Text("items/s"), Html.Text("GFLOP/s"), Html.Text("of limit"), Html.Text("bound by"),
            ]);
        foreach (BenchmarkResult result in report.Results)
        {
            table.Row(
                Html.Text(result.Operation),
                Html.Text(Numerals.Count(result.Shape.Batch)),
                Html.Text(result.Shape.Width == 0 ? "" : Numerals.Count(result.Shape.Width)),
                Html.Text(Duration(result.Time.Median)),
                Html.Text(Numerals.Percent(result.Time.Spread)),
                Html.Text(Numerals.Count((long)Math.Round(result.ItemsPerSecond))),
                Html.Text(Rate(result.FlopsPerSecond)),
                Html.Text(Numerals.Percent(result.ShareOfLimit)),
                Html.Text(BenchmarkFile.NameOf(result.Bound)));
        }

        PageSection section = page.Section("numbers", "Numbers", "Every operation at every size")
            .Paragraph($"""
                The time is the median of {report.Results.Select(result => result.Time.Turns).DefaultIfEmpty().Max()} turns, which
                go round among all rows; the spread is the distance of its quartiles. Latency is to blame where an item takes
                more than twice as long as at the operation’s best batch.
                """);
        foreach (BenchmarkedOperation refused in report.Refused)
        {
            section.Finding("Not reported:", $"""
                {refused.Name}. Its results differ from float64 ({refused.WorstQuantity}) by
                {Numerals.Significant(refused.Error, 2)} times what passes.
                """);
        }

        section.Table(table);
    }

    private static void Costs(Page page, BenchmarkReport report)
    {
        PageTable table = new(
            [Html.Text("operation"), Html.Text("item"), Html.Text("operations"), Html.Text("bytes"), Html.Text("error")],
            textColumns: 4);
        foreach (BenchmarkedOperation operation in report.Operations)
        {
            table.Row(
                Html.Text(operation.Name),
                Html.Text(operation.Item),
                Html.Of($"<code>{operation.FlopsFormula}</code>"),
                Html.Of($"<code>{operation.BytesFormula}</code>"),
                Html.Text(Numerals.Significant(operation.Error, 2)));
        }

        page.Section("costs", "Costs", "What is counted")
            .Paragraph($"""
                A multiply-add of a layer counts as two operations; activations, noise, the linear update of a sampler and the
                optimiser count as none. Random numbers count Philox’s whole-number steps. Bytes are the inputs, the weights and
                the results, once a run. The error is the largest against a float64 reference, in units of what passes.
                """)
            .Table(table)
            .Paragraph($"{OperationCost.Symbols}.");
    }

    private static string Rate(double value) => Numerals.Significant(value / Giga);

    /// <summary>Seconds, as in 12.3 µs, 4.56 ms or 7.89 s.</summary>
    internal static string Duration(double seconds) => seconds switch
    {
        < 1e-3 => $"{Numerals.Significant(1e6 * seconds)} µs",
        < 1 => $"{Numerals.Significant(1e3 * seconds)} ms",
        _ => $"{Numerals.Significant(seconds)} s",
    };
}
