using ScoreGpu.Viz.Labs.Text;
using ScoreGpu.Viz.Pages;

namespace ScoreGpu.Viz.Labs.Ncsn.Text;

/// <summary>The page's fourth section: the step size.</summary>
internal static class StepPart
{
    /// <summary>Writes the section.</summary>
    public static void Write(Page page, NcsnData data, PageFigures figures)
    {
        StepSizeStudy study = data.StepSizes;
        StepSize small = study.TooSmall;
        StepSize large = study.TooLarge;
        StepSize usual = study.Usual;
        NcsnCommands commands = new(data);
        PageSection section = page.Section("steps", "The step size", "Too small, too large, and why it falls with σ²")
            .Paragraph($"""
                Where the density is a Gaussian of variance <i>V</i>, a step takes the factor 1 − <i>α</i>/(2<i>V</i>) off
                a walker’s offset and adds noise of variance <i>α</i>. Around a mode <i>V</i> is <i>σ</i>² + 0.4². Below
                −1 the factor makes each step overshoot further than the last: steps must stay below 4<i>V</i>, at every
                level.
                """)
            .Prediction(
                Html.Of($"""
                    The usual <i>ε</i> is {Html.Text(CommandText.Rate(usual.Eps))}. How many times larger may it be before
                    the samples are lost?
                    """),
                Html.Of($"""
                    By the formula {Numerals.Significant(study.Limit / usual.Eps, 2)} times (<i>ε</i> =
                    {CommandText.Rate(study.Limit)}). The largest tried value with less than 1 % outliers is
                    {CommandText.Rate(study.LargestGood.Learned)} with the network, and
                    {CommandText.Rate(study.LargestGood.Exact)} with the exact score.
                    """))
            .Figure(figures["step-clouds"], Html.Of($"""
                {data.Settings.StepSizeSamples} samples of the network with three values of <i>ε</i>.
                """))
            .Figure(figures["step-size"], Html.Of($"""
                Above: how far the samples are from the nearest centre, and how many belong to no mode, over <i>ε</i>. The
                dashed line is the formula for one mode alone. Below, for the usual <i>ε</i>: the step against the variance
                of a mode with noise, which is what the curvature is; and the share of an offset that a level’s
                {data.Settings.StepsPerLevel} steps take away.
                """))
            .Table(Sizes(study));
        Verdicts(section, data, small, large);
        section
            .Heading("The same step everywhere, and half a step")
            .Table(Terms(study))
            .Commands(
                commands.Sample($" --step-size {CommandText.Rate(small.Eps)}", "small"),
                commands.Sample($" --step-size {CommandText.Rate(2.5 * usual.Eps)}", "larger"),
                commands.Sample(" --denoise", "denoised"));
        TermVerdicts(section, study);
    }

