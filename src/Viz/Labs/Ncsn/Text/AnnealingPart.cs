using ScoreGpu.Engine.Data;
using ScoreGpu.Viz.Pages;
using ScoreGpu.Viz.Pages.Interactive;

namespace ScoreGpu.Viz.Labs.Ncsn.Text;

/// <summary>The page's third section: annealed against single-level Langevin dynamics.</summary>
internal static class AnnealingPart
{
    /// <summary>Writes the section.</summary>
    public static void Write(Page page, NcsnData data, PageFigures figures)
    {
        AnnealingStudy study = data.Annealing;
        NcsnCommands commands = new(data);
        LangevinRun annealed = study["annealed_learned"];
        LangevinRun single = study["single_exact"];
        LangevinRun stuck = study["single_from_one_mode"];
        PageSection section = page.Section("annealing", "Annealing", "Down through the levels, or at one of them?")
            .Paragraph($"""
                Langevin dynamics walks uphill and shakes: <i>x</i>′ = <i>x</i> + ½<i>α</i>·<i>s</i>(<i>x</i>) +
                √<i>α</i>·<i>z</i>. Annealed, it starts at N(0, <i>σ</i>₁²·I), takes {data.Settings.StepsPerLevel} steps
                at each level from the largest down, and hands on its last state:
                """)
            .Formula($"""
                <i>α</i><sub><i>i</i></sub> = <i>ε</i>·<i>σ<sub>i</sub></i>² / <i>σ</i><sub><i>L</i></sub>², <i>ε</i> =
                {Html.Text(Numerals.Significant(study.SmallAlpha, 1))}
                """)
            .Paragraph($"""
                Its rival stays at the smallest level with as many steps. A fair step size for it is one as large for the
                width of a mode as the annealed ones are at first, <i>α</i> =
                {Numerals.Significant(study.OneLevelAlpha, 2)}.
                """)
            .Prediction(
                Html.Of($"Both start from N(0, {LevelText.Sigma(data.Levels[0].Sigma)}²·I). Which of them finds all eight modes?"),
                Html.Of($"""
                    {(single.ModesReached == 8 && annealed.ModesReached == 8
                        ? "Both. The start is as wide as the ring and as round, so that equal parts of it lie around each mode"
                        : "Look at the table")}: {annealed.ModesReached} and {single.ModesReached} modes, with the exact score
                    for the rival. To see a difference, start elsewhere, or make the modes unlike.
                    """))
            .Player(Frames(data), Html.Of($"""
                The same {data.Settings.Particles} starts, annealed with the network on the left and at the smallest level
                with the exact score on the right. On the left the crowd stays together until the modes part, and then
                settles; on the right each particle runs for the nearest mode and stays.
                """))
            .Figure(figures["samples"], Html.Of($"""
                Samples of {annealed.Evaluations} steps; crosses are the centres of the data.
                """))
            .Table(Table(study.Runs))
            .Paragraph($"""
                A mode counts as reached with half of its share; outliers are more than 4 standard deviations (0.4) from every
                mode; <i>p</i> is the chance of shares so uneven if the weights are right; the last column is the squared energy
                distance to fresh data, with a standard error of
                {Numerals.Fixed(study["annealed_learned"].Energy.StandardError, 4)} in the first row.
                """)
            .Figure(figures["shares"], Html.Of($"""
                The share of each mode. Left: all modes weigh the same. Right: they weigh 3 to 1 in turns, and the score
                is the exact one of that density.
                """))
            .Table(Table(study.Uneven));
        Verdicts(section, data, stuck);
        section
            .Figure(figures["fate"], Html.Of($"""
                Left: at the end of each level, the share of samples that are nearest to the mode where they will end;
                one in eight is chance. Right: the mean time of a hop to the neighbouring mode, in steps of the
                level, from the density alone.
                """));
        Fate(section, data);
        Empty(section, data);
        section.Commands(
            commands.Sample("", "annealed"),
            NcsnCommands.Compare("annealed"),
            commands.Sample(" --steps 400", "slower"),
            commands.Sample(" --sampler edm", "edm"));
    }

