using ScoreGpu.Viz.Labs.FlowMatching.Figures;
using ScoreGpu.Viz.Pages;

namespace ScoreGpu.Viz.Labs.FlowMatching.Text;

/// <summary>The page's last section: rectified flow.</summary>
internal static class RectifiedPart
{
    /// <summary>Writes the section.</summary>
    public static void Write(Page page, FlowMatchingData data, PageFigures figures, string lab)
    {
        IReadOnlyList<StraightenedFlow> rounds = data.Rectified.Rounds;
        StraightenedFlow before = rounds[0];
        StraightenedFlow once = rounds[1];
        StraightenedFlow last = rounds[^1];
        StraightenedFlow control = data.Rectified.Control;
        int many = data.Settings.EulerSteps[^1];
        double gain = before.Shape.Straightness / once.Shape.Straightness;
        FlowCommands commands = new(data);
        page.Section("rectified", "Rectified flow", "Straight at last: train on the flow’s own pairs")
            .Paragraph($"""
                Lines of independent pairs cross, so their mean bends. The flow itself pairs noise with data too, and its
                paths never cross at one time. Train again on straight lines between those pairs, and there is less to
                average. A round here makes {data.Settings.ReflowPairs} pairs with {data.Settings.ReflowSolverSteps} Euler
                steps each and trains for {data.Settings.ReflowTraining} steps.
                """)
            .Prediction(
                Html.Of($"How good is one Euler step after one round?"),
                Html.Of($"""
                    Squared energy distance {FlowSymbols.Energy(once.EnergyOf(1))}, after
                    {FlowSymbols.Energy(before.EnergyOf(1))} before; {many} steps have
                    {FlowSymbols.Energy(before.EnergyOf(many))} before. True samples scatter by
                    {Numerals.Fixed(data.Truth.NullError, 4)}.
                    """))
            .Prediction(
                Html.Of($"Would the same training on independent pairs have done it?"),
                Html.Of($"""
                    {(control.Shape.Straightness > 0.5 * before.Shape.Straightness ? "No" : "In part")}:
                    {FlowSymbols.Straightness} = {Numerals.Fixed(control.Shape.Straightness, 2)} after it, and one step has
                    {FlowSymbols.Energy(control.EnergyOf(1))}.
                    """))
            .Figure(figures["rectified-paths"], Html.Of($"""
                Above: paths of the trained flow from the same starts (grey) to their ends (blue), before and after each
                round. Below: samples of a single Euler step.
                """), commands.Reflow("straight.safetensors"))
            .Player(MovingFigures.Rounds(data), Html.Of($"""
                The three flows on one clock, coloured by the cluster at the end. Straightened, each particle keeps its
                direction and its speed.
                """), lab)
            .Figure(figures["rectified-quality"], Html.Of($"""
                Left: quality over Euler steps. Right: {FlowSymbols.Straightness} after each round, beside that of the exact
                flow and of as much training without the flow’s pairs.
                """), commands.Reflow("straight.safetensors"))
            .Table(Numbers(data))
            .Finding(
                gain > 10.0 ? "One round straightens nearly everything." : "One round straightens some.",
                $"""
                {FlowSymbols.Straightness} goes from {Numerals.Fixed(before.Shape.Straightness, 2)} to
                {Numerals.Significant(once.Shape.Straightness, 2)}, and after {data.Settings.Rounds} rounds it is
                {Numerals.Significant(last.Shape.Straightness, 2)}. One step goes from
                {FlowSymbols.Energy(before.EnergyOf(1))} to {FlowSymbols.Energy(once.EnergyOf(1))} and
                {FlowSymbols.Energy(last.EnergyOf(1))}{(last.EnergyOf(1) > data.Limit
                    ? ", still to be told from data"
                    : ", not to be told from data")}.
                """)
            .Finding(
                last.EnergyOf(many) - before.EnergyOf(many) > data.Truth.NullError
                    ? "It costs something where steps are many."
                    : "What it costs where steps are many is too little to be told.",
                $"""
                With {many} steps the squared energy distance is {FlowSymbols.Energy(before.EnergyOf(many))} before,
                {FlowSymbols.Energy(once.EnergyOf(many))} after one round and {FlowSymbols.Energy(last.EnergyOf(many))} after
                {data.Settings.Rounds}, and true samples scatter by {Numerals.Fixed(data.Truth.NullError, 4)}. Each round
                learns from samples of the one before, errors and all. The transport cost,
                E‖Z₁ − Z₀‖², {(last.TransportCost < before.TransportCost ? "falls" : "does not fall")}, from
                {Numerals.Fixed(before.TransportCost, 2)} to {Numerals.Fixed(once.TransportCost, 2)} and
                {Numerals.Fixed(last.TransportCost, 2)}; theory lets no round raise it.
                """)
            .Commands(
                commands.Reflow("straight.safetensors"),
                commands.Sample("straight.safetensors", "euler", 1, "one-step"),
                FlowCommands.Compare("one-step"));
    }

    private static PageTable Numbers(FlowMatchingData data)
    {
        PageTable table = new(
        [
            Html.Text("flow"), Html.Text("S"), Html.Text("S / speed²"), Html.Text("length / distance"),
            Html.Text("transport cost"),
            .. data.Settings.EulerSteps.Select(steps => Html.Text(steps == 1 ? "1 step" : $"{steps} steps")),
        ]);
        foreach (StraightenedFlow flow in data.Rectified.Rounds.Append(data.Rectified.Control))
        {
            table.Row(
            [
                Html.Text(flow.Label),
                Html.Text(Numerals.Significant(flow.Shape.Straightness)),
                Html.Text(Numerals.Significant(flow.Shape.RelativeStraightness)),
                Html.Text(Numerals.Fixed(flow.Shape.Detour, 4)),
                Html.Text(Numerals.Fixed(flow.TransportCost, 2)),
                .. flow.ByStep.Select(samples => Html.Text(FlowSymbols.Energy(samples.Score.Energy.Value))),
            ]);
        }

        return table;
    }
}
