using System.Globalization;
using ScoreGpu.Viz.Pages;

namespace ScoreGpu.Viz.Labs.ScoreMatching.Text;

/// <summary>The page's last section: what a perfect score does not show.</summary>
internal static class WeightsPart
{
    /// <summary>Writes the section.</summary>
    public static void Write(Page page, ScoreMatchingData data, PageFigures figures)
    {
        WeightStudy study = data.Weights;
        WeightRun clean = study.Runs[0];
        WeightRun best = study.Runs.MinBy(run => run.Error)!;
        bool fails = clean.Error > 0.1;
        LangevinRun exact = data.Langevin["exact"];
        ScoreMatchingCommands commands = new(data);
        page.Section("limits", "Limits", "Where a perfect score is not enough")
            .Paragraph($"""
                Give the left cluster {Numerals.Percent(study.Weight, 0)} of the points. Near either cluster the score is the
                slope of one Gaussian’s logarithm, in which a constant factor vanishes: the weights show only where
                the clusters overlap, and without noise they hardly do.
                """)
            .Prediction(
                Html.Of($"Langevin dynamics with this exact score: what share of the chains ends on the left?"),
                Html.Of($"""
                    {Numerals.Percent(clean.LastShare)}{(fails ? ", about as many as started there" : "")}. Each chain
                    goes to the cluster that it starts nearer to; of the chains with equal weights above,
                    {Numerals.Percent(exact.ChangedSide, 2)} changed sides in the second half of the run.
                    """))
            .Figure(figures["weights"], Html.Of($"""
                Left: the ends of {Numerals.Count(data.Settings.Chains)} chains with the exact score, without noise. Right: the share
                of the heavy cluster over the steps, for the exact score at four noise levels; dashes are the shares that
                the densities have.
                """), commands.Lab)
            .Table(Table(study))
            .Finding(
                fails ? "The picture looks right, and the proportions are wrong." : "The proportions are right here.",
                $"""
                Without noise the share of the chains is off by {Numerals.Percent(clean.Error)} of all samples. At
                <i>σ</i> = {Text(best)} it is off by {Numerals.Percent(best.Error)}{(best == clean
                    ? ""
                    : ": noise fills the gap, and chains learn of the other cluster")}. But with noise they are samples of
                the noised data. To begin with much noise and to end with little is what annealed Langevin dynamics and
                diffusion models do.
                """)
            .Commands(
                commands.OfUnlikeWeights("unlike.safetensors"),
                commands.Samples("unlike.safetensors", data.Settings.StepSize, "unlike.svg", "unlike.npy"),
                "scoregpu lab ncsn --out lab/ncsn");
    }

    private static string Text(WeightRun run) => run.Sigma.ToString(CultureInfo.InvariantCulture);

    private static PageTable Table(WeightStudy study)
    {
        PageTable table = new([Html.Of($"<i>σ</i>"), Html.Text("share of the density"), Html.Text("share of the chains")]);
        foreach (WeightRun run in study.Runs)
        {
            table.Row(
                Html.Text(Text(run)),
                Html.Text(Numerals.Percent(run.TrueShare)),
                Html.Text(Numerals.Percent(run.LastShare)));
        }

        return table;
    }
}
