using ScoreGpu.Viz.Labs.Quality;
using ScoreGpu.Viz.Pages;

namespace ScoreGpu.Viz.Labs.Sde.Text;

/// <summary>The page's fifth exercise: solvers compared.</summary>
internal static class SolverPart
{
    /// <summary>Writes the section.</summary>
    public static void Write(Page page, SdeData data, PageFigures figures)
    {
        SolverOrders orders = data.Orders;
        SdeCommands commands = new(data);
        (string Name, double Needed)[] exact = Ranked(data.Exact);
        SolverError few = orders["rk4"].Errors[1];
        SolverCurve bestAtFew = orders.Curves.MinBy(curve => curve.Errors[1].Rms)!;
        SolverCurve bestAtMany = orders.Curves.MinBy(curve => curve.Errors[^1].Rms)!;
        double atTwelve = Energy(data.Exact, "euler");
        PageSection section = page.Section("solvers", "Exercise 5", "Euler, Heun, predictor–corrector")
            .Paragraph($"""
                A solver is paid for in network evaluations. With the exact score its samples show its own error alone; with a
                network of {data.Settings.Layers} × {data.Settings.Hidden} features, trained for
                {data.Settings.TrainingSteps} steps in {Numerals.Seconds(data.Model.Elapsed)}, the network’s comes on top.
                """)
            .Prediction(
                Html.Of($"The classical Runge–Kutta method has order 4. Is it the best with {few.Nfe} evaluations?"),
                Html.Of($"""
                    {(bestAtFew.Name == "rk4" ? "Here it is" : "No")}: nearest to the exact ends at {few.Nfe} is
                    {bestAtFew.Name} ({Numerals.Significant(bestAtFew.Errors[1].Rms, 2)}; rk4:
                    {Numerals.Significant(few.Rms, 2)}). At {orders.Curves[0].Errors[^1].Nfe} it is {bestAtMany.Name}, with
                    {Numerals.Significant(bestAtMany.Errors[^1].Rms, 2)}. An order says what happens in the end, not when.
                    """))
            .Prediction(
                Html.Of($"Who needs the most evaluations until nobody can tell the samples from data?"),
                Html.Of($"""
                    {Last(exact)}, with the exact score; the first is {exact[0].Name} with
                    {Numerals.Fixed(exact[0].Needed, 0)}.
                    """))
            .Figure(figures["orders"], Html.Of($"""
                The five solvers of the flow from the same {data.Settings.OrderStarts} starts: the root mean square distance from
                the ends that a tolerance of 10⁻¹⁰ gives. Slopes over the three finest grids are the orders.
                """))
            .Table(Orders(orders))
            .Figure(figures["quality"], Html.Of($"""
                Samples against {data.Settings.Reference} points of the data: squared energy distance above, share of samples
                more than four standard deviations from every cluster below. In the grey band nobody can tell; what lies below
                it, or below zero, is drawn at its lower end.
                """))
            .Table(Needed(data));
        QualityVerdict(section, data, atTwelve);
        Corrector(section, data, figures);
        section.Commands(
            commands.Sample("model.safetensors", "dpm-solver++2m --steps 12", "fast"),
            commands.Sample("model.safetensors", "heun --steps 6", "heun"),
            commands.Sample(
                "model.safetensors", "predictor-corrector --steps 100 --corrector-norm batch --snr 0.56", "wide"),
            SdeCommands.Compare("wide"));
    }

    private static void QualityVerdict(PageSection section, SdeData data, double euler)
    {
        (string Name, double Needed)[] exact = Ranked(data.Exact);
        double maruyama = data.Exact.Needed("euler-maruyama");
        double corrected = data.Exact.Needed("predictor-corrector");
        int budget = data.Settings.QualityBudgets[Math.Min(2, data.Settings.QualityBudgets.Count - 1)];
        double outliersFlow = data.Exact.Of("dpm-solver++2m")[^1].OutlierShare;
        double outliersNetwork = data.Trained.Of("dpm-solver++2m")[^1].OutlierShare;
        double outliersSde = data.Trained.Of("euler-maruyama")[^1].OutlierShare;
        bool isForgiven = outliersNetwork > outliersFlow + 0.001 && outliersSde < 0.5 * outliersNetwork;
        double outliersCorrected = data.Trained.Of("predictor-corrector")[^1].OutlierShare;
        section
            .Finding(
                corrected > maruyama
                    ? "Here the corrector’s evaluations are better spent on steps."
                    : "The corrector earns its evaluations.",
                $"""
                With the exact score, predictor–corrector needs {Budget(corrected)} evaluations, Euler–Maruyama alone
                {Budget(maruyama)}, {exact[0].Name} {Budget(exact[0].Needed)}. At {budget} evaluations Euler’s method of the
                flow is at {Numerals.Significant(euler, 2)} and Heun’s at
                {Numerals.Significant(Energy(data.Exact, "heun"), 2)}. A corrector mends what the steps got wrong, and pays for
                it with the evaluations of further steps; with the network it needs
                {Budget(data.Trained.Needed("predictor-corrector"))}, Euler–Maruyama
                {Budget(data.Trained.Needed("euler-maruyama"))}.
                """)
            .Finding(
                isForgiven
                    ? "Noise forgives what the flow keeps."
                    : "The network’s own error hardly shows in outliers.",
                $"""
                With the most evaluations, dpm-solver++2m leaves {Numerals.Percent(outliersFlow, 2)} outliers with the exact
                score and {Numerals.Percent(outliersNetwork, 2)} with the network; Euler–Maruyama with the same network leaves
                {Numerals.Percent(outliersSde, 2)} and predictor–corrector {Numerals.Percent(outliersCorrected, 2)}.
                {(isForgiven
                    ? "What a wrong score did to a particle, the flow keeps; the SDE’s noise, and the score after it, make it good again."
                    : "")}
                """);
    }