    private static void Verdicts(PageSection section, NcsnData data, LangevinRun stuck)
    {
        AnnealingStudy study = data.Annealing;
        LangevinRun network = study["annealed_learned"];
        LangevinRun exact = study["annealed_exact"];
        LangevinRun again = study["annealed_from_one_mode"];
        LangevinRun unevenSingle = study["uneven_single"];
        LangevinRun uneven = study["uneven_annealed"];
        LangevinRun lone = study["single_learned"];
        LangevinRun blurred = study["single_merged_level"];
        LangevinRun edm = study["edm"];
        section
            .Finding(
                stuck.ModesReached < again.ModesReached
                    ? "One level never leaves its mode; annealing forgets where it began." : "Both leave their mode.",
                $"""
                Started at the centre of one mode, the walk at <i>σ</i> = {LevelText.Sigma(data.Levels[^1].Sigma)} has
                {stuck.ModesReached} of 8 modes after {stuck.Evaluations} steps, with
                {Numerals.Percent(stuck.GreatestShare)} of the samples in the first; the annealed walk has
                {again.ModesReached}. With the same noise its samples
                {(study.StartDifference == 0.0
                    ? "are those of the wide start to the last digit"
                    : $"differ from those of the wide start by {Numerals.Significant(study.StartDifference, 1)} at most")}:
                the first levels
                {(study.StartDifference < 0.01 ? "wipe out the start altogether" : "do not wipe out every start")}.
                """)
            .Finding(
                unevenSingle.IsBalanced ? "Weights are hard to tell here." : "Where a walk never hops, weights are lost.",
                $"""
                On the ring with weights 3 : 1 the walk at one level leaves shares of
                {Numerals.Percent(unevenSingle.LeastShare)} to {Numerals.Percent(unevenSingle.GreatestShare)} (<i>χ</i>² =
                {Numerals.Fixed(unevenSingle.Shares.Statistic, 0)}, <i>p</i> {LevelText.PValue(unevenSingle.Shares.PValue)}):
                a mode gets what lies around it at the start, whatever it weighs. Its right shares on the even ring were
                the start’s merit. Annealed: <i>χ</i>² = {Numerals.Fixed(uneven.Shares.Statistic, 1)}, <i>p</i>
                {LevelText.PValue(uneven.Shares.PValue)},
                {(uneven.IsBalanced
                    ? "not to be told from the weights"
                    : "close, but still not the weights: the levels at which hops are fast are too few steps long")}.
                """)
            .Finding(
                network.IsApart ? "The network’s samples can be told from data." : "The network’s samples pass for data.",
                $"""
                Annealed with the network: {network.ModesReached} modes, shares from
                {Numerals.Percent(network.LeastShare)} to {Numerals.Percent(network.GreatestShare)} (<i>p</i>
                {LevelText.PValue(network.Shares.PValue)}; exact score, same noise: {LevelText.PValue(exact.Shares.PValue)}),
                {Numerals.Percent(network.Modes.OutlierShare, 2)} outliers, energy distance
                {Numerals.Fixed(network.Energy.Value, 4)} where two sets of data have
                ±{Numerals.Fixed(network.Energy.NullError, 4)}. At one level the network’s shares have <i>p</i>
                {LevelText.PValue(lone.Shares.PValue)}{(lone.IsBalanced
                    ? ""
                    : ": between and beyond the modes it has seen no data at this level, and leads starts from there "
                        + "astray")}. A larger level alone, <i>σ</i> =
                {LevelText.Sigma(data.Levels[study.MergedLevel].Sigma)}, hops freely and leaves
                {Numerals.Percent(blurred.Modes.OutlierShare, 0)} of its samples outside every mode: it samples the
                blurred data. And Langevin steps are dear: Heun’s method of EDM, on the same network, needs
                {edm.Evaluations} evaluations in place of {network.Evaluations} for an energy distance of
                {Numerals.Fixed(edm.Energy.Value, 4)}, with {Numerals.Percent(edm.Modes.OutlierShare, 2)} outliers.
                """);
    }

    private static void Fate(PageSection section, NcsnData data)
    {
        AnnealingStudy study = data.Annealing;
        int[] levels = [.. Enumerable.Range(0, data.Levels.Count)];
        int decided = levels.FirstOrDefault(i => study.Decided[i] >= 0.9, levels[^1]);
        int lastFast = levels.LastOrDefault(i => study.HopSteps[i] <= data.Settings.StepsPerLevel);
        section.Finding("A mode is chosen where hops become too slow.", $"""
            At <i>σ</i> = {LevelText.Sigma(data.Levels[lastFast].Sigma)} a hop takes
            {Numerals.Significant(study.HopSteps[lastFast], 2)} steps, and the level has
            {data.Settings.StepsPerLevel}; one level on it takes
            {Numerals.Significant(study.HopSteps[Math.Min(lastFast + 1, levels[^1])], 2)}, and at the last level
            {Numerals.Significant(study.HopSteps[^1], 2)}. Accordingly
            {Numerals.Percent(study.Decided[decided], 0)} of the samples are where they will stay after <i>σ</i> =
            {LevelText.Sigma(data.Levels[decided].Sigma)}, and {Numerals.Percent(study.Decided[lastFast], 0)} after
            <i>σ</i> = {LevelText.Sigma(data.Levels[lastFast].Sigma)}. Whoever wants the right weights spends steps there.
            """);
    }

