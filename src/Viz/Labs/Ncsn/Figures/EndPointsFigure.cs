using ScoreGpu.Viz.Labs.Figures;

namespace ScoreGpu.Viz.Labs.Ncsn.Figures;

/// <summary>Points before and after variance-exploding and variance-preserving noise.</summary>
internal static class EndPointsFigure
{
    private const int Shown = 800;

    /// <summary>Draws the figure.</summary>
    public static LabFigure Draw(EndPointStudy study)
    {
        Figure figure = new(10, 5.2, columns: 2);
        Fill(figure[0, 0], study, study.Ends[0], 170).Title("VE at t = 1\nnoise is added, the data stay where they are");
        Fill(figure[0, 1], study, study.Ends[1], 8).Title("VP at t = 1\nthe data shrink into the noise")
            .Legend(LegendPlacement.UpperLeft);
        return new LabFigure(
            "end-points",
            "Points around (4, 4) and where they are at t = 1: spread over hundreds of units by VE, a unit Gaussian at the "
            + "origin by VP.",
            figure);
    }

    private static Panel Fill(Panel panel, EndPointStudy study, EndPoint end, double reach) => panel
        .Square(reach)
        .XLabel("x₁").YLabel("x₂")
        .Scatter(First(end.Points), color: LabInks.Points, size: 3, alpha: 0.7, label: "at t = 1")
        .Scatter(First(study.Clean), color: LabInks.Density, size: 3, alpha: 0.7, label: "data")
        .Scatter(Points.Of((end.Mean[0], end.Mean[1])), color: LabInks.Centre, size: 9, marker: Marker.Cross,
            label: "mean at t = 1");

    private static float[] First(float[] points) => points[..Math.Min(points.Length, 2 * Shown)];
}
