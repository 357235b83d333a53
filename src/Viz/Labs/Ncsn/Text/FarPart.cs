using ScoreGpu.Viz.Pages;

namespace ScoreGpu.Viz.Labs.Ncsn.Text;

/// <summary>The page's fifth section: Langevin dynamics between far modes.</summary>
internal static class FarPart
{
    /// <summary>Writes the section.</summary>
    public static void Write(Page page, NcsnData data, PageFigures figures)
    {
        FarModes far = data.Far;
        ModePair near = far.Pairs[0];
        ModePair ring = far.Pairs[^1];
        ModePair? fooled = far.Pairs.FirstOrDefault(pair =>
            pair.OneSide.RankSplitRHat < ModePair.RHatLimit && pair.LeftShare > 0.9);
        int steps = data.Settings.ChainSteps;
        page.Section("far-modes", "Far modes", "How long a walk takes from mode to mode")
            .Paragraph($"""
                Two modes of equal weight on a line, the exact score, and chains of {steps} steps, of which
                {data.Settings.Chains} start on the left and {data.Settings.Chains / 2} on the right. All that changes is the distance. How long a hop takes is
                known: it is the mean first-passage time, an integral over the density alone,
                """)
            .Formula($"""
                <i>T</i>(<i>a</i> → <i>b</i>) = ∫<sub><i>a</i></sub><sup><i>b</i></sup> <i>P</i>(<i>y</i>)/<i>p</i>(<i>y</i>)
                d<i>y</i>, in steps <i>T</i>/<i>η</i>
                """)
            .Prediction(
                Html.Of($"A hop over a distance of 4 standard deviations takes some hundreds of steps. And over 8?"),
                Html.Of($"""
                    {Numerals.Count((long)Math.Round(At(4).ExpectedStepsPerHop))} steps and
                    {Numerals.Count((long)Math.Round(At(8).ExpectedStepsPerHop))}: the time grows as
                    exp(<i>d</i>²/8<i>s</i>²), with the density between the modes.
                    """))
            .Figure(figures["far-paths"], Html.Of($"""
                One chain at each of three distances; the lines are the centres.
                """))
            .Figure(figures["far-modes"], Html.Of($"""
                Left: the steps of a hop by first-passage time, and as {data.Settings.Chains * 3 / 2} chains took them
                (dots; none where no chain hopped). Right: how far <i>R̂</i>, which compares chains with one another, is
                from 1, for {data.Settings.Chains} chains of which half start in each mode, and for
                {data.Settings.Chains} that all start on the left.
                """))
            .Table(Table(far))
            .Finding("Exponentially long: the time is in the valley.", $"""
                From {Numerals.Fixed(near.Distance, 0)} to {Numerals.Fixed(At(8).Distance, 0)} standard deviations the
                expected steps of a hop rise from {Numerals.Significant(near.ExpectedStepsPerHop, 2)} to
                {Numerals.Significant(At(8).ExpectedStepsPerHop, 2)}; the chains took
                {Numerals.Significant(near.StepsPerHop, 2)} and {Numerals.Significant(At(8).StepsPerHop, 2)}. Neighbours
                on the ring are {Numerals.Fixed(ring.Distance, 1)} standard deviations apart: one hop in
                {Numerals.Significant(ring.ExpectedStepsPerHop, 2)} steps, and {ring.Hops} in the
                {Numerals.Significant((double)steps * data.Settings.Chains * 1.5, 2)} steps of all chains together. (Steps
                are not small at {Numerals.Fixed(near.Distance, 0)} standard deviations, where the chains take a little
                longer than the formula for a walk in continuous time.)
                """)
            .Finding(
                fooled is null ? "R̂ saw what was missing." : "A good R̂ does not mean that all modes were found.",
                $"{OneSided(fooled)}")
            .Commands(
                "scoregpu train --data two-gaussians --process dsm --sigma 0.5 --batch 256 --lr 1e-3 --out far.safetensors",
                "scoregpu sample --model far.safetensors --count 64 --steps 4000 --trajectories far-paths.npy --every 10"
                + " --out far.npy",
                "scoregpu compare far.npy --to two-gaussians --chains far-paths.npy",
                "scoregpu train --data two-gaussians --process dsm --sigma 1.5 --batch 256 --lr 1e-3 --out merged.safetensors");

        ModePair At(double distance) => far.Pairs.First(pair => pair.Distance.Equals(distance));
    }

    private static Html OneSided(ModePair? fooled) => fooled is null
        ? Html.Of($"""
            Wherever chains that started in one mode had not mixed, their <i>R̂</i> was above
            {Numerals.Fixed(ModePair.RHatLimit, 2)}.
            """)
        : Html.Of($"""
            At {Numerals.Fixed(fooled.Distance, 1)} standard deviations the chains from one mode have <i>R̂</i> =
            {Numerals.Fixed(fooled.OneSide.RankSplitRHat, 4)} and an effective sample size of
            {Numerals.Count((long)Math.Round(fooled.OneSide.Ess))}, while {Numerals.Percent(fooled.LeftShare)} of their
            states are on the left. They agree because hardly one of them has been anywhere else. Chains that start in both
            modes say it: <i>R̂</i> = {Numerals.Fixed(fooled.BothSides.RankSplitRHat, 2)}, effective sample size
            {Numerals.Count((long)Math.Round(fooled.BothSides.Ess))}.
            """);

    private static PageTable Table(FarModes far)
    {
        PageTable table = new(
        [
            Html.Text("distance / std"), Html.Text("hops"), Html.Text("expected"), Html.Text("steps a hop"),
            Html.Text("expected"), Html.Text("R̂, both modes"), Html.Text("ESS"), Html.Text("R̂, one mode"),
            Html.Text("ESS"), Html.Text("on the left"),
        ]);
        foreach (ModePair pair in far.Pairs)
        {
            table.Row(
                Html.Text(Numerals.Fixed(pair.Distance, 1)),
                Html.Of($"{pair.Hops}"),
                Html.Text(Numerals.Fixed(pair.ExpectedHops, 1)),
                Html.Text(Numerals.Significant(pair.StepsPerHop, 3)),
                Html.Text(Numerals.Significant(pair.ExpectedStepsPerHop, 3)),
                Html.Text(Numerals.Fixed(pair.BothSides.RankSplitRHat, 3)),
                Html.Text(Numerals.Fixed(pair.BothSides.Ess, 0)),
                Html.Text(Numerals.Fixed(pair.OneSide.RankSplitRHat, 3)),
                Html.Text(Numerals.Fixed(pair.OneSide.Ess, 0)),
                Html.Text(Numerals.Percent(pair.LeftShare)));
        }

        return table;
    }
}
