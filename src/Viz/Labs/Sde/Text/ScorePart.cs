using ScoreGpu.Viz.Pages;

namespace ScoreGpu.Viz.Labs.Sde.Text;

/// <summary>The page's first section: what is true of every score.</summary>
internal static class ScorePart
{
    /// <summary>Writes the section.</summary>
    public static void Write(Page page, SdeData data, PageFigures figures)
    {
        ScoreProperties properties = data.Properties;
        ScoreMoments clean = properties.Moments[0];
        ScoreMoments merged = properties.Moments.First(moments => moments.Time > properties.MergingTime);
        PageSection section = page.Section("score", "Score", "What is true of every score")
            .Paragraph($"""
                The score {SdeSymbols.Score} = ∇ log <i>p</i> is all that a diffusion model learns, and three things
                hold for every one of them. Its mean over its own density is zero. The mean of its products is the
                Fisher information, and so is the mean curvature of −log <i>p</i>. And it knows the mean of the clean
                data behind every noisy point.
                """)
            .Formula($"E[{SdeSymbols.Score}] = 0, E[{SdeSymbols.Score}{SdeSymbols.Score}<sup>T</sup>] = −E[∇∇<sup>T</sup> log <i>p</i>], E[<i>x</i><sub>0</sub> | <i>x</i>] = (<i>x</i> + <i>σ</i><sup>2</sup>·{SdeSymbols.Score}) / <i>α</i>")
            .Paragraph($"""
                Four clusters at (±2, ±2) of standard deviation 0.3 remain a mixture under noise, so that their score is
                known at every time. From {data.Settings.MomentPoints} points at each of {properties.Moments.Count}
                times of VP:
                """)
            .Prediction(
                Html.Of($"At how many points of four clusters is the score zero?"),
                Html.Of($"""
                    {clean.Zeros.Count} without noise: {clean.Count(CriticalKind.Peak)} peaks,
                    {clean.Count(CriticalKind.Saddle)} saddles between neighbours, and {clean.Count(CriticalKind.Basin)}
                    basin in the middle. Under noise they merge: at <i>t</i> = {Numerals.Fixed(merged.Time, 1)} there
                    {(merged.Zeros.Count == 1 ? "is one left" : $"are {Numerals.Count(merged.Zeros.Count)}")}.
                    """))
            .Prediction(
                Html.Of($"The Fisher information as a mean of products, or of curvatures: which mean scatters less?"),
                Html.Of($"""
                    The curvature’s. At <i>t</i> = {Numerals.Fixed(properties.Moments[2].Time, 1)} its standard error is
                    {Numerals.Significant(properties.Moments[2].Curvatures[0].StandardError, 1)}, that of the products
                    {Numerals.Significant(properties.Moments[2].Products[0].StandardError, 1)}, from the same points.
                    Within a cluster the curvature is the same everywhere; the score is not.
                    """))
            .Table(Moments(properties));
        Verdict(section, properties);
        section
            .Figure(figures["zeros"], Html.Of($"""
                Where the score is zero: discs are peaks, diamonds saddles, the square a basin. All arrows have one
                length. The four peaks become one at <i>t</i> = {Numerals.Fixed(properties.MergingTime, 3)}.
                """))
            .Finding("The score is zero at peaks, and not only there.", $"""
                {clean.Zeros.Count - clean.Count(CriticalKind.Peak)} of the {clean.Zeros.Count} zeros are no peaks. It
                also does not measure how fast the density changes: {Numerals.Fixed(properties.Flanks[0].Deviations, 0)}
                standard deviation outside a cluster the slope of <i>p</i> is
                {Numerals.Significant(properties.Flanks[0].Slope, 2)} and the score
                {Numerals.Significant(properties.Flanks[0].Score, 2)};
                {Numerals.Fixed(properties.Flanks[^1].Deviations, 0)} outside, the slope is
                {Numerals.Significant(properties.Flanks[^1].Slope, 2)} and the score
                {Numerals.Significant(properties.Flanks[^1].Score, 2)}. It is the slope relative to <i>p</i>, which is what
                leads a sampler home from far away.
                """)
            .Heading("Tweedie’s formula")
            .Paragraph($"""
                On the line, with peaks at −2 and 3: {data.Settings.TweediePairs} pairs of clean and noisy points, sorted
                by the noisy one. What is the clean point on average?
                """)
            .Figure(figures["tweedie"], Html.Of($"""
                The mean of the clean points of pairs whose noisy points lie together (dots, with two standard errors),
                Tweedie’s formula from the exact score (green), and dividing by <i>α</i> alone (dashed). Dotted lines are
                the peaks.
                """))
            .Table(Tweedie(properties));
        TweedieVerdict(section, properties);
        section.Commands(
            SdeCommands.Field("model.safetensors", 0.1, "field-early"),
            SdeCommands.Field("model.safetensors", 0.4, "field-late"));
    }

