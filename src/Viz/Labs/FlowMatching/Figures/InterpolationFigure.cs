using ScoreGpu.Engine.Processes;

namespace ScoreGpu.Viz.Labs.FlowMatching.Figures;

/// <summary>One pair of data and noise, the paths of three processes between them, and how fast each goes.</summary>
internal static class InterpolationFigure
{
    private static readonly double[] Marked = [0.0, 0.1, 0.3, 0.5, 0.7, 0.9, 1.0];

    /// <summary>Draws the figure.</summary>
    public static LabFigure Draw(FlowMatchingData data)
    {
        Figure figure = new(10, 4.6, columns: 2);
        Panel plane = figure[0, 0]
            .Title("One pair, three paths\nmarks at t = 0, 0.1, 0.3, 0.5, 0.7, 0.9, 1")
            .XLabel("x₁").YLabel("x₂").XLimits(-1.9, 3.9).YLimits(0.3, 3.2);
        Panel speed = figure[0, 1]
            .Title("Speed along the path\n‖dx/dt‖, of the same pair").XLabel("t").YLabel("‖dx/dt‖").YLimits(0, 12);
        foreach (ConditionalPaths paths in data.Conditional)
        {
            Ink ink = FlowInks.Of(paths.Process);
            Points path = paths.Example;
            string name = NameOf(paths.Process);
            plane.Line(path.X, path.Y, color: ink, width: 2.2, label: name);
            plane.Scatter(
                Points.Of([.. Marked.Select(t => Place(path, t))]), color: ink, size: 5);
            (double[] times, double[] speeds) = Speeds(path, EndOf(paths.Process));
            speed.Line(times, speeds, color: ink, width: 2.2, label: name);
        }

        plane
            .Scatter(Points.Of((3, 1)), color: FlowInks.Data, size: 10, marker: Marker.Square)
            .Scatter(Points.Of((-1, 2)), color: FlowInks.Noise, size: 10)
            .Text(3.0, 0.72, "data", FlowInks.Data, 10, isBold: true)
            .Text(-1.0, 1.7, "noise", FlowInks.Noise, 10, isBold: true)
            .Legend(LegendPlacement.UpperRight);
        speed.Legend(LegendPlacement.UpperRight);
        return new LabFigure(
            "interpolations",
            "Left: three paths between a data point and a noise point; flow matching's is a straight line, VP's and the "
            + "cosine's are arcs. Right: their speeds over t; only the straight line's is constant.",
            figure);
    }

    /// <summary>A process's name in figures.</summary>
    public static string NameOf(string process) => process switch
    {
        "flow" => "flow matching",
        "vp" => "VP (DDPM)",
        _ => "cosine",
    };

    private static double EndOf(string process) => process == "cosine" ? new CosineProcess().TimeRange.End : 1.0;

    private static (double X, double Y) Place(Points path, double t)
    {
        int index = (int)Math.Round(t * (path.Count - 1));
        return (path.X[index], path.Y[index]);
    }

    private static (double[] Times, double[] Speeds) Speeds(Points path, double end)
    {
        double h = end / (path.Count - 1);
        double[] times = [.. Enumerable.Range(0, path.Count - 1).Select(i => (i + 0.5) * h)];
        return (times,
            [.. Enumerable.Range(0, path.Count - 1).Select(i => Math.Sqrt(
                Math.Pow(path.X[i + 1] - path.X[i], 2) + Math.Pow(path.Y[i + 1] - path.Y[i], 2)) / h)]);
    }
}
