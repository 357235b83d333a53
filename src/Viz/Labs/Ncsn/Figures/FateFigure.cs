using ScoreGpu.Viz.Labs.Figures;

namespace ScoreGpu.Viz.Labs.Ncsn.Figures;

/// <summary>At which level a sample's mode is decided, and why there.</summary>
internal static class FateFigure
{
    /// <summary>Draws the figure.</summary>
    public static LabFigure Draw(NcsnData data)
    {
        double[] sigmas = [.. data.Levels.Select(row => row.Sigma)];
        Figure figure = new(10, 4.3, columns: 2);
        figure[0, 0]
            .Title("Decided\nshare of samples nearest to their final mode").XLabel("σ at the level’s end")
            .YLabel("share").LogX().YLimits(0, 1.06)
            .HorizontalLine(0.125, color: Ink.Muted, width: 0.8)
            .Line(sigmas, data.Annealing.Decided.ToArray(), color: LabInks.Implied, width: 2.2, marker: Marker.Circle);
        figure[0, 1]
            .Title("A hop to the neighbour\nmean first-passage time, in steps").XLabel("σ").YLabel("steps")
            .LogX().LogY()
            .HorizontalLine(data.Settings.StepsPerLevel, color: LabInks.Centre, label: "steps that a level has")
            .Line(sigmas, data.Annealing.HopSteps.ToArray(), color: LabInks.Exact, width: 2.2, marker: Marker.Circle,
                label: "steps of a hop")
            .Legend(LegendPlacement.UpperRight);
        return new LabFigure(
            "fate",
            "Left: the share of samples that are nearest to their final mode when a level ends. Right: the steps that a "
            + "hop between neighbouring modes takes at each level.",
            figure);
    }
}