    private static void Verdict(PageSection section, ScoreProperties properties)
    {
        // Of n independent normals the largest stays below this in 99 of 100 cases, or nearly.
        bool isUsual = properties.LargestDeviation < 3.6;
        section.Finding(
            isUsual ? "Zero means are zero, and both informations agree." : "A mean that should be zero is not.", $"""
            {properties.ZeroMeans} means here are zero in truth: of both coordinates of the score, and of the difference of
            the two informations in three entries, at every time. The largest lies
            {Numerals.Fixed(properties.LargestDeviation, 1)} standard errors from
            zero{(isUsual ? ", as the largest of so many does by chance" : ", which chance alone hardly does")}.
            """);
    }

    private static void TweedieVerdict(PageSection section, ScoreProperties properties)
    {
        TweedieStudy worst = properties.Tweedie.MaxBy(study => study.MeanSquaredDeviation)!;
        bool holds = properties.Tweedie.All(study =>
            study.MeanSquaredDeviation < 1 + (4 * study.ErrorOfMeanSquaredDeviation));
        TweedieStudy middle = properties.Tweedie[1];
        TweedieStudy last = properties.Tweedie[^1];
        section.Finding(holds ? "The score is a denoiser, and the best one." : "The bins stray from the formula.", $"""
            Bin by bin, the mean of clean point less formula is zero within its error: the mean square of its deviations is
            at most {Numerals.Fixed(worst.MeanSquaredDeviation, 2)}, where 1 ±
            {Numerals.Fixed(worst.ErrorOfMeanSquaredDeviation, 2)} is expected. At <i>t</i> =
            {Numerals.Fixed(middle.Time, 2)} the squared error is {Numerals.Fixed(middle.Formula.Value, 3)}; the best
            straight line has {Numerals.Fixed(middle.Linear.Value, 3)} and <i>x</i>/<i>α</i>
            {Numerals.Fixed(middle.Rescaled.Value, 3)}. At <i>t</i> = {Numerals.Fixed(last.Time, 1)} dividing by
            <i>α</i> costs {Numerals.Fixed(last.Rescaled.Value / last.Formula.Value, 1)} times as much. The error follows
            from the Fisher information alone, without a single clean point: (<i>σ</i>²/<i>α</i>²)(1 −
            <i>σ</i>²·E[{SdeSymbols.Score}²]) is {Numerals.Fixed(middle.FromFisher.Value, 3)} at <i>t</i> =
            {Numerals.Fixed(middle.Time, 2)}.
            """);
    }

    private static PageTable Moments(ScoreProperties properties)
    {
        PageTable table = new(
        [
            Html.Of($"<i>t</i>"), Html.Of($"E[<i>s</i><sub>1</sub>]"), Html.Of($"E[<i>s</i><sub>2</sub>]"),
            Html.Of($"E[<i>s</i><sub>1</sub>²]"), Html.Of($"−E[∂₁² log <i>p</i>]"),
            Html.Of($"difference"), Html.Of($"off-diagonal"), Html.Of($"zeros"),
        ]);
        foreach (ScoreMoments moments in properties.Moments)
        {
            table.Row(
                Html.Text(Numerals.Fixed(moments.Time, 1)),
                Html.Text(SdeSymbols.Mean(moments.Mean[0], 4)),
                Html.Text(SdeSymbols.Mean(moments.Mean[1], 4)),
                Html.Text(SdeSymbols.Mean(moments.Products[0], 3)),
                Html.Text(SdeSymbols.Mean(moments.Curvatures[0], 3)),
                Html.Text(SdeSymbols.Mean(moments.Differences[0], 3)),
                Html.Text(SdeSymbols.Mean(moments.Products[1], 3)),
                Html.Of($"{moments.Zeros.Count}"));
        }

        return table;
    }

    private static PageTable Tweedie(ScoreProperties properties)
    {
        PageTable table = new(
        [
            Html.Of($"<i>t</i>"), Html.Text("bins"), Html.Text("mean squared deviation"),
            Html.Text("squared error: formula"), Html.Text("by Fisher information"), Html.Text("best line"),
            Html.Of($"<i>x</i>/<i>α</i>"),
        ]);
        foreach (TweedieStudy study in properties.Tweedie)
        {
            table.Row(
                Html.Text(Numerals.Fixed(study.Time, 2)),
                Html.Of($"{study.Bins.Count}"),
                Html.Text(
                    $"{Numerals.Fixed(study.MeanSquaredDeviation, 2)} (1 ± {Numerals.Fixed(study.ErrorOfMeanSquaredDeviation, 2)})"),
                Html.Text(SdeSymbols.Mean(study.Formula, 4)),
                Html.Text(SdeSymbols.Mean(study.FromFisher, 4)),
                Html.Text(SdeSymbols.Mean(study.Linear, 4)),
                Html.Text(SdeSymbols.Mean(study.Rescaled, 4)));
        }

        return table;
    }
}
