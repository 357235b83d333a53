using ScoreGpu.Viz.Pages;

namespace ScoreGpu.Viz.Labs.Sde.Text;

/// <summary>The page's first exercise: the reverse-time SDE of VE.</summary>
internal static class ReversePart
{
    /// <summary>Writes the section.</summary>
    public static void Write(Page page, SdeData data, PageFigures figures)
    {
        ReverseVariant reverse = data.Variant("ve_reverse_sde");
        ReverseVariant half = data.Variant("ve_half_score");
        ReverseVariant still = data.Variant("ve_no_noise");
        ReverseVariant printed = data.Variant("vp_printed_sign");
        ReverseVariant vp = data.Variant("vp_reverse_sde");
        PageSection section = page.Section("reverse", "Exercise 1", "The way back from exploding noise")
            .Paragraph($"""
                Let time run backwards, <i>τ</i> = 1 − <i>t</i>, and ask for an SDE with drift <i>b</i> and the same noise
                whose density at <i>τ</i> is that of the forward one at 1 − <i>τ</i>. The forward density obeys
                ∂<i>p</i>/∂<i>t</i> = ½{SdeSymbols.Diffusion}Δ<i>p</i>, as VE has no drift. Backwards the left side changes its
                sign, and the noise still spreads: ½{SdeSymbols.Diffusion}Δ<i>p</i> − ∇·(<i>b</i>·<i>p</i>) must be
                −½{SdeSymbols.Diffusion}Δ<i>p</i>. So the drift must undo twice what noise does: ∇·(<i>b</i>·<i>p</i>) =
                {SdeSymbols.Diffusion}Δ<i>p</i> = ∇·({SdeSymbols.Diffusion}∇<i>p</i>), which <i>b</i> =
                {SdeSymbols.Diffusion}·∇ log <i>p</i> does. Written in <i>t</i>, which falls, with {SdeSymbols.Diffusion} =
                d<i>σ</i>²/d<i>t</i>:
                """)
            .Formula($"d<i>x</i> = −(d<i>σ</i><sup>2</sup>/d<i>t</i>)·∇ log <i>p</i><sub><i>t</i></sub>(<i>x</i>) d<i>t</i> + √<span class=\"root\">d<i>σ</i><sup>2</sup>/d<i>t</i></span> d<i>w̄</i>")
            .Paragraph($"""
                With <i>f</i> it is {SdeSymbols.ReverseSde} (Anderson, 1982). Below, {data.Settings.Particles} particles
                start from N(0, {Numerals.Fixed(data.Settings.VeSigmaMax, 0)}²·I) and go back with the exact score in
                {data.Settings.VariantSteps} Euler–Maruyama steps; beside them, the same with a term changed.
                """)
            .Prediction(
                Html.Of($"Take half the score and keep all of the noise. What do the clusters look like?"),
                Html.Of($"""
                    {Numerals.Fixed(half.Width, 1)} times as wide as they should be. Half the score is the right dose for
                    the flow, which adds no noise; with noise, each step puts back more than the score takes away.
                    """))
            .Prediction(
                Html.Of($"Take all of the score and leave the noise out. And now?"),
                Html.Of($"""
                    They shrink to {Numerals.Percent(still.Width, 0)} of their width: a deterministic step needs only half
                    of the score.
                    """))
            .Figure(figures["ve-reverse"], Html.Of($"""
                Where the particles end, with the squared energy distance to data; crosses are the true centres. Two sets of
                data of this size scatter by {Numerals.Significant(reverse.Energy.NullError, 2)} around 0.
                """))
            .Table(Variants(data))
            .Finding(
                reverse.IsApart ? "It comes back, nearly." : "It returns to the data.",
                $"""
                The squared energy distance is {SdeSymbols.Distance(reverse.Energy)}, that is
                {Numerals.Fixed(ClearDifference.Deviation(reverse.Energy), 1)} times what data show among themselves, and the
                clusters are {Numerals.Fixed(reverse.Width, 3)} times as wide as the true ones. With half the score the
                distance is {Numerals.Significant(half.Energy.Value, 2)}, without noise
                {Numerals.Significant(still.Energy.Value, 2)}: the factors are not a matter of taste.
                """);
        bool isFar = printed.Spread > 3 * vp.Spread;
        section
            .Finding(isFar ? "A sign decides which way is back." : "The sign seems not to matter here.", $"""
                A step back in time subtracts the drift: <i>x</i><sub><i>t</i>−<i>h</i></sub> = <i>x</i><sub><i>t</i></sub> −
                (<i>f</i>·<i>x</i> − {SdeSymbols.Diffusion}{SdeSymbols.Score})<i>h</i> + <i>g</i>√<i>h</i>·<i>z</i>. The text
                prints a plus in that formula; its code has a negative step and is right. With the plus, VP’s samples end at
                a root mean square of {Numerals.Significant(printed.Spread, 2)}, where the data have
                {Numerals.Fixed(vp.Spread, 2)}.
                """)
            .Commands(
                new SdeCommands(data).Train($"ve --sigma-max {Labs.Text.CommandText.Plain(data.Settings.VeSigmaMax)}", "ve.safetensors"),
                new SdeCommands(data).Sample("ve.safetensors", "euler-maruyama", "ve"),
                SdeCommands.Compare("ve"));
    }

    private static PageTable Variants(SdeData data)
    {
        PageTable table = new(
            [
                Html.Text("process"), Html.Text("way back"), Html.Of($"of {SdeSymbols.Diffusion}{SdeSymbols.Score}"),
                Html.Of($"of <i>g</i> d<i>w</i>"), Html.Text("energy distance²"), Html.Text("width"),
                Html.Text("root mean square"),
            ],
            textColumns: 2);
        foreach (ReverseVariant variant in data.Variants)
        {
            Html[] cells =
            [
                Html.Text(variant.IsVe ? "VE" : "VP"),
                Html.Text(variant.Title),
                Html.Text(Numerals.Fixed(variant.OfScore, 1)),
                Html.Text(Numerals.Fixed(variant.OfNoise, 0)),
                Html.Text(SdeSymbols.Distance(variant.Energy)),
                Html.Text(Numerals.Fixed(variant.Width, 3)),
                Html.Text(Numerals.Significant(variant.Spread, 3)),
            ];
            _ = variant.IsApart ? table.Row(cells) : table.StrongRow(cells);
        }

        return table;
    }
}
