using ScoreGpu.Viz.Pages;

namespace ScoreGpu.Viz.Labs.FlowMatching.Text;

/// <summary>The page's fifth section: flow matching against DDPM at equal evaluations.</summary>
internal static class RacePart
{
    /// <summary>Writes the section.</summary>
    public static void Write(Page page, FlowMatchingData data, PageFigures figures, string lab)
    {
        QualityCurve euler = data.Curve(PathModel.Flow, "euler");
        QualityCurve heun = data.Curve(PathModel.Flow, "heun");
        QualityCurve flowSolver = data.Curve(PathModel.Flow, "dpm-solver++2m");
        QualityCurve ddpm = data.Curve(PathModel.Vp, "ddpm");
        QualityCurve ddim = data.Curve(PathModel.Vp, "ddim");
        QualityCurve solver = data.Curve(PathModel.Vp, "dpm-solver++2m");
        double flowBest = Best(data, PathModel.Flow);
        double vpBest = Best(data, PathModel.Vp);
        FlowCommands commands = new(data);
        page.Section("race", "Head to head", "Flow matching against DDPM, at equal evaluations")
            .Paragraph($"""
                The same network size, the same {data.Settings.TrainingSteps} steps on the same data, and
                {data.Settings.QualitySamples} samples of each network with each sampler. DDPM stands here as VP, its limit
                of many steps, so that every sampler can be run; DDPM’s own sampler is among them. Lines are means over
                {data.Settings.Repeats} training runs, bars their range.
                """)
            .Prediction(
                Html.Of($"How many evaluations do flow matching with Euler and DDPM with DDIM need until nobody can tell "
                    + $"their samples from data?"),
                Html.Of($"""
                    Of the numbers tried: {FlowSymbols.Evaluations(euler.EvaluationsBelow(data.Limit))} and
                    {FlowSymbols.Evaluations(ddim.EvaluationsBelow(data.Limit))}. (The limit is two standard errors of
                    what true samples show, {Numerals.Fixed(data.Limit, 4)}.)
                    """))
            .Figure(figures["equal-evaluations"], Html.Of($"""
                Squared energy distance to data against evaluations. In the grey band samples cannot be told from data;
                what lies below the panel, or below zero, is drawn at its lower end. Heun takes two evaluations a step and one for
                the last: {string.Join(", ", heun.Nfe.Select(nfe => Numerals.Fixed(nfe, 0)))}.
                """), commands.Sample("flow.safetensors", "heun", 10, "heun-flow"))
            .Table(Numbers(data))
            .Finding(
                flowBest < vpBest ? "Trained alike, flow matching needs fewer evaluations."
                    : flowBest > vpBest ? "Trained alike, VP needs fewer evaluations."
                    : "Trained alike, both need the same.",
                $"""
                The fewest evaluations at which any sampler here gets into the band: {FlowSymbols.Evaluations(flowBest)} for
                flow matching (Heun: {FlowSymbols.Evaluations(heun.EvaluationsBelow(data.Limit))}, Euler:
                {FlowSymbols.Evaluations(euler.EvaluationsBelow(data.Limit))}),
                {FlowSymbols.Evaluations(vpBest)} for the noise predictor on VP (DPM-Solver++:
                {FlowSymbols.Evaluations(solver.EvaluationsBelow(data.Limit))}, DDIM:
                {FlowSymbols.Evaluations(ddim.EvaluationsBelow(data.Limit))}, DDPM’s own sampler:
                {FlowSymbols.Evaluations(ddpm.EvaluationsBelow(data.Limit))}). With {Numerals.Fixed(euler.Nfe[^1], 0)}
                evaluations flow matching’s mean distance is {Numerals.Fixed(euler.Energies[^1], 4)} and DDIM’s
                {Numerals.Fixed(ddim.Energies[^1], 4)}: {(ddim.Energies[^1] - euler.Energies[^1] > data.Truth.NullError
                    ? "where steps no longer matter there is a difference left, which is the networks’"
                    : "where steps no longer matter there is no difference to be told")}.
                """)
            .Finding(VTitle(data), $"""
                On the same VP path the network that predicts <i>v</i> gets there with
                {FlowSymbols.Evaluations(data.Curve(PathModel.VpV, "ddim").EvaluationsBelow(data.Limit))} evaluations of DDIM
                in place of {FlowSymbols.Evaluations(ddim.EvaluationsBelow(data.Limit))}. On the straight path the network
                that predicts the noise needs
                {FlowSymbols.Evaluations(data.Curve(PathModel.FlowEpsilon, "ddim").EvaluationsBelow(data.Limit))}, after
                {Numerals.Fixed(data.Curve(PathModel.FlowEpsilon, "ddim").Nfe[^1], 0)} still
                {Numerals.Fixed(data.Curve(PathModel.FlowEpsilon, "ddim").Energies[^1], 4)} off. What goes by the name of
                flow matching is two choices, a path and a prediction.
                """)
            .Finding(
                heun.EvaluationsBelow(data.Limit) < euler.EvaluationsBelow(data.Limit)
                    ? "A better solver still helps on flow matching."
                    : "A better solver does not help on flow matching.",
                $"""
                On flow matching Heun needs {FlowSymbols.Evaluations(heun.EvaluationsBelow(data.Limit))} evaluations where
                Euler needs {FlowSymbols.Evaluations(euler.EvaluationsBelow(data.Limit))}. DPM-Solver++, whose steps are even
                in the logarithm of <i>α</i>/<i>σ</i>, needs
                {FlowSymbols.Evaluations(flowSolver.EvaluationsBelow(data.Limit))} there and
                {FlowSymbols.Evaluations(solver.EvaluationsBelow(data.Limit))} on VP; at {data.Settings.Budgets[TenOf(data)]} evaluations it is
                {FlowSymbols.Energy(flowSolver.Energies[TenOf(data)])} off on flow matching, and Euler
                {FlowSymbols.Energy(euler.Energies[TenOf(data)])}.
                """)
            .Commands(
                commands.Sample("flow.safetensors", "heun", 10, "heun-flow"),
                FlowCommands.Compare("heun-flow"),
                commands.Sample("vp.safetensors", "dpm-solver++2m", 20, "solver-vp"),
                FlowCommands.Compare("solver-vp"),
                lab);
    }

