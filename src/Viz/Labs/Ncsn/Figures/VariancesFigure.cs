using ScoreGpu.Viz.Labs.Figures;

namespace ScoreGpu.Viz.Labs.Ncsn.Figures;

/// <summary>The noise of VP and sub-VP over time.</summary>
internal static class VariancesFigure
{
    /// <summary>Draws the figure.</summary>
    public static LabFigure Draw()
    {
        Column t = Column.Even(0, 1, 201);
        Column vp = t.Map(time => Math.Pow(EndPointStudy.Processes[1].Sigma(time), 2));
        Column sub = t.Map(time => Math.Pow(EndPointStudy.Processes[2].Sigma(time), 2));
        Column bar = t.Map(time => Math.Pow(EndPointStudy.Processes[1].Alpha(time), 2));
        Figure figure = new(10, 4.3, columns: 2);
        figure[0, 0]
            .Title("Variance of the noise\nβ from 0.1 to 20").XLabel("t").YLabel("σ²").YLimits(0, 1.06)
            .Fill(t, sub, vp, color: LabInks.Centre, alpha: 0.2)
            .Line(t, vp, color: LabInks.Density, width: 2.2, label: "VP: 1 − ᾱ")
            .Line(t, sub, color: LabInks.Implied, width: 2.2, label: "sub-VP: (1 − ᾱ)²")
            .Line(t, bar, color: Ink.Muted, width: 1.4, dash: Dash.Dashed, label: "ᾱ")
            .Legend(LegendPlacement.LowerRight);
        figure[0, 1]
            .Title("Sub-VP against VP").XLabel("t").YLabel("ratio, difference").YLimits(0, 1.06)
            .Line(t, bar.Map(value => 1.0 - value), color: LabInks.Exact, width: 2.2, label: "ratio 1 − ᾱ")
            .Line(t, bar.Map(value => value * (1.0 - value)), color: LabInks.Centre, width: 2.2,
                label: "difference ᾱ(1 − ᾱ)")
            .Legend(LegendPlacement.LowerRight);
        return new LabFigure(
            "variances",
            "The variances of VP and sub-VP over time, their ratio and their difference, which is largest in the middle.",
            figure);
    }
}