    private static void Corrector(PageSection section, SdeData data, PageFigures figures)
    {
        CorrectorStudy study = data.Correctors;
        double song = study.At(true, CorrectorStudy.Usual).Width;
        double text = study.At(true, CorrectorStudy.AsInText).Width;
        double longest = study.At(true, CorrectorStudy.Ratios[^1]).Width;
        double table = study.At(false, CorrectorStudy.Ratios[^1]).Width;
        bool isWider = text > 1 + (2 * study.StandardError) && text > song;
        section
            .Heading("The corrector’s step")
            .Paragraph($"""
                A Langevin step <i>x</i> + <i>ε</i>{SdeSymbols.Score} + √<span class="root">2<i>ε</i></span>·<i>z</i> widens what
                it samples, the more the longer it is. Song’s has <i>ε</i> = 2(<i>r</i>‖<i>z</i>‖/‖{SdeSymbols.Score}‖)²
                with <i>r</i> = {Numerals.Fixed(CorrectorStudy.Usual, 2)}; the text has <i>r</i> in place of 2<i>r</i>², which is
                {Numerals.Fixed(CorrectorStudy.TextOverSong, 3)} times as long a step, or Song’s with <i>r</i> =
                {Numerals.Fixed(CorrectorStudy.AsInText, 3)}.
                """)
            .Figure(figures["corrector"], Html.Of($"""
                The clusters’ width over the true one after {data.Settings.CorrectorSteps} predictor and as many corrector steps,
                with the norms of the batch as in Song’s code, and with those of pure noise, which make a sample its own. The
                grey band is two standard errors of exact samples.
                """))
            .Finding(isWider ? "The factor shows as width." : "At this r the factor does not show yet.", $"""
                With norms of the batch the clusters are {Numerals.Fixed(song, 3)} times as wide at Song’s step,
                {Numerals.Fixed(text, 3)} at the text’s, and {Numerals.Fixed(longest, 3)} at <i>r</i> =
                {Numerals.Fixed(CorrectorStudy.Ratios[^1], 2)} (± {Numerals.Fixed(study.StandardError, 3)}). With the norms of
                pure noise the last steps shrink with <i>σ</i>; at the same <i>r</i> the clusters are {Numerals.Fixed(table, 3)} times as
                wide.
                """)
            .Finding(study.RefusedAtZero ? "Stop short of t = 0." : "The score at t = 0 is defined.", $"""
                The text’s grid ends at exactly <i>t</i> = 0 and takes its last corrector step there. The score of a predicted
                noise is −<i>ε</i>/<i>σ</i>, and <i>σ</i>(0) = 0{(study.RefusedAtZero
                    ? ": the engine refuses that time, plain code returns infinities"
                    : "")}. The usual last time is 10⁻³, and x̂<sub>0</sub> the last step.
                """);
    }

    private static double Energy(SolverQuality quality, string solver)
    {
        IReadOnlyList<SamplerScore> runs = quality.Of(solver);
        return runs[Math.Min(2, runs.Count - 1)].Energy.Value;
    }

    private static (string Name, double Needed)[] Ranked(SolverQuality quality) =>
    [
        .. SolverQuality.Solvers.Select(solver => (solver, quality.Needed(solver)))
            .OrderBy(pair => double.IsNaN(pair.Item2) ? double.PositiveInfinity : pair.Item2),
    ];

    private static string Last((string Name, double Needed)[] ranked) => double.IsNaN(ranked[^1].Needed)
        ? $"{ranked[^1].Name}: all that it was given here were not enough"
        : $"{ranked[^1].Name}, {Numerals.Fixed(ranked[^1].Needed, 0)}";

    private static string Budget(double needed) =>
        double.IsNaN(needed) ? "more than it was given" : Numerals.Fixed(needed, 0);

    private static PageTable Orders(SolverOrders orders)
    {
        PageTable table = new(
        [
            Html.Text("solver"), Html.Text("order"),
            .. orders.Curves[0].Errors.Select((error, i) => Html.Of($"{(i == 0 ? "evaluations: " : "")}{error.Nfe}")),
        ]);
        foreach (SolverCurve curve in orders.Curves)
        {
            table.Row(
            [
                Html.Text(curve.Name),
                Html.Text(Numerals.Fixed(curve.Order, 2)),
                .. curve.Errors.Select(error => Html.Text(Numerals.Significant(error.Rms, 2))),
            ]);
        }

        return table;
    }

    private static PageTable Needed(SdeData data)
    {
        PageTable table = new(
        [
            Html.Text("solver"), Html.Text("evaluations needed, exact score"), Html.Text("with the network"),
            Html.Text("outliers with the most, exact score"), Html.Text("with the network"),
        ]);
        foreach (string solver in SolverQuality.Solvers)
        {
            table.Row(
                Html.Text(solver),
                Html.Text(Numerals.Fixed(data.Exact.Needed(solver), 0)),
                Html.Text(Numerals.Fixed(data.Trained.Needed(solver), 0)),
                Html.Text(Numerals.Percent(data.Exact.Of(solver)[^1].OutlierShare, 2)),
                Html.Text(Numerals.Percent(data.Trained.Of(solver)[^1].OutlierShare, 2)));
        }

        return table;
    }
}
