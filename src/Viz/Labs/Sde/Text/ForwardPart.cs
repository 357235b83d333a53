using ScoreGpu.Viz.Labs.Sde.Figures;
using ScoreGpu.Viz.Pages;

namespace ScoreGpu.Viz.Labs.Sde.Text;

/// <summary>The page's second section: three ways to noise.</summary>
internal static class ForwardPart
{
    /// <summary>Writes the section.</summary>
    public static void Write(Page page, SdeData data, PageFigures figures)
    {
        ForwardStudy vp = data.Forward[0];
        ForwardStudy ve = data.Forward[1];
        ForwardStudy subVp = data.Forward[2];
        VarianceRow least = subVp.Variances.MinBy(row => row.OfUnitData)!;
        VarianceRow start = vp.Variances[0];
        VarianceRow farthest = data.Forward.SelectMany(study => study.Variances)
            .MaxBy(row => Math.Abs(row.Measured - row.OfData) / row.StandardError)!;
        double deviation = Math.Abs(farthest.Measured - farthest.OfData) / farthest.StandardError;
        int rows = data.Forward.Sum(study => study.Variances.Count);
        page.Section("processes", "Processes", "Three ways to noise")
            .Paragraph($"""
                A diffusion d<i>x</i> = <i>f</i>·<i>x</i> d<i>t</i> + <i>g</i> d<i>w</i> pulls data in with <i>f</i> and
                shakes them with <i>g</i>. Whatever the two are, <i>x</i><sub><i>t</i></sub> = <i>α</i>·<i>x</i><sub>0</sub>
                + <i>σ</i>·<i>ε</i>. VP and sub-VP share <i>f</i> = −½<i>β</i>; VE has none.
                """)
            .Formula($"VP: {SdeSymbols.Diffusion} = <i>β</i>,  VE: {SdeSymbols.Diffusion} = d<i>σ</i>²/d<i>t</i>,  sub-VP: {SdeSymbols.Diffusion} = <i>β</i>(1 − e<sup>−2<i>B</i></sup>), <i>B</i> = ∫<i>β</i> d<i>t</i>")
            .Prediction(
                Html.Of($"“Variance preserving”: does VP keep the variance of these data?"),
                Html.Of($"""
                    Only if it is 1 to begin with. The data of the line have {Numerals.Fixed(start.OfData, 2)}, and VP
                    takes it to {Numerals.Fixed(vp.Variances[^1].OfData, 2)}: it preserves 1 and pulls every other variance
                    towards it.
                    """))
            .Prediction(
                Html.Of($"Sub-VP has less noise than VP at every time. How small does the variance of unit data get?"),
                Html.Of($"""
                    3/4, where e<sup>−<i>B</i></sup> = ½: α² + σ² = e<sup>−<i>B</i></sup> + (1 −
                    e<sup>−<i>B</i></sup>)². In the table below the least is {Numerals.Fixed(least.OfUnitData, 3)}, at
                    <i>t</i> = {Numerals.Fixed(least.Time, 1)}. Then it returns to 1.
                    """))
            .Figure(figures["forward"], Html.Of($"""
                The data of the line under each process: <i>p</i><sub><i>t</i></sub>, each column scaled to its peak, and
                a few paths of Euler–Maruyama. The same random numbers drive all three.
                """))
            .Slider(SdeInteractive.Processes(data), Html.Of($"""
                Four clusters in the plane, density and score. Move the time: VP and sub-VP draw the clusters in, VE
                leaves them where they are and drowns them.
                """))
            .Figure(figures["marginals"], Html.Of($"""
                The same densities at five times, a row a process. Each panel has its own scale: look at the axes
                of VE’s last.
                """))
            .Figure(figures["variance"], Html.Of($"""
                The variance over time. On the right, dots are {data.Settings.ForwardPaths} simulated paths of each process,
                which know <i>f</i> and <i>g</i> alone; lines are the formulas of <i>α</i> and <i>σ</i>.
                """))
            .Table(Variances(data))
            .Finding(
                deviation < 3.6
                    ? "The SDE and its closed form agree."
                    : "Simulation and formula differ by more than chance.",
                $"""
                Of {rows} measured variances the farthest from its formula is {Numerals.Fixed(deviation, 1)} standard
                errors away. VE does not grow without bound: it ends at <i>σ</i><sub>max</sub>² =
                {Numerals.Fixed(data.Settings.VeSigmaMax * data.Settings.VeSigmaMax, 0)} plus the data’s own
                {Numerals.Fixed(start.OfData, 2)}, because the schedule ends there; what explodes is its size against the
                data’s.
                """)
            .Commands(
                new SdeCommands(data).Train("sub-vp", "sub-vp.safetensors"),
                SdeCommands.Field("sub-vp.safetensors", least.Time, "sub-vp-field"));
    }

    private static PageTable Variances(SdeData data)
    {
        PageTable table = new(
            [
                Html.Of($"<i>t</i>"),
                .. data.Forward.SelectMany(study => new[]
                {
                    Html.Of($"{study.Name}: unit data"), Html.Text("line"), Html.Text("simulated"),
                }),
            ]);
        for (int i = 0; i < data.Forward[0].Variances.Count; i++)
        {
            table.Row(
            [
                Html.Text(Numerals.Fixed(data.Forward[0].Variances[i].Time, 1)),
                .. data.Forward.Select(study => study.Variances[i]).SelectMany(row => new[]
                {
                    Html.Text(Numerals.Fixed(row.OfUnitData, 3)),
                    Html.Text(Numerals.Fixed(row.OfData, 2)),
                    Html.Text($"{Numerals.Fixed(row.Measured, 2)} ± {Numerals.Fixed(row.StandardError, 2)}"),
                }),
            ]);
        }

        return table;
    }
}
