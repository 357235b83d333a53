using ScoreGpu.Viz.Labs.FlowMatching.Figures;
using ScoreGpu.Viz.Labs.Text;
using ScoreGpu.Viz.Pages;

namespace ScoreGpu.Viz.Labs.FlowMatching.Text;

/// <summary>The page's first section: the path between one data point and one noise point.</summary>
internal static class LinesPart
{
    // A curve this near to a line is one but for rounding.
    private const double Rounding = 1e-9;

    /// <summary>Writes the section.</summary>
    public static void Write(Page page, FlowMatchingData data, PageFigures figures, string lab)
    {
        ConditionalPaths flow = data.ConditionalOf("flow");
        ConditionalPaths vp = data.ConditionalOf("vp");
        ConditionalPaths cosine = data.ConditionalOf("cosine");
        IReadOnlyList<double> state = ConditionalPaths.ExampleState;
        IReadOnlyList<double> velocity = ConditionalPaths.ExampleVelocity;
        bool allScaledStraight = data.Conditional.All(paths => paths.ScaledBend < Rounding);
        page.Section("lines", "Pairs", "A line between noise and data")
            .Paragraph($"""
                Flow matching chooses the path first. Between a data point {Symbols.Clean} and a noise point
                {FlowSymbols.Noise} it draws a straight line, walked at constant speed, and trains a network to say that
                speed. DDPM goes between the same two points on an arc, because it keeps the variance. Time runs from the
                data, {FlowSymbols.Time} = 0, to the noise, {FlowSymbols.Time} = 1, on this whole page; many
                papers count the other way.
                """)
            .Formula($"flow matching: {Symbols.State} = (1 − <i>t</i>)·{Symbols.Clean} + <i>t</i>·<i>ε</i>,   "
                + $"<i>u</i> = d{Symbols.State}/d<i>t</i> = <i>ε</i> − {Symbols.Clean}")
            .Formula($"DDPM: {Symbols.State} = {Symbols.RootAlphaBar}·{Symbols.Clean} + {Symbols.RootOfRest}·<i>ε</i>")
            .Prediction(
                Html.Of($"""
                    {Symbols.Clean} = (3, 1), {FlowSymbols.Noise} = (−1, 2). Where is the straight path at
                    {FlowSymbols.Time} = 0.3, and how fast is it?
                    """),
                Html.Of($"""
                    At ({Numerals.Fixed(state[0], 1)}, {Numerals.Fixed(state[1], 1)}), with velocity
                    ({Numerals.Fixed(velocity[0], 0)}, {Numerals.Fixed(velocity[1], 0)}): the same velocity at every
                    {FlowSymbols.Time}.
                    """))
            .Prediction(
                Html.Of($"Divide each of the three paths by its <i>α</i>. Which are straight then?"),
                Html.Of($"""
                    {(allScaledStraight ? "All of them" : "Not all")}: {Symbols.State}/<i>α</i> = {Symbols.Clean} +
                    (<i>σ</i>/<i>α</i>)·<i>ε</i> is a line whatever the process. The farthest that any leaves it is
                    {Numerals.Significant(data.Conditional.Max(paths => paths.ScaledBend), 1)} of its length.
                    Straightness is a matter of coordinates.
                    """))
            .Figure(figures["interpolations"], Html.Of($"""
                Left: the three paths of one pair. VP’s and the cosine’s are the same arc, walked differently. Right: their
                speeds. VP hardly moves near the noise and hurries near the data, where {Symbols.RootOfRest} rises like
                √<span class="root"><i>t</i></span>.
                """), lab)
            .Table(Numbers(data))
            .Finding(
                flow.Shape.RelativeStraightness < Rounding
                    ? "Between a pair, flow matching’s path is straight."
                    : "Between a pair, flow matching’s path is not quite straight.",
                $"""
                Over {data.Settings.ConditionalPairs} pairs its {FlowSymbols.Straightness} is
                {Numerals.Significant(flow.Shape.RelativeStraightness, 1)} of the squared speed, against
                {Numerals.Fixed(vp.Shape.RelativeStraightness, 3)} for VP and
                {Numerals.Fixed(cosine.Shape.RelativeStraightness, 3)} for the cosine. The arcs are only
                {Numerals.Percent(vp.Shape.Detour - 1.0)} longer than the line. The cosine walks the same arc at a steadier pace
                and has {Numerals.Percent(cosine.Shape.RelativeStraightness / vp.Shape.RelativeStraightness, 0)} of
                VP’s {FlowSymbols.Straightness}; the rest of VP’s is uneven speed, not bending.
                """)
            .Paragraph($"""
                {FlowSymbols.Straightness} is the mean squared difference between the velocity on the way and the velocity
                of the straight walk between the same ends, here over the mean square of the latter. It is 0 for a line at
                constant speed and for nothing else.
                """);
    }

    private static PageTable Numbers(FlowMatchingData data)
    {
        PageTable table = new(
        [
            Html.Text("path"), Html.Text("S / speed²"), Html.Text("length / distance"), Html.Text("bend"),
            Html.Text("turn, degrees"), Html.Text("fastest / slowest"),
        ]);
        foreach (ConditionalPaths paths in data.Conditional)
        {
            table.Row(
                Html.Text(InterpolationFigure.NameOf(paths.Process)),
                Html.Text(Numerals.Significant(paths.Shape.RelativeStraightness)),
                Html.Text(Numerals.Fixed(paths.Shape.Detour, 4)),
                Html.Text(Numerals.Significant(paths.Shape.Bend)),
                Html.Text(Numerals.Significant(paths.Shape.TurningDegrees)),
                Html.Text(Numerals.Significant(paths.Shape.SpeedRatio)));
        }

        return table;
    }
}
