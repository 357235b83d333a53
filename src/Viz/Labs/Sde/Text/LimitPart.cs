using ScoreGpu.Viz.Pages;

namespace ScoreGpu.Viz.Labs.Sde.Text;

/// <summary>The page's third exercise: VP as the limit of DDPM.</summary>
internal static class LimitPart
{
    /// <summary>Writes the section.</summary>
    public static void Write(Page page, SdeData data, PageFigures figures)
    {
        DdpmLimit limit = data.Limit;
        DdpmLimitRow first = limit.Rows[0];
        DdpmLimitRow last = limit.Rows[^1];
        double coefficients = limit.Slope(row => row.AlphaBarError);
        double chain = limit.Slope(row => row.ChainToSde);
        double ddim = limit.Slope(row => row.DdimToFlow);
        bool isFirst = Math.Abs(coefficients + 1) < 0.15 && Math.Abs(chain + 1) < 0.25 && Math.Abs(ddim + 1) < 0.15;
        page.Section("limit", "Exercise 3", "DDPM in ever smaller steps")
            .Paragraph($"""
                One step of DDPM is <i>x</i>′ = √<span class="root">1 − <i>β</i></span>·<i>x</i> + √<span
                class="root"><i>β</i></span>·<i>ε</i>. With <i>T</i> steps of <i>β</i><sub><i>i</i></sub> =
                <i>β</i>(<i>t</i>)/<i>T</i>, the root is 1 − ½<i>β</i>(<i>t</i>)/<i>T</i> up to ⅛(<i>β</i>/<i>T</i>)², and
                what remains is one Euler–Maruyama step of VP. The usual schedule, 10⁻⁴ to 0.02 in 1000 steps, is VP with
                <i>β</i> from 0.1 to 20.
                """)
            .Prediction(
                Html.Of($"Twice as many steps: how much closer is DDPM to VP?"),
                Html.Of($"""
                    Twice. A step errs by 1/<i>T</i>² and there are <i>T</i> of them. Measured powers of <i>T</i>:
                    {Numerals.Fixed(coefficients, 2)} for <i>ᾱ</i>, {Numerals.Fixed(chain, 2)} for chains,
                    {Numerals.Fixed(ddim, 2)} for DDIM.
                    """))
            .Figure(figures["limit"], Html.Of($"""
                Left: the schedule against e<sup>−<i>B</i></sup>, and one step against Euler’s. Right:
                {data.Settings.LimitChains} DDPM chains against Euler–Maruyama paths of VP with the same noise, and DDIM
                against the probability flow solved to 10⁻⁸; all with the exact score.
                """))
            .Table(Rows(limit))
            .Finding(isFirst ? "VP is the limit, at first order." : "They approach, at another rate than first order.", $"""
                From <i>T</i> = {first.Steps} to {last.Steps} the largest error of <i>ᾱ</i> falls from
                {Numerals.Significant(first.AlphaBarError, 2)} to {Numerals.Significant(last.AlphaBarError, 2)}, and half of the
                chains end within {Numerals.Significant(last.ChainToSde, 2)} of their SDE path. DDIM approaches the flow with
                power {Numerals.Fixed(ddim, 2)}: it is a solver of first order for it, not the flow itself. The medians are
                shown because a few chains near a watershed end in another cluster, however small the step.
                """)
            .Commands(
                new SdeCommands(data).Train("ddpm --time-steps 1000", "ddpm.safetensors"),
                new SdeCommands(data).Sample("ddpm.safetensors", "ddpm", "ddpm"),
                SdeCommands.Compare("ddpm"));
    }

    private static PageTable Rows(DdpmLimit limit)
    {
        PageTable table = new(
        [
            Html.Of($"<i>T</i>"), Html.Of($"max |<i>ᾱ</i> − e<sup>−<i>B</i></sup>|"),
            Html.Of($"|√<span class=\"root\">1 − <i>β</i></span> − (1 − ½<i>β</i>)|, last step"),
            Html.Text("DDPM to SDE, median"), Html.Text("DDIM to flow, median"),
        ]);
        foreach (DdpmLimitRow row in limit.Rows)
        {
            table.Row(
                Html.Of($"{row.Steps}"),
                Html.Text(Numerals.Significant(row.AlphaBarError, 2)),
                Html.Text(Numerals.Significant(row.StepError, 2)),
                Html.Text(Numerals.Significant(row.ChainToSde, 2)),
                Html.Text(Numerals.Significant(row.DdimToFlow, 2)));
        }

        return table.StrongRow(
            Html.Of($"power of <i>T</i>"),
            Html.Text(Numerals.Fixed(limit.Slope(row => row.AlphaBarError), 2)),
            Html.Text(Numerals.Fixed(limit.Slope(row => row.StepError), 2)),
            Html.Text(Numerals.Fixed(limit.Slope(row => row.ChainToSde), 2)),
            Html.Text(Numerals.Fixed(limit.Slope(row => row.DdimToFlow), 2)));
    }
}
