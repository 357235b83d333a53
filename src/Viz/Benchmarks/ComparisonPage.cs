using ScoreGpu.Engine.Benchmarks;
using ScoreGpu.Viz.Pages;

namespace ScoreGpu.Viz.Benchmarks;

/// <summary>The page of two benchmarks side by side.</summary>
internal static class ComparisonPage
{
    private const double Giga = 1e9;

    /// <summary>Writes the page.</summary>
    /// <param name="comparison">The two benchmarks.</param>
    /// <param name="drawn">The figures of <see cref="ComparisonFigures"/>.</param>
    public static Page Write(BenchmarkComparison comparison, IReadOnlyList<PageFigure> drawn)
    {
        (BenchmarkReport first, BenchmarkReport second) = (comparison.First, comparison.Second);
        Page page = new("Two benchmarks side by side", Html.Of($"""
            {comparison.Results.Count} results that both have, of operations of ScoreGpu: {PlaceOf(first)}, and
            {PlaceOf(second)}.
            """));
        int apart = comparison.Results.Count(result => result.IsApart);
        page.Highlight(Times(comparison.MeanSpeedup), "faster is the second, geometric mean")
            .Highlight(Times(comparison.Results.Max(result => result.Speedup)), "at most")
            .Highlight(Times(comparison.Results.Min(result => result.Speedup)), "at least")
            .Highlight(Numerals.Percent((double)apart / comparison.Results.Count, 0), "of the results differ by more than scatter");
        page.Section("machines", "Machines", "What they do at most").Table(Machines(first, second));
        if (drawn.Count > 0)
        {
            PageSection ratios = page.Section("ratios", "Ratios", "How many times faster the second is")
                .Paragraph($"""
                    A machine that is faster in all things alike makes level lines. Lines that rise to the right mean that
                    starting work has not become faster by as much as the work itself.
                    """);
            foreach (PageFigure figure in drawn)
            {
                ratios.Figure(figure, Html.Text("The first time divided by the second: above 1 the second is faster."));
            }
        }

        page.Section("numbers", "Numbers", "Every operation that both have")
            .Paragraph($"""
                Medians of the turns. Where the quartiles of the two overlap, the ratio has a <code>~</code> and may be chance.
                """)
            .Table(Numbers(comparison));
        return page.Footer($"First: {OriginOf(first)}. Second: {OriginOf(second)}.");
    }

    private static PageTable Machines(BenchmarkReport first, BenchmarkReport second)
    {
        PageTable table = new(
            [Html.Text("at most"), Html.Text("first"), Html.Text("second"), Html.Text("ratio")]);
        Row("multiply-adds", "GFLOP/s", first.Ceilings.MultiplyAddFlops / Giga, second.Ceilings.MultiplyAddFlops / Giga);
        Row("main memory", "GB/s", first.Ceilings.BytesPerSecond / Giga, second.Ceilings.BytesPerSecond / Giga);
        Row("an empty piece of work", "µs", 1e6 * first.Ceilings.LaunchSeconds, 1e6 * second.Ceilings.LaunchSeconds);
        if (first.Ceilings.HandoverSeconds is { } one && second.Ceilings.HandoverSeconds is { } other)
        {
            Row("a cache line from core to core", "ns", 1e9 * one, 1e9 * other);
        }

        return table;

        void Row(string label, string unit, double one, double other) => table.Row(
            Html.Text(label),
            Html.Text($"{Numerals.Significant(one)} {unit}"),
            Html.Text($"{Numerals.Significant(other)} {unit}"),
            Html.Text(Times(other / one)));
    }

    private static PageTable Numbers(BenchmarkComparison comparison)
    {
        PageTable table = new(
            [
                Html.Text("operation"), Html.Text("batch"), Html.Text("width"), Html.Text("first"), Html.Text("second"),
                Html.Text("ratio"), Html.Text("of limit"), Html.Text("of limit"),
            ]);
        foreach (ComparedResult result in comparison.Results)
        {
            table.Row(
                Html.Text(result.First.Operation),
                Html.Text(Numerals.Count(result.First.Shape.Batch)),
                Html.Text(result.First.Shape.Width == 0 ? "" : Numerals.Count(result.First.Shape.Width)),
                Html.Text(BenchmarkPage.Duration(result.First.Time.Median)),
                Html.Text(BenchmarkPage.Duration(result.Second.Time.Median)),
                Html.Text($"{(result.IsApart ? "" : "~ ")}{Times(result.Speedup)}"),
                Html.Text(Numerals.Percent(result.First.ShareOfLimit)),
                Html.Text(Numerals.Percent(result.Second.ShareOfLimit)));
        }

        return table;
    }

    private static string PlaceOf(BenchmarkReport report) =>
        $"{report.Place.DeviceName} ({report.Place.DeviceDescription}; {report.Place.Processor})";

    private static string OriginOf(BenchmarkReport report) => FormattableString.Invariant(
        $"ScoreGpu {report.Place.Program} under .NET {report.Place.Runtime}, {report.Started:yyyy-MM-dd HH:mm} UTC");

    private static string Times(double ratio) => $"{Numerals.Significant(ratio)}×";
}
