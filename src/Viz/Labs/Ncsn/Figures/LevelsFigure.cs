using ScoreGpu.Viz.Labs.Figures;

namespace ScoreGpu.Viz.Labs.Ncsn.Figures;

/// <summary>How close the network is at each level, and what is left of its loss when the score is right.</summary>
internal static class LevelsFigure
{
    /// <summary>Draws the figure.</summary>
    public static LabFigure Draw(NcsnData data)
    {
        double[] sigmas = [.. data.Levels.Select(row => row.Sigma)];
        Figure figure = new(10, 4.3, columns: 2);
        figure[0, 0]
            .Title("Error of the score\n√(E‖network − exact‖² / E‖exact‖²)").XLabel("σ").YLabel("relative error")
            .LogX().YLimits(0, 1.25 * data.Levels.Max(row => row.RelativeError))
            .Line(sigmas, Of(row => row.RelativeError), color: LabInks.Implied, width: 2.2, marker: Marker.Circle,
                label: "network")
            .Legend(LegendPlacement.UpperRight);
        figure[0, 1]
            .Title("Loss at each level\n½σ²·E‖s + ε/σ‖² / D").XLabel("σ").YLabel("loss")
            .LogX().YLimits(0, 0.62)
            .HorizontalLine(0.5, color: Ink.Muted, label: "a network that says 0")
            .Line(sigmas, Of(row => row.LeastLoss), color: LabInks.Exact, width: 2.2, label: "exact score")
            .Line(sigmas, Of(row => row.Loss), color: LabInks.Implied, width: 1.4, dash: Dash.Dashed,
                marker: Marker.Circle, markerSize: 4, label: "network")
            .Legend(LegendPlacement.LowerLeft);
        return new LabFigure(
            "levels",
            "Left: the relative error of the network's score over the noise level. Right: its loss, which hardly exceeds "
            + "that of the exact score.",
            figure);

        double[] Of(Func<LevelAgreement, double> value) => [.. data.Levels.Select(value)];
    }
}
