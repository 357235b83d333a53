using ScoreGpu.Viz.Labs.Text;
using ScoreGpu.Viz.Pages;

namespace ScoreGpu.Viz.Labs.Ncsn.Text;

/// <summary>The page's seventh section: score, noise, v and clean data.</summary>
internal static class ConversionPart
{
    // Above this a round trip in double precision has lost more than rounding explains.
    private const double Rounding = 1e-9;

    /// <summary>Writes the section.</summary>
    public static void Write(Page page, NcsnData data, PageFigures figures)
    {
        ConversionStudy study = data.Conversions;
        ConversionRow first = study.Rows[0];
        ConversionRow last = study.Rows[^1];
        double worst = study.Rows.Max(row => row.RoundTrip);
        page.Section("conversions", "Conversions", "Score, noise, v: one network in four languages")
            .Paragraph($"""
                At a given {Symbols.State} = <i>α</i>·{Symbols.Clean} + <i>σ</i>·<i>ε</i> each prediction is a linear
                function of any other:
                """)
            .Formula($"""
                <i>s</i> = −<i>ε</i>/<i>σ</i>, {Symbols.Clean} = ({Symbols.State} − <i>σε</i>)/<i>α</i>, <i>v</i> =
                <i>αε</i> − <i>σ</i>{Symbols.Clean}, <i>ε</i> = <i>σ</i>{Symbols.State} + <i>αv</i>
                """)
            .Prediction(
                Html.Of($"A network is off by 0.01 in what it predicts. For which prediction is the clean point off most?"),
                Html.Of($"""
                    For the noise, at high noise: {Symbols.Clean} is off by <i>σ</i>/<i>α</i> times as much, which is
                    {Numerals.Significant(last.Sigma / last.Alpha, 2)} times at <i>t</i> = 1. With <i>v</i> it is never more
                    than <i>σ</i> times.
                    """))
            .Figure(figures["conversions"], Html.Of($"""
                VP: by how much an error of the prediction is magnified on the way to the clean data (left) and to the
                noise (right).
                """))
            .Table(Table(study))
            .Finding(
                worst < Rounding
                    ? "The conversions lead back to where they began." : "The conversions lose more than rounding.",
                $"""
                The exact score of the ring under VP, led through <i>ε</i>, <i>v</i> and {Symbols.Clean} and back at
                {data.Settings.ConvertedPoints} points: the largest difference is {Numerals.Significant(worst, 1)} of the score’s size (at <i>t</i> =
                {CommandText.Plain(study.Rows.MaxBy(row => row.RoundTrip)!.Time)}, where
                <i>σ</i>² = {Numerals.Significant(first.Sigma * first.Sigma, 1)} divides). A constant of
                {Numerals.Significant(study.Shield, 1)} beside <i>σ</i> in the divisor, as code often has it, changes the
                score by one part in {Numerals.Count((long)Math.Round((first.Sigma + study.Shield) / study.Shield))} at
                <i>t</i> = {CommandText.Plain(first.Time)}: harmless, and needless as long as no time has <i>σ</i> = 0.
                """)
            .Finding("v is the even one.", $"""
                Its error counts at most once in the clean data and in the noise at any time; the error of <i>ε</i> counts
                <i>σ</i>/<i>α</i> times in the data at high noise, that of {Symbols.Clean} <i>α</i>/<i>σ</i> times in the
                noise at low noise ({Numerals.Significant(first.Alpha / first.Sigma, 2)} at <i>t</i> =
                {CommandText.Plain(first.Time)}). That is what “more stable” means of it. The sizes do not do it: its root
                mean square runs from {Numerals.Significant(study.Rows.Min(row => row.VelocitySize), 2)} to
                {Numerals.Significant(study.Rows.Max(row => row.VelocitySize), 2)} over these times, as the data are not of
                unit variance. And the losses: the score’s is 1/<i>σ</i>² times that of the noise, not the other way round.
                """)
            .Commands(
                $"scoregpu train --data ring8 --process vp --predict v --steps 2000 --lr 2e-3{CommandText.Seed(data.Seed)} --out v.safetensors",
                "scoregpu field --model v.safetensors --time 0.2 --range -6 6 --out v-score.svg",
                "scoregpu field --model v.safetensors --time 0.2 --range -6 6 --quantity denoised --out v-clean.svg");
    }

    private static PageTable Table(ConversionStudy study)
    {
        PageTable table = new(
        [
            Html.Of($"<i>t</i>"), Html.Of($"<i>α</i>"), Html.Of($"<i>σ</i>"), Html.Text("round trip"),
            Html.Text("rms of s"), Html.Text("of ε"), Html.Text("of v"), Html.Text("of x₀"),
        ]);
        foreach (ConversionRow row in study.Rows)
        {
            table.Row(
                Html.Text(CommandText.Plain(row.Time)),
                Html.Text(Numerals.Fixed(row.Alpha, 4)),
                Html.Text(Numerals.Fixed(row.Sigma, 4)),
                Html.Text(Numerals.Significant(row.RoundTrip, 2)),
                Html.Text(Numerals.Fixed(row.ScoreSize, 3)),
                Html.Text(Numerals.Fixed(row.NoiseSize, 3)),
                Html.Text(Numerals.Fixed(row.VelocitySize, 3)),
                Html.Text(Numerals.Fixed(row.CleanSize, 3)));
        }

        return table;
    }
}
