using ScoreGpu.Viz.Labs.Figures;

namespace ScoreGpu.Viz.Labs.Ncsn.Figures;

/// <summary>What the weight σ² does: which level the loss is made of, and which one is learned.</summary>
internal static class WeightFigure
{
    /// <summary>Draws the figure.</summary>
    public static LabFigure Draw(WeightStudy study)
    {
        double[] sigmas = [.. study.PlainLevels.Select(row => row.Sigma)];
        Figure figure = new(10, 4.3, columns: 2);
        figure[0, 0]
            .Title("What the loss is made of\nshare of each level, for a network that says 0").XLabel("σ").YLabel("share")
            .LogX().LogY()
            .Line(sigmas, Share(isWeighted: true), color: LabInks.Implied, width: 2.2, marker: Marker.Circle,
                label: "weight σ²")
            .Line(sigmas, Share(isWeighted: false), color: Ink.Pink, width: 2.2, marker: Marker.Triangle,
                label: "no weight")
            .Legend(LegendPlacement.LowerLeft);
        figure[0, 1]
            .Title("What is learned\nrelative error of the score").XLabel("σ").YLabel("relative error")
            .LogX().LogY()
            .HorizontalLine(1, color: Ink.Muted, dash: Dash.Solid, width: 0.8)
            .Line(sigmas, Error(study.WeightedLevels), color: LabInks.Implied, width: 2.2, marker: Marker.Circle,
                label: "weight σ²")
            .Line(sigmas, Error(study.PlainLevels), color: Ink.Pink, width: 2.2, marker: Marker.Triangle,
                label: "no weight")
            .Legend();
        return new LabFigure(
            "weighting",
            "Left: without a weight nearly the whole loss comes from the smallest level. Right: the relative error of "
            + "both models at each level.",
            figure);

        double[] Share(bool isWeighted) =>
            [.. Enumerable.Range(0, sigmas.Length).Select(i => study.ShareOfLoss(i, isWeighted))];

        static double[] Error(IReadOnlyList<LevelAgreement> rows) => [.. rows.Select(row => row.RelativeError)];
    }
}