    private static void Verdicts(PageSection section, NcsnData data, StepSize small, StepSize large)
    {
        StepSizeStudy study = data.StepSizes;
        LangevinRun oneLevel = data.Annealing["single_exact"];
        StepSize usual = study.Usual;
        (double learned, double exact) = study.LargestGood;
        LevelStep last = study.Levels[^1];
        int asleep = study.Levels.Count(level => level.Forgotten < 0.5);
        section
            .Finding("Too small: the walk does not arrive.", $"""
                With <i>ε</i> = {CommandText.Rate(small.Eps)}, {Numerals.Percent(small.Learned.OutlierShare, 0)} of the
                samples belong to no mode, and not for the network’s sake
                ({Numerals.Percent(small.Exact.OutlierShare, 0)} with the exact score).
                """)
            .Finding(
                learned < exact
                    ? "Too large: the network gives in before the steps do." : "Too large: the steps overshoot.",
                $"""
                With <i>ε</i> = {CommandText.Rate(large.Eps)}, the network loses
                {Numerals.Percent(large.Learned.LostShare, 0)} of its samples, the exact score
                {Numerals.Percent(large.Exact.LostShare, 0)}.
                {(learned < exact
                    ? "Large steps spread the walkers beyond where the network has seen data; the exact score calls them "
                        + "back in proportion to their distance, the network does not."
                    : "")}
                {(learned < exact && exact > study.Limit
                    ? "The exact score even survives steps above the limit: it overshoots at the first levels, where the "
                        + "limit is tight, and the last ones, whose steps are small for the width of a mode, bring the walkers home."
                    : "")}
                """)
            .Finding("The step falls faster than the curvature grows.", $"""
                <i>α</i> ∝ <i>σ</i>² is said to keep the step constant against the curvature, which grows as 1/<i>σ</i>².
                It does for <i>σ</i> well above 0.4. Below, the curvature is 1/(<i>σ</i>² + 0.4²) and stops growing:
                <i>α</i>/<i>V</i> is {Numerals.Significant(study.Levels[0].AlphaOverVariance, 2)} at first and
                {Numerals.Significant(last.AlphaOverVariance, 2)} at the end, and {asleep} of {study.Levels.Count} levels
                take away less than half of an offset, the last one {Numerals.Percent(last.Forgotten, 2)}. So the samples
                keep the spread of a level where steps still worked: {Numerals.Fixed(usual.Exact.RootMeanSquare, 3)} with
                the exact score, {Numerals.Fixed(usual.PredictedStd, 3)} by the formula,
                {Numerals.Fixed(usual.Learned.RootMeanSquare, 3)} with the network, where the data have 0.4. Data on
                points or thin sheets, as images are, have no such width.
                """)
            .Finding("And a step of any size has a bias.", $"""
                Steps without a correction settle at the variance <i>V</i>/(1 − <i>α</i>/(4<i>V</i>)), not at <i>V</i>. For
                the run at one level with <i>α</i> = {Numerals.Significant(data.Annealing.OneLevelAlpha, 2)} that is a
                standard deviation of {Numerals.Fixed(data.Annealing.BiasedStd, 4)}; its samples have
                {Numerals.Fixed(oneLevel.MeanStd, 4)}.
                """);
    }

    private static void TermVerdicts(PageSection section, StepSizeStudy study)
    {
        TermRun drift = study.OneTerm[0];
        TermRun noise = study.OneTerm[1];
        section.Finding("Each term alone is no sampler.", $"""
            Without noise all walkers end on the centres: they are
            {Numerals.Significant(drift.Spread.RootMeanSquare, 1)} away in place of 0.4, and the samples have no spread.
            Without the score they drift apart without end: {Numerals.Fixed(noise.Spread.RootMeanSquare, 1)} away,
            {Numerals.Percent(noise.Spread.OutlierShare, 0)} outside every mode.
            """);
    }

    private static PageTable Sizes(StepSizeStudy study)
    {
        PageTable table = new(
        [
            Html.Of($"<i>ε</i>"), Html.Text("spread, network"), Html.Text("spread, exact score"),
            Html.Text("by formula"), Html.Text("outliers, network"), Html.Text("outliers, exact score"),
        ]);
        foreach (StepSize size in study.Sizes)
        {
            Html[] cells =
            [
                Html.Text(CommandText.Rate(size.Eps)),
                Html.Text(Numerals.Fixed(size.Learned.RootMeanSquare, 3)),
                Html.Text(Spread(size.Exact)),
                Html.Text(Numerals.Significant(size.PredictedStd, 3)),
                Html.Text(Numerals.Percent(size.Learned.OutlierShare)),
                Html.Text(Numerals.Percent(size.Exact.OutlierShare)),
            ];
            if (size == study.Usual)
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

    private static string Spread(ModeSpread spread) => Numerals.Significant(spread.RootMeanSquare, 3);

    private static PageTable Terms(StepSizeStudy study)
    {
        PageTable table = new(
            [
                Html.Text("exact score"), Html.Of($"<i>α</i>"), Html.Text("spread (0.4)"), Html.Text("outliers"),
                Html.Text("lost"),
            ]);
        string[] names = ["same α at every level: the last level’s", "same α: for one mode’s width", "same α: the first level’s"];
        foreach ((TermRun run, string name) in study.Constant.Zip(names))
        {
            Add(name, run);
        }

        Add("one level, without noise", study.OneTerm[0]);
        Add("one level, without score", study.OneTerm[1]);
        return table;

        void Add(string name, TermRun run) => table.Row(
            Html.Text(name),
            Html.Text(Numerals.Significant(run.Alpha, 2)),
            Html.Text(Spread(run.Spread)),
            Html.Text(Numerals.Percent(run.Spread.OutlierShare)),
            Html.Text(Numerals.Percent(run.Spread.LostShare)));
    }
}
