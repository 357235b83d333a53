using ScoreGpu.Viz.Labs.Text;
using ScoreGpu.Viz.Pages;

namespace ScoreGpu.Viz.Labs.Ncsn.Text;

/// <summary>The page's sixth section: VE, VP and sub-VP.</summary>
internal static class NoisePart
{
    /// <summary>Writes the section.</summary>
    public static void Write(Page page, NcsnData data, PageFigures figures)
    {
        EndPointStudy study = data.Ends;
        EndPoint exploding = study.Ends[0];
        EndPoint preserving = study.Ends[1];
        VarianceRow widest = study.Variances.MaxBy(row => row.Difference)!;
        VarianceRow early = study.Variances[1];
        bool isMeanSeen = Math.Abs(exploding.Mean[0]) > 3 * exploding.MeanError
            && Math.Abs(exploding.Mean[0] - EndPointStudy.Centre) < exploding.MeanError;
        page.Section("noise", "VE, VP, sub-VP", "Three ways to add noise")
            .Paragraph($"""
                Levels without end between them are a process in time. NCSN’s adds noise and nothing else (variance
                exploding, VE); DDPM’s shrinks the data as it adds noise (variance preserving, VP). Both noise
                {data.Settings.EndPoints} points of N((4, 4), I) up to <i>t</i> = 1.
                """)
            .Prediction(
                Html.Of($"Both start from the mean (4, 4). Where is the mean at <i>t</i> = 1?"),
                Html.Of($"""
                    Of VE still at (4, 4), but measured at ({Numerals.Fixed(exploding.Mean[0], 1)},
                    {Numerals.Fixed(exploding.Mean[1], 1)}): with a standard deviation of
                    {Numerals.Fixed(exploding.Std[0], 1)} the mean of {data.Settings.EndPoints} points is uncertain by
                    {Numerals.Fixed(exploding.MeanError, 1)}. Of VP at {Numerals.Significant(preserving.Alpha, 2)} times
                    (4, 4); measured ({Numerals.Fixed(preserving.Mean[0], 3)}, {Numerals.Fixed(preserving.Mean[1], 3)}) ±
                    {Numerals.Fixed(preserving.MeanError, 3)}.
                    """))
            .Figure(figures["end-points"], Html.Of($"""
                Data (blue) and the same points at <i>t</i> = 1 (grey). Mind the axes.
                """))
            .Table(Ends(study))
            .Finding(
                isMeanSeen ? "VE keeps the data’s mean." : "VE keeps the data’s mean, and hides it.",
                $"""
                The end of VE is N(<i>x</i>₀, <i>σ</i>²·I) around each point, not a prior that is free of data. But samplers
                start from N(0, <i>σ</i>²·I), and what they miss by that is small: the divergence of the true end
                from the prior is {Numerals.Significant(exploding.Gap, 2)} nats here, and that of VP
                {Numerals.Significant(preserving.Gap, 2)}. VE’s prior is as good as <i>σ</i> is large against the data;
                VP’s as <i>ᾱ</i>(1) = {Numerals.Significant(preserving.Alpha * preserving.Alpha, 2)} is small.
                """)
            .Heading("Sub-VP: the same signal, less noise")
            .Figure(figures["variances"], Html.Of($"""
                Left: the variance of the noise of VP and of sub-VP. Right: their ratio and their difference.
                """))
            .Table(Variances(study))
            .Finding("The difference is in the middle, and the ratio is smallest where there is little noise.", $"""
                Sub-VP’s variance (1 − <i>ᾱ</i>)² is never above VP’s. A common explanation puts the difference at high
                noise, where <i>ᾱ</i> is small; there the two are nearly the same, with a ratio of
                {Numerals.Fixed(study.Variances[^1].Ratio, 4)} at <i>t</i> = 1. At <i>t</i> =
                {Numerals.Fixed(early.Time, 1)} the ratio is {Numerals.Fixed(early.Ratio, 4)}, and of the rows above the
                difference <i>ᾱ</i>(1 − <i>ᾱ</i>) is largest at <i>t</i> = {Numerals.Fixed(widest.Time, 1)}
                ({Numerals.Fixed(widest.Difference, 3)}), where <i>ᾱ</i> is nearest to ½
                ({Numerals.Fixed(widest.AlphaBar, 3)}). At <i>t</i> = 0 both are 0 and the ratio is 0 as a limit, not for
                want of a small constant in the divisor.
                """)
            .Commands(
                $"scoregpu train --data ring8 --process ve --steps 2000 --lr 2e-3{CommandText.Seed(data.Seed)} --out ve.safetensors",
                $"scoregpu train --data ring8 --process sub-vp --steps 2000 --lr 2e-3{CommandText.Seed(data.Seed)} --out sub-vp.safetensors",
                "scoregpu sample --model sub-vp.safetensors --plot sub-vp.svg --out sub-vp.npy",
                "scoregpu compare sub-vp.npy --to ring8");
    }

    private static PageTable Ends(EndPointStudy study)
    {
        PageTable table = new(
        [
            Html.Of($"at <i>t</i> = 1"), Html.Of($"<i>α</i>"), Html.Of($"<i>σ</i>"), Html.Text("mean"), Html.Text("±"),
            Html.Text("std"), Html.Text("divergence from the prior, nats"),
        ]);
        foreach (EndPoint end in study.Ends)
        {
            table.Row(
                Html.Text(end.Name),
                Html.Text(Numerals.Significant(end.Alpha, 3)),
                Html.Text(Numerals.Significant(end.Sigma, 5)),
                Html.Text($"({Numerals.Fixed(end.Mean[0], 3)}, {Numerals.Fixed(end.Mean[1], 3)})"),
                Html.Text(Numerals.Fixed(end.MeanError, 3)),
                Html.Text($"({Numerals.Fixed(end.Std[0], 3)}, {Numerals.Fixed(end.Std[1], 3)})"),
                Html.Text(Numerals.Significant(end.Gap, 2)));
        }

        return table;
    }

    private static PageTable Variances(EndPointStudy study)
    {
        PageTable table = new(
        [
            Html.Of($"<i>t</i>"), Html.Of($"<i>ᾱ</i>"), Html.Text("VP"), Html.Text("sub-VP"), Html.Text("ratio"),
            Html.Text("difference"), Html.Text("VE"),
        ]);
        foreach (VarianceRow row in study.Variances)
        {
            table.Row(
                Html.Text(Numerals.Fixed(row.Time, 1)),
                Html.Text(Numerals.Fixed(row.AlphaBar, 4)),
                Html.Text(Numerals.Fixed(row.Preserving, 4)),
                Html.Text(Numerals.Fixed(row.SubPreserving, 4)),
                Html.Text(Numerals.Fixed(row.Ratio, 4)),
                Html.Text(Numerals.Fixed(row.Difference, 4)),
                Html.Text(Numerals.Significant(row.Exploding, 3)));
        }

        return table;
    }
}
