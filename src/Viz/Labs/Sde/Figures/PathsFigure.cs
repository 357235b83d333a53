namespace ScoreGpu.Viz.Labs.Sde.Figures;

/// <summary>Exercise 2: the reverse SDE and the flow over the densities that both carry.</summary>
internal static class PathsFigure
{
    private const double Reach = 5.5;
    private const double PlaneReach = 3.4;
    private const int PlanePaths = 5;

    /// <summary>Draws the figure.</summary>
    public static LabFigure Draw(ReverseStudy study)
    {
        Figure figure = new(11, 9.6, rows: 2, columns: 2);
        Line(figure[0, 0], study.LineSde).Title("Reverse SDE on the line\nfrom t = 1 to the data, right to left")
            .YLabel("x");
        Line(figure[0, 1], study.LineFlow).Title("Probability flow on the line\nfrom the same starts");
        Plane(figure[1, 0], study.Sde).Title("Reverse SDE in the plane\ndisc: start, square: end").YLabel("x₂");
        Plane(figure[1, 1], study.Flow).Title("Probability flow in the plane\nfrom the same starts");
        return new LabFigure(
            "paths",
            "Paths of the reverse SDE, rough, and of the probability flow, smooth, from the same starts: over time on the "
            + "line, and in the plane.",
            figure);
    }

    private static Panel Line(Panel panel, IReadOnlyList<LinePath> paths) => panel
        .XLimits(0, 1).YLimits(-Reach, Reach).NoGrid().XLabel("t")
        .Density(LineDensity.Of(SdeProcesses.Vp, Reach), tone: ToneMapping.Linear, peak: 1.4, alpha: 0.9)
        .Trajectories([.. paths.Select(path => new Points(path.Times, path.States))], width: 1.1, alpha: 0.95, markerSize: 0);

    private static Panel Plane(Panel panel, IReadOnlyList<double[]> frames)
    {
        ScalarGrid data = ScalarGrid.Sample(
            (x, y) => SdeProcesses.Plane.Density([x, y]), -PlaneReach, PlaneReach, -PlaneReach, PlaneReach, nodes: 81);
        int count = Math.Min(PlanePaths, frames[0].Length / 2);
        return panel
            .Square(PlaneReach).NoGrid().XLabel("x₁")
            .Contours(data, bands: 10, alpha: 0.55)
            .Trajectories(
                [
                    .. Enumerable.Range(0, count).Select(i =>
                        Points.Of([.. frames.Select(frame => (frame[2 * i], frame[(2 * i) + 1]))])),
                ],
                width: 1.2, alpha: 0.9, markerSize: 5.5);
    }
}
