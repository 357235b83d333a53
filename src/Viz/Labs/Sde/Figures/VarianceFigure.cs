namespace ScoreGpu.Viz.Labs.Sde.Figures;

/// <summary>The variance of unit data, and of the line's data, over time.</summary>
internal static class VarianceFigure
{
    private static readonly Ink[] Inks = [Ink.Blue, Ink.Orange, Ink.Green];

    /// <summary>Draws the figure.</summary>
    public static LabFigure Draw(IReadOnlyList<ForwardStudy> studies)
    {
        Figure figure = new(11, 4, columns: 2);
        Panel unit = figure[0, 0]
            .Title("Data of variance 1\nα² + σ²").XLabel("t").YLabel("variance").YLimits(0.5, 2.1);
        Panel line = figure[0, 1]
            .Title("The data of the line\nlines: formula, dots: simulated").XLabel("t").LogY().YLimits(0.5, 200);
        double variance = SdeProcesses.Variance(SdeProcesses.Line);
        Column t = Column.Even(0, 1, 201);
        for (int i = 0; i < studies.Count; i++)
        {
            ForwardStudy study = studies[i];
            Dash dash = i == 1 ? Dash.Dashed : Dash.Solid;
            unit.Line(t, t.Map(at => Of(study, at, 1)), color: Inks[i], width: 2.2, dash: dash, label: study.Name);
            line.Line(t, t.Map(at => Of(study, at, variance)), color: Inks[i], width: 2, dash: dash, label: study.Name);
            line.Scatter(
                Points.Of([.. study.Variances.Select(row => (row.Time, row.Measured))]), color: Inks[i], size: 5.5,
                edge: Ink.Background);
        }

        unit.Legend(LegendPlacement.UpperRight);
        line.Legend(LegendPlacement.UpperLeft);
        return new LabFigure(
            "variance", "The variance over time: constant, exploding, and dipping to 3/4.", figure);
    }

    private static double Of(ForwardStudy study, double t, double variance)
    {
        double alpha = study.Process.Alpha(t);
        double sigma = study.Process.Sigma(t);
        double first = study.Process.Sigma(0);
        return variance.Equals(1.0)
            ? (alpha * alpha) + (sigma * sigma)
            : (alpha * alpha * (variance - (first * first))) + (sigma * sigma);
    }
}
