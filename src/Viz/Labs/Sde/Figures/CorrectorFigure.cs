namespace ScoreGpu.Viz.Labs.Sde.Figures;

/// <summary>Exercise 5: the corrector's step size.</summary>
internal static class CorrectorFigure
{
    /// <summary>Draws the figure.</summary>
    public static LabFigure Draw(SdeData data)
    {
        CorrectorStudy study = data.Correctors;
        double floor = 2 * data.Truth.Energy.NullError;
        double least = 0.15 * floor;
        double[] ends = [0.85 * CorrectorStudy.Ratios.Min(), 1.15 * CorrectorStudy.Ratios.Max()];
        Figure figure = new(8.4, 4.6);
        Panel panel = figure[0, 0]
            .Title("The corrector’s step\npredictor–corrector with the exact score").XLabel("r").LogX().LogY()
            .YLabel("squared energy distance").XLimits(ends[0], ends[1])
            .Fill(ends, new[] { 0.8 * least, 0.8 * least }, new[] { floor, floor }, Ink.Slate, 0.18, "true samples");
        foreach (bool isBatch in (bool[])[false, true])
        {
            CorrectorRun[] runs = [.. study.Runs.Where(run => run.IsBatch == isBatch)];
            panel.Line(
                runs.Select(run => run.Ratio).ToArray(),
                runs.Select(run => Math.Max(run.Score.Energy.Value, least)).ToArray(),
                color: isBatch ? Ink.Violet : Ink.Yellow, width: 2, marker: Marker.Circle,
                label: isBatch ? "norms of the batch" : "norms of pure noise");
        }

        panel
            .HorizontalLine(
                Math.Max(study.EulerMaruyama.Energy.Value, least), color: SdeInks.Sde, label: "no corrector")
            .VerticalLine(CorrectorStudy.Usual, color: Ink.Green, dash: Dash.Dotted, label: "r = 0.16 as Song")
            .VerticalLine(CorrectorStudy.AsInText, color: Ink.Pink, dash: Dash.Dotted, label: "r = 0.16 as the text")
            .Legend(LegendPlacement.UpperLeft);
        return new LabFigure(
            "corrector", "Quality of predictor–corrector against the ratio r in both forms.", figure);
    }
}
