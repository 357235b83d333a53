namespace ScoreGpu.Viz.Labs.FlowMatching.Figures;

/// <summary>Quality at equal evaluations, the means of all training runs and their range.</summary>
internal static class EvaluationsFigure
{
    private const double Most = 20;
    private const double Top = 900;

    /// <summary>Draws the figure.</summary>
    public static LabFigure Draw(FlowMatchingData data)
    {
        Figure figure = new(11, 5.2, columns: 2);
        double floor = 0.4 * data.Truth.NullError;
        Panel first = Prepare(figure[0, 0], data, floor, "First order\none evaluation a step")
            .YLabel("squared energy distance");
        Add(first, data, PathModel.Flow, "euler", FlowInks.Flow, "flow, Euler", floor, Marker.Circle);
        Add(first, data, PathModel.Vp, "ddim", FlowInks.Vp, "VP, DDIM", floor, Marker.Square);
        Add(first, data, PathModel.Vp, "euler", Ink.Pink, "VP, Euler", floor, Marker.Triangle);
        Add(first, data, PathModel.Vp, "ddpm", Ink.Slate, "VP, DDPM", floor, Marker.Diamond);
        Add(first, data, PathModel.VpV, "ddim", Ink.Yellow, "VP, v, DDIM", floor, Marker.Square, Dash.Dashed);
        Add(first, data, PathModel.FlowEpsilon, "ddim", Ink.Cyan, "flow, noise, DDIM", floor, Marker.Circle, Dash.Dashed);
        Panel second = Prepare(figure[0, 1], data, floor, "Second order\nHeun and DPM-Solver++ 2M");
        Add(second, data, PathModel.Flow, "euler", FlowInks.Flow, "flow, Euler (as left)", floor, Marker.Circle, Dash.Dotted);
        Add(second, data, PathModel.Flow, "heun", FlowInks.Flow, "flow, Heun", floor, Marker.Triangle);
        Add(second, data, PathModel.Flow, "dpm-solver++2m", Ink.Blue, "flow, DPM-Solver++", floor, Marker.Circle);
        Add(second, data, PathModel.Vp, "dpm-solver++2m", FlowInks.Vp, "VP, DPM-Solver++", floor, Marker.Square);
        Add(second, data, PathModel.VpV, "dpm-solver++2m", Ink.Yellow, "VP, v, DPM-Solver++", floor, Marker.Square, Dash.Dashed);
        first.Legend(LegendPlacement.UpperRight);
        second.Legend(LegendPlacement.UpperRight);
        return new LabFigure(
            "equal-evaluations",
            "Squared energy distance to data against network evaluations, for models and samplers of first and second "
            + "order.",
            figure);
    }

    private static Panel Prepare(Panel panel, FlowMatchingData data, double floor, string title) => panel
        .Title(title).XLabel("network evaluations a sample").LogX().LogY().XLimits(0.9, 115).YLimits(0.7 * floor, Top)
        .Fill(new[] { 0.9, 115 }, new[] { 0.7 * floor, 0.7 * floor }, new[] { data.Limit, data.Limit }, Ink.Slate, 0.18,
            "as near as data");

    private static void Add(
        Panel panel,
        FlowMatchingData data,
        PathModel model,
        string sampler,
        Ink ink,
        string label,
        double floor,
        Marker marker,
        Dash dash = Dash.Solid)
    {
        QualityCurve curve = data.Curve(model, sampler);
        double[] nfe = curve.Nfe;
        panel
            .Segments(
                Points.Of([.. nfe.Select((x, i) => (x, Shown(curve.Range(i).Least)))]),
                Points.Of([.. nfe.Select((x, i) => (x, Shown(curve.Range(i).Greatest)))]),
                color: ink, width: 1, alpha: 0.6)
            .Line(nfe, Array.ConvertAll(curve.Energies, Shown), ink, 1.8, dash, 0.95, marker, 4.5, label);

        double Shown(double value) => Math.Clamp(value, floor, Most);
    }
}
