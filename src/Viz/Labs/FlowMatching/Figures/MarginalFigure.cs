using ScoreGpu.Viz.Labs.Figures;

namespace ScoreGpu.Viz.Labs.FlowMatching.Figures;

/// <summary>What training draws lines between, and where the ODE leads the same starts.</summary>
internal static class MarginalFigure
{
    private const int Shown = 120;

    /// <summary>Draws the figure.</summary>
    public static LabFigure Draw(FlowMatchingData data)
    {
        Figure figure = new(10, 4.5, columns: 3);
        figure.ShareY();
        Points starts = data.Flow.First(Shown, int.MaxValue)[..(2 * Shown)];
        Points drawn = FlowData.Mixture.Sample(Shown, LabKeys.Of(data.Seed, FlowMatchingDraw.Truth));
        figure[0, 0]
            .Title("Flow matching, pairs\nthe lines that training draws").XLabel("x₁").YLabel("x₂")
            .Square(FlowData.Reach).NoGrid()
            .Segments(starts, drawn, color: FlowInks.Flow, width: 0.7, alpha: 0.55)
            .Scatter(starts, color: FlowInks.Noise, size: 2.6)
            .Scatter(drawn, color: FlowInks.Data, size: 2.6);
        Paths(figure[0, 1], data.Flow, FlowInks.Flow).Title("Flow matching, ODE\nthe paths of samples");
        Paths(figure[0, 2], data.Vp, FlowInks.Vp).Title("VP, ODE\nfrom the same starts");
        return new LabFigure(
            "marginal-paths",
            "Left: straight lines between independent noise and data, crossing everywhere. Middle and right: the paths of "
            + "the ODE of flow matching and of VP from the same starts; they bend, and never cross at one time.",
            figure);
    }

    private static Panel Paths(Panel panel, MarginalPaths paths, Ink ink) => panel
        .Square(FlowData.Reach)
        .NoGrid()
        .XLabel("x₁")
        .Trajectories(
            Points.Paths(paths.First(Shown, 4), Shown), color: ink, width: 0.8, alpha: 0.75, markerSize: 0)
        .Scatter((Points)paths.First(Shown, int.MaxValue)[..(2 * Shown)], color: FlowInks.Noise, size: 2.6)
        .Scatter((Points)paths.First(Shown, int.MaxValue)[(2 * Shown)..], color: FlowInks.Data, size: 2.6)
        .Stars(LabInks.Centres(FlowData.Mixture), color: LabInks.Centre, size: 8);
}
