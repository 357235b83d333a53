using ScoreGpu.Engine.Benchmarks.Growth;
using ScoreGpu.Viz.Labs;
using ScoreGpu.Viz.Pages;

namespace ScoreGpu.Viz.Benchmarks;

/// <summary>How time and memory grow: a panel for each size, both axes logarithmic.</summary>
internal static class GrowthFigure
{
    /// <summary>The figure's name.</summary>
    public const string Name = "growth";

    private const double Mebi = 1 << 20;

    private static readonly (GrowthAxis Axis, string Title, string Abscissa)[] Axes =
    [
        (GrowthAxis.Count, "Trajectories", "trajectories"),
        (GrowthAxis.Steps, "Steps", "steps"),
        (GrowthAxis.Width, "Width", "features of a hidden layer"),
        (GrowthAxis.Dimension, "Dimension", "dimensions of the data"),
        (GrowthAxis.Threads, "Threads", "threads"),
    ];

    /// <summary>Draws it.</summary>
    /// <param name="report">What was measured, with at least a curve.</param>
    public static LabFigure Draw(GrowthReport report)
    {
        List<Action<Panel>> panels = [];
        foreach ((GrowthAxis axis, string title, string abscissa) in Axes)
        {
            GrowthCurve[] curves = [.. report.Curves.Where(curve => curve.Axis == axis)];
            if (curves.Length > 0)
            {
                panels.Add(panel => Time(panel, curves, title, abscissa));
            }

            if (axis == GrowthAxis.Count && report.Memory.Count > 0)
            {
                panels.Add(panel => Memory(panel, report.Memory));
            }
        }

        int columns = Math.Min(2, panels.Count);
        int rows = (panels.Count + columns - 1) / columns;
        Figure figure = new(9, 0.8 + (3.3 * rows), rows, columns);
        figure.Title("How costs grow\npoints: measured · line: fitted power · dashes: counted work");
        for (int i = 0; i < rows * columns; i++)
        {
            Panel panel = figure[i / columns, i % columns];
            if (i < panels.Count)
            {
                panels[i](panel);
            }
            else
            {
                panel.NoAxes();
            }
        }

        return new LabFigure(
            Name, "Time against trajectories, steps, width, dimension and threads, and memory against trajectories.", figure);
    }

    /// <summary>An exponent as in 1.003 ± 0.004.</summary>
    public static string Exponent(PowerLaw law) =>
        $"{Numerals.Fixed(law.Exponent, 3)} ± {Numerals.Fixed(law.ExponentError, 3)}";

    /// <summary>What an operation of the report is called.</summary>
    public static string LabelOf(string operation) => operation == "draw" ? "drawn, none kept" : "returned";

    private static Ink InkOf(string operation) => operation == "draw" ? Ink.Orange : Ink.Blue;

    private static Marker MarkerOf(string operation) => operation == "draw" ? Marker.Square : Marker.Circle;

    private static void Time(Panel panel, GrowthCurve[] curves, string title, string abscissa)
    {
        string law = curves.Length == 1
            ? $"\nexponent {Exponent(curves[0].Measured)}, theory {Numerals.Fixed(curves[0].Theory.Exponent, 3)}"
            : $"\ntheory {Numerals.Fixed(curves[0].Theory.Exponent, 3)}";
        panel.Title(title + law).XLabel(abscissa).YLabel("seconds a run").LogX().LogY();
        double[] seconds =
        [
            .. curves.SelectMany(curve => curve.Points.SelectMany(
                point => (double[])[point.Time.Median, curve.TheorySeconds(point)])),
        ];

        // Room for a number or two on the axis where time hardly changes.
        panel.YLimits(seconds.Min() / 1.8, seconds.Max() * 1.8);
        foreach (GrowthCurve curve in curves)
        {
            Ink ink = InkOf(curve.Operation);
            Marker marker = MarkerOf(curve.Operation);
            panel.Line(
                X(curve, curve.Points),
                curve.Points.Select(curve.TheorySeconds).ToArray(),
                Ink.Muted, 1.2, Dash.Dashed);
            GrowthPoint[] below = [.. curve.Points.Where(point => point.Size[curve.Axis] < curve.FittedFrom)];
            if (below.Length > 0)
            {
                panel.Scatter(At(curve, below), ink, 5.5, 0.4, marker);
            }

            panel.Line(
                X(curve, curve.Fitted),
                curve.Fitted.Select(point => curve.Measured.At(point.Size[curve.Axis])).ToArray(),
                ink, 1.8);
            panel.Scatter(
                At(curve, curve.Fitted), ink, 6.5, 1, marker,
                label: curves.Length > 1 ? $"{LabelOf(curve.Operation)}: {Exponent(curve.Measured)}" : null);
        }

        if (curves.Length > 1)
        {
            panel.Legend(LegendPlacement.UpperLeft);
        }
    }

    private static void Memory(Panel panel, IReadOnlyList<GrowthMemory> memories)
    {
        double most = memories.Max(memory => memory.Points.Max(point => point.Bytes)) / Mebi;
        double least = memories.Min(memory => memory.Points.Min(point => point.Bytes)) / Mebi;
        panel.Title("Memory\nof the whole process, at its largest").XLabel("trajectories").YLabel("MiB")
            .LogX().LogY().YLimits(least / 2, 4 * most);
        foreach (GrowthMemory memory in memories)
        {
            double[] counts = [.. memory.Points.Select(point => (double)point.Count)];
            panel.Line(
                counts,
                memory.Points.Select(point => memory.TheoryBytes(point.Count) / Mebi).ToArray(),
                Ink.Muted, 1.2, Dash.Dashed);
            panel.Line(
                counts,
                memory.Points.Select(point => point.Bytes / Mebi).ToArray(),
                InkOf(memory.Operation), 1.6, Dash.Solid, 1, MarkerOf(memory.Operation), 6,
                $"{LabelOf(memory.Operation)}: {Numerals.Fixed(memory.BytesPerTrajectory, 2)} bytes each");
        }

        panel.Legend(LegendPlacement.UpperLeft);
    }

    private static double[] X(GrowthCurve curve, IEnumerable<GrowthPoint> points) =>
        [.. points.Select(point => (double)point.Size[curve.Axis])];

    private static Points At(GrowthCurve curve, IEnumerable<GrowthPoint> points) =>
        Points.Of([.. points.Select(point => ((double)point.Size[curve.Axis], point.Time.Median))]);
}
