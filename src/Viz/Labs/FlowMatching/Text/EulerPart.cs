using ScoreGpu.Viz.Labs.Text;
using ScoreGpu.Viz.Pages;

namespace ScoreGpu.Viz.Labs.FlowMatching.Text;

/// <summary>The page's third section: Euler's method with few steps on both paths.</summary>
internal static class EulerPart
{
    /// <summary>Writes the section.</summary>
    public static void Write(Page page, FlowMatchingData data, PageFigures figures)
    {
        IReadOnlyList<int> steps = data.Settings.EulerSteps;
        EulerSamples one = data.Exact("flow", "euler", steps[0]);
        EulerSamples vpOne = data.Exact("vp", "euler", steps[0]);
        int wins = steps.Count(n =>
            data.Exact("flow", "euler", n).EndError < data.Exact("vp", "euler", n).EndError);
        int winsDdim = steps.Count(n =>
            data.Exact("flow", "euler", n).EndError < data.Exact("vp", "ddim", n).EndError);
        EulerSamples most = data.Exact("flow", "euler", steps[^1]);
        EulerSamples mostTrained = data.Trained("flow", steps[^1]);
        FlowCommands commands = new(data);
        page.Section("euler", "Euler", "One step, two, five, ten, fifty")
            .Paragraph($"""
                Euler’s method takes the velocity for constant over a step. If paths were straight at constant speed it
                would need one step. Here it takes even steps from {FlowSymbols.Time} = 1 to 0, with the exact velocities
                first, so that nothing but the steps is to blame.
                """)
            .Prediction(
                Html.Of($"One exact Euler step of flow matching, from {FlowSymbols.Time} = 1 to 0. What comes out?"),
                Html.Of($"""
                    {(one.Spread < 0.01 ? "A single point" : "A cloud")}: the samples’ standard deviation is
                    {Numerals.Significant(one.Spread, 1)} (the start is a millionth short of {FlowSymbols.Time} = 1, where
                    the score no longer tells the velocity). At {FlowSymbols.Time} = 1, {Symbols.State} is all noise and
                    says nothing of {Symbols.Clean}, so the mean velocity is {Symbols.State} − E[{Symbols.Clean}], and one
                    step leads every start to the mean of the data, where there are none.
                    """))
            .Prediction(
                Html.Of($"And one exact Euler step of VP?"),
                Html.Of($"""
                    {(vpOne.Spread > 0.5 ? "The noise itself" : "Something else")}, standard deviation
                    {Numerals.Fixed(vpOne.Spread, 3)}: near {FlowSymbols.Time} = 1 VP’s velocity is next to nothing.
                    """))
            .Figure(figures["euler"], Html.Of($"""
                Samples of Euler’s method from the same starts; under each number of steps, the squared energy distance to
                data. First and third row: exact velocities. Second and fourth: trained networks.
                """), commands.Sample("flow.safetensors", "euler", steps[Math.Min(2, steps.Count - 1)], "few"))
            .Table(Numbers(data))
            .Finding(
                one.Score.IsApart ? "Straight lines in training do not make one step enough." : "One step is enough here.",
                $"""
                One step of flow matching has a squared energy distance of {FlowSymbols.Energy(one.Score.Energy.Value)};
                true samples scatter by {Numerals.Significant(data.Truth.NullError, 2)}. With {steps[^1]} steps it is
                {FlowSymbols.Energy(most.Score.Energy.Value)}.
                """)
            .Finding(
                wins == steps.Count ? "At every number of steps flow matching ends nearer than Euler on VP."
                    : wins == 0 ? "At every number of steps Euler on VP ends nearer than on flow matching."
                    : "Neither path is better at every number of steps.",
                $"""
                By the distance to where the exact ODE leads the same starts, flow matching’s Euler is ahead of VP’s at
                {wins} of {steps.Count} numbers of steps, and ahead of DDIM on VP at {winsDdim}. All three are of first
                order: their errors fall about {Numerals.Fixed(
                    EulerStudy.LastGain(data, "flow", "euler"), 1)},
                {Numerals.Fixed(EulerStudy.LastGain(data, "vp", "euler"), 1)} and
                {Numerals.Fixed(EulerStudy.LastGain(data, "vp", "ddim"), 1)} times from {steps[^2]} to {steps[^1]} steps.
                With the trained networks of the next section {steps[^1]} steps have
                {FlowSymbols.Energy(mostTrained.Score.Energy.Value)} (flow) and
                {FlowSymbols.Energy(data.Trained("vp", steps[^1]).Score.Energy.Value)} (VP).
                """)
            .Commands(
                commands.Sample("flow.safetensors", "euler", 10, "euler-flow"),
                commands.Sample("vp.safetensors", "euler", 10, "euler-vp"),
                FlowCommands.Compare("euler-flow"))
            .Paragraph($"""
                (<code>flow.safetensors</code> and <code>vp.safetensors</code> lie beside this page. The command starts the
                straight path at {FlowSymbols.Time} = 0.999, and on VP its steps are even in ln(α/σ).)
                """);
    }

    private static PageTable Numbers(FlowMatchingData data)
    {
        PageTable table = new(
        [
            Html.Text("steps"), Html.Text("flow, Euler: off by"), Html.Text("VP, Euler"), Html.Text("VP, DDIM"),
            Html.Text("flow, Euler: energy distance²"), Html.Text("VP, Euler"), Html.Text("VP, DDIM"),
            Html.Text("flow network"), Html.Text("VP network"),
        ]);
        foreach (int steps in data.Settings.EulerSteps)
        {
            EulerSamples flow = data.Exact("flow", "euler", steps);
            EulerSamples vp = data.Exact("vp", "euler", steps);
            EulerSamples ddim = data.Exact("vp", "ddim", steps);
            table.Row(
                Html.Of($"{steps}"),
                Html.Text(Numerals.Fixed(flow.EndError, 3)),
                Html.Text(Numerals.Fixed(vp.EndError, 3)),
                Html.Text(Numerals.Fixed(ddim.EndError, 3)),
                Html.Text(FlowSymbols.Energy(flow.Score.Energy.Value)),
                Html.Text(FlowSymbols.Energy(vp.Score.Energy.Value)),
                Html.Text(FlowSymbols.Energy(ddim.Score.Energy.Value)),
                Html.Text(FlowSymbols.Energy(data.Trained("flow", steps).Score.Energy.Value)),
                Html.Text(FlowSymbols.Energy(data.Trained("vp", steps).Score.Energy.Value)));
        }

        return table;
    }
}
