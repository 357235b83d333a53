using ScoreGpu.Engine.Benchmarks;
using ScoreGpu.Viz.Labs;

namespace ScoreGpu.Viz.Benchmarks;

/// <summary>The figures of a benchmark's page: the roofline, and rates over batch and width.</summary>
internal static class BenchmarkFigures
{
    /// <summary>The name of the roofline plot.</summary>
    public const string Roofline = "roofline";

    /// <summary>The name of the curves over the batch.</summary>
    public const string OverBatch = "batch";

    /// <summary>The name of the curves over the width.</summary>
    public const string OverWidth = "width";

    private const double Giga = 1e9;

    private static readonly (string Group, string Label, Ink Ink, Marker Marker)[] Groups =
    [
        ("network", "network", Ink.Blue, Marker.Circle),
        ("training", "training", Ink.Orange, Marker.Square),
        ("sampling", "sampling", Ink.Violet, Marker.Triangle),
        ("likelihood", "likelihood", Ink.Green, Marker.Diamond),
        ("other", "mixture, drawing, numbers", Ink.Pink, Marker.Star),
    ];

    /// <summary>All figures; those without a curve to show are left out.</summary>
    public static IReadOnlyList<LabFigure> Draw(BenchmarkReport report)
    {
        List<LabFigure> figures = [];
        if (report.Results.Count > 0)
        {
            figures.Add(DrawRoofline(report));
            figures.Add(DrawCurves(
                report,
                OverBatch,
                $"Rate against batch, width {BenchmarkShape.UsualWidth}",
                "batch",
                report.OverBatch,
                result => result.Shape.Batch));
        }

        if (report.Operations.Any(operation => report.OverWidth(operation.Name).Count > 1))
        {
            figures.Add(DrawCurves(
                report,
                OverWidth,
                $"Rate against width, batch {BenchmarkShape.UsualBatch:N0}",
                "features of a hidden layer",
                report.OverWidth,
                result => result.Shape.Width));
        }

        if (report.Growth is { Curves.Count: > 0 } growth)
        {
            figures.Add(GrowthFigure.Draw(growth));
        }

        return figures;
    }

    private static LabFigure DrawRoofline(BenchmarkReport report)
    {
        MachineCeilings ceilings = report.Ceilings;
        double least = Math.Min(report.Results.Min(result => result.Intensity), ceilings.Ridge) / 2;
        double most = Math.Max(report.Results.Max(result => result.Intensity), ceilings.Ridge) * 2;
        double slowest = report.Results.Min(result => result.FlopsPerSecond) / Giga;
        double top = ceilings.MultiplyAddFlops / Giga;
        Figure figure = new(11, 6.2);
        figure.Title($"Roofline\n{report.Place.DeviceName}, {report.Place.DeviceDescription}");
        Panel panel = figure[0, 0]
            .XLabel("operations a byte of main memory").YLabel("GFLOP/s")
            .LogX().LogY().XLimits(least, most).YLimits(slowest / 2, 2 * top);
        double[] roof = [least, ceilings.Ridge, most];
        panel.Line(
            roof, Array.ConvertAll(roof, x => ceilings.Limit(x) / Giga), Ink.Foreground, 2, label: "what the machine can do");
        panel.Line(
            roof, Array.ConvertAll(roof, x => ceilings.Limit(x) / Giga / 2), Ink.Muted, 1, Dash.Dashed, label: "half of it");
        foreach ((string group, string label, Ink ink, Marker marker) in Groups)
        {
            BenchmarkResult[][] curves =
            [
                .. report.Operations.Where(operation => operation.Group == group)
                    .Select(operation => report.OverBatch(operation.Name).ToArray()).Where(curve => curve.Length > 0),
            ];
            foreach (BenchmarkResult[] curve in curves)
            {
                panel.Line(
                    Array.ConvertAll(curve, result => result.Intensity),
                    Array.ConvertAll(curve, result => result.FlopsPerSecond / Giga),
                    ink, 1, Dash.Solid, 0.45);
            }

            if (curves.Length > 0)
            {
                panel.Scatter(
                    Points.Of([.. curves.Select(curve => (curve[^1].Intensity, curve[^1].FlopsPerSecond / Giga))]),
                    ink, 8, 1, marker, label: label);
            }
        }

        panel.Legend(LegendPlacement.LowerRight);
        return new LabFigure(
            Roofline, "Operations a second against operations a byte, under the machine's limits.", figure);
    }

    private static LabFigure DrawCurves(
        BenchmarkReport report,
        string name,
        string title,
        string abscissa,
        Func<string, IReadOnlyList<BenchmarkResult>> curveOf,
        Func<BenchmarkResult, double> place)
    {
        double top = report.Ceilings.MultiplyAddFlops / Giga;
        Figure figure = OperationPanels.Draw(
            report.Operations,
            operation =>
            [
                .. curveOf(operation).Select(result => (place(result), result.FlopsPerSecond / Giga)),
            ],
            (panel, slowest) => panel.XLabel(abscissa).YLabel("GFLOP/s").LogX().LogY().YLimits(slowest / 3, 2 * top)
                .HorizontalLine(top, Ink.Foreground, 1.2, Dash.Solid));
        figure.Title($"{title}\nthe line above is the multiply-add rate");
        return new LabFigure(name, $"{title}: a line an operation.", figure);
    }
}
