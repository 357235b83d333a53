using ScoreGpu.Engine.Benchmarks;
using ScoreGpu.Viz.Labs;

namespace ScoreGpu.Viz.Benchmarks;

/// <summary>The figures of two benchmarks side by side: how many times faster the second is.</summary>
internal static class ComparisonFigures
{
    /// <summary>The name of the ratios over the batch.</summary>
    public const string OverBatch = "batch-ratio";

    /// <summary>The name of the ratios over the width.</summary>
    public const string OverWidth = "width-ratio";

    /// <summary>All figures; those without a curve to show are left out.</summary>
    public static IReadOnlyList<LabFigure> Draw(BenchmarkComparison comparison)
    {
        List<LabFigure> figures = [];
        Add(
            figures,
            comparison,
            OverBatch,
            $"First time over second, width {BenchmarkShape.UsualWidth}",
            "batch",
            result => result.Shape.Width is BenchmarkShape.UsualWidth or 0,
            result => result.Shape.Batch);
        Add(
            figures,
            comparison,
            OverWidth,
            $"First time over second, batch {BenchmarkShape.UsualBatch:N0}",
            "features of a hidden layer",
            result => result.Shape is { Batch: BenchmarkShape.UsualBatch, Width: > 0 },
            result => result.Shape.Width);
        return figures;
    }

    private static void Add(
        List<LabFigure> figures,
        BenchmarkComparison comparison,
        string name,
        string title,
        string abscissa,
        Func<BenchmarkResult, bool> isOf,
        Func<BenchmarkResult, double> place)
    {
        ILookup<string, (double X, double Y)> curves = comparison.Results.Where(result => isOf(result.First))
            .OrderBy(result => place(result.First))
            .ToLookup(result => result.First.Operation, result => (place(result.First), result.Speedup));
        if (!curves.Any(curve => curve.Count() > 1))
        {
            return;
        }

        // As far up as down, so that 1 is in the middle, and far enough for numbers beside it.
        double reach = 1.2 * Math.Max(2, comparison.Results.Max(result => Math.Max(result.Speedup, 1 / result.Speedup)));
        Figure figure = OperationPanels.Draw(
            comparison.First.Operations,
            operation => [.. curves[operation]],
            (panel, _) => panel.XLabel(abscissa).YLabel("times faster").LogX().LogY().YLimits(1 / reach, reach)
                .HorizontalLine(1, Ink.Foreground, 1.2, Dash.Solid));
        figure.Title($"{title}\nabove the line the second is faster");
        figures.Add(new LabFigure(name, $"{title}: a line an operation.", figure));
    }
}