    private static double Best(FlowMatchingData data, PathModel model) => data.Curves
        .Where(curve => curve.Model == model)
        .Select(curve => curve.EvaluationsBelow(data.Limit))
        .Where(double.IsFinite)
        .DefaultIfEmpty(double.PositiveInfinity)
        .Min();

    private static int TenOf(FlowMatchingData data) =>
        Enumerable.Range(0, data.Settings.Budgets.Count).MinBy(i => Math.Abs(data.Settings.Budgets[i] - 10));

    private static string VTitle(FlowMatchingData data)
    {
        bool onVp = Count(PathModel.VpV, "ddim") < Count(PathModel.Vp, "ddim");
        bool onFlow = Count(PathModel.Flow, "euler") < Count(PathModel.FlowEpsilon, "ddim");
        return (onVp, onFlow) switch
        {
            (true, true) => "The prediction counts on both paths.",
            (false, false) => "The prediction counts on neither path.",
            _ => "The prediction counts on one path.",
        };

        double Count(PathModel model, string sampler)
        {
            double evaluations = data.Curve(model, sampler).EvaluationsBelow(data.Limit);
            return double.IsFinite(evaluations) ? evaluations : double.PositiveInfinity;
        }
    }

    private static PageTable Numbers(FlowMatchingData data)
    {
        PageTable table = new(
            [
                Html.Text("model"), Html.Text("sampler"), Html.Text("in the band from"),
                .. data.Settings.Budgets.Select(budget => Html.Of($"{budget}")),
            ],
            textColumns: 2);
        foreach (QualityCurve curve in data.Curves)
        {
            table.Row(
            [
                Html.Text(curve.Model.Label),
                Html.Text(curve.Sampler),
                Html.Text(FlowSymbols.Evaluations(curve.EvaluationsBelow(data.Limit))),
                .. curve.Energies.Select(energy => Html.Text(FlowSymbols.Energy(energy))),
            ]);
        }

        return table;
    }
}
