namespace ScoreGpu.Viz.Labs.Sde.Figures;

/// <summary>Exercise 5: the corrector's step size.</summary>
internal static class CorrectorFigure
{
    /// <summary>Draws the figure.</summary>
    public static LabFigure Draw(CorrectorStudy study)
    {
        double error = 2 * study.StandardError;
        double[] ends = [0.85 * CorrectorStudy.Ratios.Min(), 1.15 * CorrectorStudy.Ratios.Max()];
        Figure figure = new(8.4, 4.4);
        Panel panel = figure[0, 0]
            .Title("The corrector’s step\nwidth of the clusters, exact score").XLabel("r").LogX()
            .YLabel("standard deviation / true").XLimits(ends[0], ends[1])
            .Fill(ends, new[] { 1 - error, 1 - error }, new[] { 1 + error, 1 + error }, Ink.Slate, 0.18, "true samples");
        foreach (bool isBatch in (bool[])[false, true])
        {
            CorrectorRun[] runs = [.. study.Runs.Where(run => run.IsBatch == isBatch)];
            panel.Line(
                runs.Select(run => run.Ratio).ToArray(),
                runs.Select(run => run.Width).ToArray(),
                color: isBatch ? Ink.Violet : Ink.Yellow, width: 2, marker: Marker.Circle,
                label: isBatch ? "norms of the batch" : "norms of pure noise");
        }

        panel
            .HorizontalLine(study.EulerMaruyama, color: SdeInks.Sde, label: "no corrector")
            .VerticalLine(CorrectorStudy.Usual, color: Ink.Green, dash: Dash.Dotted, label: "r = 0.16 as Song")
            .VerticalLine(CorrectorStudy.AsInText, color: Ink.Pink, dash: Dash.Dotted, label: "r = 0.16 as the text")
            .Legend(LegendPlacement.UpperLeft);
        return new LabFigure(
            "corrector", "The width of the clusters against the ratio r, for both forms of the corrector.", figure);
    }
}
