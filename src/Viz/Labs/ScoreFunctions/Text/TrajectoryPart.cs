using ScoreGpu.Viz.Labs.ScoreFunctions.Figures;
using ScoreGpu.Viz.Labs.Text;
using ScoreGpu.Viz.Pages;

namespace ScoreGpu.Viz.Labs.ScoreFunctions.Text;

/// <summary>The page's fourth exercise, first half: two ways from noise to data.</summary>
internal static class TrajectoryPart
{
    /// <summary>Writes the first half of the section and returns it.</summary>
    public static PageSection Write(Page page, ScoreFunctionsData data, PageFigures figures)
    {
        TrajectoryPairs pairs = data.Pairs;
        int count = pairs.Starts.Length / 2;
        LabCommands commands = new(data);
        int several = pairs.ModesFromOneStart.Count(modes => modes > 1);
        return page.Section("paths", "Exercise 4", "Two ways from noise to data")
            .Paragraph($"""
                With the score one can walk back from noise to data in two ways. The reverse SDE (DDPM) takes a step
                and adds fresh noise; the probability-flow ODE (DDIM) takes the step alone. In the limit of small steps
                both pass through the same distributions, on different paths. Unless something else is said, the
                samples are the second model’s.
                """)
            .Formula($"SDE: <i>x</i>′ = (<i>x</i> − <i>β</i>·<i>ε</i><sub><i>θ</i></sub> / {Symbols.RootOfRest}) / "
                + $"√<span class=\"root\"><i>α</i></span> + √<span class=\"root\"><i>β</i></span>·<i>z</i>")
            .Formula($"ODE: <i>x</i>′ = √<span class=\"root\"><i>ᾱ</i>′</span>·<i>x̂</i><sub>0</sub> + "
                + $"√<span class=\"root\">1 − <i>ᾱ</i>′</span>·<i>ε</i><sub><i>θ</i></sub>")
            .Prediction(
                Html.Of($"Run each twice from the same {count} starts. Which ends agree?"),
                Html.Of($"""
                    The ODE’s: {(pairs.OdeIsBitEqual
                        ? "every state of both runs has the same bits"
                        : $"the largest difference is {Numerals.Significant(pairs.OdeLargestDifference)}")}. The SDE’s
                    ends lie {Numerals.Fixed(pairs.SdeDistance, 2)} apart on average, as its noise is new. (Given the
                    same seed for that noise too, the SDE repeats itself as exactly.)
                    """))
            .Prediction(
                Html.Of($"Which of the two makes more diverse samples from one start?"),
                Html.Of($"""
                    The SDE; the ODE makes exactly one. In {pairs.RunsFromOneStart} runs from each of the {count}
                    starts the SDE reached more than one cluster (each with 5 % of the runs or more) from {several} of
                    them.
                    """))
            .Figure(figures["trajectories"], Html.Of($"""
                {count} paths from N(0, 4·I), every {data.Settings.RecordEvery}th state. Discs are starts, squares are
                ends. Below, the ends of two runs; dashes join the same start’s.
                """),
                commands.Paths("ddim", "starts.npy", 0, "ode.npy", "ode-ends.npy"))
            .Table(new PageTable([Html.Text(""), Html.Text("SDE"), Html.Text("ODE")])
                .Row(
                    Html.Text("mean distance between the ends of two runs"),
                    Html.Text(Numerals.Fixed(pairs.SdeDistance, 3)),
                    Html.Text(pairs.OdeIsBitEqual ? "0, to the bit" : Numerals.Significant(pairs.OdeLargestDifference)))
                .Row(
                    Html.Text("path length / distance from start to end"),
                    Html.Text(Numerals.Fixed(pairs.SdeDetour, 2)),
                    Html.Text(Numerals.Fixed(pairs.OdeDetour, 2)))
                .Row(
                    Html.Of($"time for {data.Settings.Crowd} trajectories"),
                    Html.Text(Numerals.Seconds(data.SdeCrowd.Elapsed)),
                    Html.Text(Numerals.Seconds(data.OdeCrowd.Elapsed))))
            .Player(
                MovingFigures.Clouds(data),
                Html.Of($"""
                    {data.Clouds.SdeEnds.Length} particles from the same true {Symbols.Last}, coloured by the cluster
                    where they end. Look for borders between the colours in the first frame, then play. No two paths of
                    the ODE meet at one time, so there each colour has a region of its own:
                    {Numerals.Percent(data.Clouds.OdeKept)} of the particles end in the cluster that was nearest to
                    their start. With the SDE’s noise it is {Numerals.Percent(data.Clouds.SdeKept)}.
                    """),
                commands.Paths("ddim", "x_T.npy", data.Seed, "flow.npy", "flow-ends.npy", data.Settings.MovingEvery))
            .Figure(figures["trajectory-density"], Html.Of($"""
                {data.Settings.Crowd} trajectories each, from the same starts: above, the ink of their paths in the
                plane; below, the first coordinate over the steps. The SDE forgets where it came from. No two of the
                ODE’s paths meet at one time, so each cluster is fed by a region of its own.
                """))
            .Commands(
                commands.Paths("ddpm", "starts.npy", 1, "sde.npy", "sde-ends.npy"),
                commands.Paths("ddpm", "starts.npy", 2, "sde-again.npy", "sde-again-ends.npy"),
                commands.Paths("ddim", "starts.npy", 0, "ode.npy", "ode-ends.npy"));
    }
}
