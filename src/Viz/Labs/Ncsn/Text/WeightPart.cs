using ScoreGpu.Viz.Pages;

namespace ScoreGpu.Viz.Labs.Ncsn.Text;

/// <summary>The page's second section: why the loss is weighted.</summary>
internal static class WeightPart
{
    /// <summary>Writes the section.</summary>
    public static void Write(Page page, NcsnData data, PageFigures figures)
    {
        WeightStudy study = data.Weights;
        int last = study.PlainLevels.Count - 1;
        int better = study.WeightedLevels.Zip(study.PlainLevels).Count(pair =>
            pair.First.RelativeError < pair.Second.RelativeError);
        double weighted = study.WeightedLevels.Max(row => row.RelativeError);
        double plain = study.PlainLevels.Max(row => row.RelativeError);
        LevelAgreement worst = study.PlainLevels.MaxBy(row => row.RelativeError)!;
        LevelAgreement atLast = study.PlainLevels[last];
        NcsnCommands commands = new(data);
        page.Section("weighting", "The weight", "Why the loss has a factor σ²")
            .Paragraph($"""
                The score grows as 1/<i>σ</i> where noise is small, and its square as 1/<i>σ</i>². With the factor
                <i>λ</i> = <i>σ</i>² the loss is the error of the noise, of the same size at every level. What happens
                without it?
                """)
            .Prediction(
                Html.Of($"""
                    Without the factor the smallest <i>σ</i> makes up nearly the whole loss. Is its score then learned
                    best?
                    """),
                Html.Of($"""
                    {(atLast.RelativeError < study.WeightedLevels[last].RelativeError ? "Yes here" : "No")}: at <i>σ</i> =
                    {LevelText.Sigma(atLast.Sigma)} the relative error is {Numerals.Fixed(atLast.RelativeError, 3)} without
                    the factor and {Numerals.Fixed(study.WeightedLevels[last].RelativeError, 3)} with it. A loss
                    is large there because the noise −<i>ε</i>/<i>σ</i> is, and nothing of that can be learned.
                    """))
            .Figure(figures["weighting"], Html.Of($"""
                Two networks of the same first weights and {study.Plain.Losses.Count} steps, with the factor and without.
                Left: which levels the loss of a network that says 0 is made of. Right: the relative error of the score
                after training; 1 is what a network that says 0 has.
                """))
            .Table(Table(study))
            .Finding(
                better == last + 1 ? "The weight is better at every level, the smallest too."
                : better > last / 2 ? "The weight is better at most levels." : "The weight makes little difference here.",
                $"""
                Without it {Numerals.Percent(study.ShareOfLoss(last, isWeighted: false), 0)} of the loss are those of
                <i>σ</i> = {LevelText.Sigma(atLast.Sigma)}, and one part in
                {Numerals.Count((long)Math.Round(1.0 / study.ShareOfLoss(0, isWeighted: false)))} that of <i>σ</i> =
                {LevelText.Sigma(study.PlainLevels[0].Sigma)}. The largest error of a level is {Numerals.Fixed(plain, 2)}
                (at <i>σ</i> = {LevelText.Sigma(worst.Sigma)}{(plain >= 1.0
                    ? ", where the network is worse than one that says 0"
                    : "")}) against {Numerals.Fixed(weighted, 2)} with it. The usual account is that small levels dominate, as if the network learned those and
                forgot the others. What dominates is their noise: the gradient of every step is that of chance at the
                smallest level, and the signal of {(better == last + 1 ? "all levels" : "the others")} is lost in it.
                """)
            .Commands(
                commands.Train(study.Weighted, "weighted.safetensors"),
                commands.Train(study.Plain, "plain.safetensors"),
                NcsnCommands.Field("plain.safetensors", study.PlainLevels[4].Sigma, "plain.svg"));
    }

    private static PageTable Table(WeightStudy study)
    {
        PageTable table = new(
        [
            Html.Of($"<i>σ</i>"), Html.Text("share of the loss, σ²"), Html.Text("share, no weight"),
            Html.Text("relative error, σ²"), Html.Text("relative error, no weight"),
        ]);
        for (int i = 0; i < study.PlainLevels.Count; i++)
        {
            table.Row(
                Html.Text(LevelText.Sigma(study.PlainLevels[i].Sigma)),
                Html.Text(Numerals.Significant(study.ShareOfLoss(i, isWeighted: true), 2)),
                Html.Text(Numerals.Significant(study.ShareOfLoss(i, isWeighted: false), 2)),
                Html.Text(Numerals.Fixed(study.WeightedLevels[i].RelativeError, 3)),
                Html.Text(Numerals.Fixed(study.PlainLevels[i].RelativeError, 3)));
        }

        return table;
    }
}
