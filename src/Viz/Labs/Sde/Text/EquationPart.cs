using ScoreGpu.Viz.Pages;

namespace ScoreGpu.Viz.Labs.Sde.Text;

/// <summary>The page's sixth exercise: why the flow has the SDE's marginals.</summary>
internal static class EquationPart
{
    /// <summary>Writes the section.</summary>
    public static void Write(Page page, SdeData data, PageFigures figures)
    {
        FokkerPlanckStudy study = data.Equations;
        FokkerPlanckResidual flow = study["probability_flow"];
        FokkerPlanckResidual whole = study["flow_without_half"];
        FokkerPlanckResidual printed = study["reverse_sde_as_printed"];
        double worst = data.Reverse.Marginals.Max(row => row.LargestDeviation);
        string[] right = ["forward_sde", "probability_flow", "reverse_sde"];
        bool hold = right.All(key => study[key].Holds);
        page.Section("equations", "Exercise 6", "One density, two motions")
            .Paragraph($"""
                An SDE moves its density by ∂<i>p</i>/∂<i>t</i> = −∇·(<i>f x p</i>) + ½{SdeSymbols.Diffusion}Δ<i>p</i>. Now
                ∇<i>p</i> = <i>p</i>·∇ log <i>p</i>, so the spreading can be written as a flow, Δ<i>p</i> =
                ∇·(<i>p</i>·{SdeSymbols.Score}), and both terms together are −∇·((<i>f x</i> −
                ½{SdeSymbols.Diffusion}{SdeSymbols.Score})<i>p</i>): the continuity equation of points that move with <i>v</i> =
                <i>f x</i> − ½{SdeSymbols.Diffusion}{SdeSymbols.Score} and with no noise at all. Same start, same equation, same
                densities at every time. That is the proof; here is the measurement.
                """)
            .Prediction(
                Html.Of($"Halve the spacing of the grid. By how much should the residual of a true equation fall?"),
                Html.Of($"""
                    To a quarter, as central differences err with the square of the spacing. Measured powers:
                    {Numerals.Fixed(study["forward_sde"].Order, 2)} for the SDE, {Numerals.Fixed(flow.Order, 2)} for the flow.
                    """))
            .Prediction(
                Html.Of($"Leave out the ½. What is the residual on the finest grid?"),
                Html.Of($"""
                    {Numerals.Percent(whole.Rows[^1].Residual, 0)} of ∂<i>p</i>/∂<i>t</i> itself, and no finer grid will help.
                    """))
            .Figure(figures["fokker-planck"], Html.Of($"""
                Four clusters under VP at <i>t</i> = {Numerals.Fixed(study.Time, 1)}. Above: how the density changes, and what the
                flow moves there. Below: their difference on this grid, magnified, and the residuals of five equations on four grids.
                """))
            .Table(Residuals(study))
            .Finding(hold ? "The SDE and the flow obey one equation." : "A residual that should vanish stays.", $"""
                On the finest grid the flow’s residual is {Numerals.Significant(flow.Rows[^1].Residual, 2)} of
                ∂<i>p</i>/∂<i>t</i>, the SDE’s {Numerals.Significant(study["forward_sde"].Rows[^1].Residual, 2)}, the reverse
                SDE’s {Numerals.Significant(study["reverse_sde"].Rows[^1].Residual, 2)}{(hold ? ", and all three fall on" : "")}. The text’s
                derivation of the reverse SDE has the drift <i>f</i> − {SdeSymbols.Diffusion}{SdeSymbols.Score} in reversed time;
                that equation {(printed.Holds ? "holds as well" : "leaves")} a residual of
                {Numerals.Significant(printed.Rows[^1].Residual, 2)}. In reversed time both signs turn; in its last line, in
                <i>t</i>, they are right again.
                """)
            .Heading("And in samples")
            .Figure(figures["same-marginals"], Html.Of($"""
                The first coordinate of the particles of exercise 2 at four times, on the exact density.
                """))
            .Table(Marginals(data.Reverse))
            .Finding(
                worst <= ClearDifference.StandardErrors ? "No time tells them apart." : "At one time they differ.", $"""
                Of {3 * data.Reverse.Marginals.Count} distances between the SDE’s particles, the flow’s, and fresh points of
                <i>p</i><sub><i>t</i></sub>, the largest is {Numerals.Fixed(worst, 1)} times what two sets of one distribution
                show. Their paths have nothing in common, and their densities everything.
                """)
            .Commands(
                "scoregpu sample --model model.safetensors --sampler heun --steps 100 --trajectories ways.npy --every 10 --out ends.npy",
                "scoregpu sample --model model.safetensors --sampler euler-maruyama --steps 1000 --trajectories noisy-ways.npy --every 100 --out noisy-ends.npy",
                SdeCommands.Lab(data.Seed + 1));
    }

    private static PageTable Residuals(FokkerPlanckStudy study)
    {
        PageTable table = new(
        [
            Html.Text("equation"),
            .. study.Equations[0].Rows.Select(row => Html.Of($"spacing {Numerals.Significant(row.Spacing, 2)}")),
            Html.Text("power"),
        ]);
        foreach (FokkerPlanckResidual equation in study.Equations)
        {
            Html[] cells =
            [
                Html.Text(equation.Title),
                .. equation.Rows.Select(row => Html.Text(Numerals.Significant(row.Residual, 2))),
                Html.Text(Numerals.Fixed(equation.Order, 2)),
            ];
            _ = equation.Holds ? table.StrongRow(cells) : table.Row(cells);
        }

        return table;
    }

    private static PageTable Marginals(ReverseStudy study)
    {
        PageTable table = new(
        [
            Html.Of($"<i>t</i>"), Html.Of($"SDE to <i>p</i><sub><i>t</i></sub>"),
            Html.Of($"flow to <i>p</i><sub><i>t</i></sub>"), Html.Text("SDE to flow"),
            Html.Text("largest, in standard errors"),
        ]);
        foreach (MarginalRow row in study.Marginals)
        {
            table.Row(
                Html.Text(Numerals.Significant(row.Time, 3)),
                Html.Text(SdeSymbols.Distance(row.Sde)),
                Html.Text(SdeSymbols.Distance(row.Flow)),
                Html.Text(SdeSymbols.Distance(row.Between)),
                Html.Text(Numerals.Fixed(row.LargestDeviation, 1)));
        }

        return table;
    }
}