    private static void Empty(PageSection section, NcsnData data)
    {
        EmptyRegion onRing = data.Empty.First(row => row.Radius.Equals(5.0));
        EmptyRegion far = data.Empty[^1];
        EmptyRegion inside = data.Empty[0];
        bool isUnknown = far.MedianError > 2.0 * data.Levels[^1].RelativeError;
        PageTable table = new(
        [
            Html.Text("radius"), Html.Text("mean ‖exact‖"), Html.Text("mean ‖network‖"), Html.Text("mean cosine"),
            Html.Text("median relative error"),
        ]);
        foreach (EmptyRegion row in data.Empty)
        {
            table.Row(
                Html.Text(Numerals.Fixed(row.Radius, 1)),
                Html.Text(Numerals.Fixed(row.ExactSize, 1)),
                Html.Text(Numerals.Fixed(row.LearnedSize, 1)),
                Html.Text(Numerals.Fixed(row.Cosine, 3)),
                Html.Text(Numerals.Percent(row.MedianError, 0)));
        }

        section
            .Heading("Where there are no data")
            .Paragraph($"""
                Is the score weak far from the data? On circles around the origin, at <i>σ</i> =
                {LevelText.Sigma(data.Levels[^1].Sigma)}:
                """)
            .Table(table)
            .Finding(isUnknown ? "Not weak, but unknown." : "Not weak.", $"""
                At radius {Numerals.Fixed(far.Radius, 0)}, where there are no data at this level, the exact score has a mean
                size of {Numerals.Fixed(far.ExactSize, 1)}, on the ring {Numerals.Fixed(onRing.ExactSize, 1)}: the slope of a
                logarithm grows with the distance. {(isUnknown ? "What is wrong there is the network" : "The network knows it")}:
                its median error is
                {Numerals.Percent(far.MedianError, 0)} at radius {Numerals.Fixed(far.Radius, 0)} and
                {Numerals.Percent(inside.MedianError, 0)} at radius {Numerals.Fixed(inside.Radius, 0)}, against
                {Numerals.Percent(data.Levels[^1].RelativeError, 0)} where the data are. At this level training never asks
                there; at the large ones it does.
                """);
    }

    private static PageTable Table(IReadOnlyList<LangevinRun> runs)
    {
        PageTable table = new(
            [
                Html.Text("sampler"), Html.Text("score"), Html.Text("start"), Html.Text("steps"),
                Html.Text("modes"), Html.Text("shares"), Html.Of($"<i>χ</i>²"), Html.Of($"<i>p</i>"),
                Html.Text("outliers"), Html.Text("std"), Html.Text("energy²"),
            ],
            textColumns: 3);
        foreach (LangevinRun run in runs)
        {
            Html[] cells =
            [
                Html.Text(run.Sampler),
                Html.Text(run.Score),
                Html.Text(run.Start),
                Html.Of($"{run.Evaluations}"),
                Html.Of($"{run.ModesReached}"),
                Html.Text($"{Numerals.Percent(run.LeastShare)} – {Numerals.Percent(run.GreatestShare)}"),
                Html.Text(Numerals.Fixed(run.Shares.Statistic, 1)),
                Html.Text(run.Shares.PValue < 1e-4 ? "< 0.0001" : Numerals.Significant(run.Shares.PValue, 2)),
                Html.Text(Numerals.Percent(run.Modes.OutlierShare, 2)),
                Html.Text(Numerals.Fixed(run.MeanStd, 3)),
                Html.Text(Numerals.Fixed(run.Energy.Value, 4)),
            ];
            if (run.Key == "annealed_learned")
            {
                table.StrongRow(cells);
            }
            else
            {
                table.Row(cells);
            }
        }

        return table;
    }

    private static ParticleFrames Frames(NcsnData data)
    {
        Motion motion = data.Motion;
        return new ParticleFrames(
            "Particles of annealed Langevin dynamics beside those of Langevin dynamics at one level.",
            PlaneView.Square(Motion.Reach),
            [
                .. motion.FrameSteps.Zip(
                    motion.FrameLevels, (step, sigma) => $"step {Numerals.Count(step)}, σ = {LevelText.Sigma(sigma)}"),
            ],
            Series("annealed, network", motion.Annealed),
            Series("σ = 0.01 alone, exact score", motion.Single))
        {
            Parameter = "Step",
            Marks = Figures.NcsnFigures.Centres,
        };

        // A particle that is lost stays far out of sight.
        static float Held(float value) => float.IsFinite(value) ? value : 1e3f * (float)Motion.Reach;

        static ParticleSeries Series(string title, IReadOnlyList<float[]> frames)
        {
            // Coloured by the mode where each one ends.
            float[] last = frames[^1];
            byte[] groups = new byte[last.Length / 2];
            for (int i = 0; i < groups.Length; i++)
            {
                groups[i] = (byte)(NamedMixtures.Ring8.NearestMode([last[2 * i], last[(2 * i) + 1]])
                    % Theme.PaletteSize);
            }

            return new ParticleSeries(title, [.. frames.SelectMany(frame => frame.Select(Held))]) { Groups = groups };
        }
    }
}
