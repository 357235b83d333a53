using ScoreGpu.Engine.Processes;
using ScoreGpu.Viz.Labs.FlowMatching.Figures;
using ScoreGpu.Viz.Labs.Text;
using ScoreGpu.Viz.Pages;

namespace ScoreGpu.Viz.Labs.FlowMatching.Text;

/// <summary>The page's second section: the paths that samples really take.</summary>
internal static class OdePart
{
    /// <summary>Writes the section.</summary>
    public static void Write(Page page, FlowMatchingData data, PageFigures figures, string lab)
    {
        PathShape flow = data.Flow.Shape;
        PathShape vp = data.Vp.Shape;
        VelocityDirection late = data.Directions[^1];
        PageSection section = page.Section("ode", "ODE", "Samples do not walk on those lines")
            .Paragraph($"""
                Thousands of lines cross at every place, and a network that is told only {Symbols.State} and
                {FlowSymbols.Time} cannot know which of them it is on. What it learns is their mean,
                {FlowSymbols.Velocity}({Symbols.State}, <i>t</i>) = E[<i>ε</i> − {Symbols.Clean} | {Symbols.State}], and
                samples follow the mean. For Gaussian data that mean is known exactly, so this section has no network in
                it: eight Gaussians on a circle, and the exact velocities.
                """)
            .Prediction(
                Html.Of($"Each line is straight. Is a path along their mean?"),
                Html.Of($"""
                    {(flow.RelativeStraightness > 0.01 ? "No" : "Nearly")}: {FlowSymbols.Straightness} / speed² is
                    {Numerals.Fixed(flow.RelativeStraightness, 3)}, after
                    {Numerals.Significant(data.ConditionalOf("flow").Shape.RelativeStraightness, 1)} between pairs. A
                    path turns by {Numerals.Fixed(flow.TurningDegrees, 0)}° in all.
                    """))
            .Figure(figures["marginal-paths"], Html.Of($"""
                Left: lines that training draws, between independent noise (grey) and data (blue). Middle and right:
                where the ODE leads the same noise. Its paths never cross at one time, so each cluster is fed from a
                region of its own.
                """), lab)
            .Player(MovingFigures.Paths(data), Html.Of($"""
                The same particles on both ODEs, coloured by the cluster they end in. Watch the beginning: flow matching’s
                cloud first shrinks, then turns round.
                """), lab)
            .Table(Shapes(data));
        Verdicts(section, data, late);
        section
            .Slider(MovingFigures.Fields(), Html.Of($"""
                The exact velocity towards the data, −d<i>x</i>/d<i>t</i>, over the density of {Symbols.State}. Near
                {FlowSymbols.Time} = 1 flow matching’s field points inwards everywhere; VP’s is next to nothing there.
                """), lab)
            .Figure(figures["acceleration"], Html.Of($"""
                Left: the mean acceleration along the exact paths, half of which, times the squared step, is what one step
                of Euler’s method misses. Right: cosines between −{FlowSymbols.Velocity} and the score, and between
                {FlowSymbols.Velocity} and the line of the pair that {Symbols.State} came from.
                """), lab)
            .Heading("One flow, two coordinates")
            .Paragraph($"""
                {Symbols.State}/<i>α</i> has the same distribution in every process once <i>σ</i>/<i>α</i> is the same, so
                both ODEs are one flow. Start both from the same {Symbols.State}/<i>α</i> and they end
                {Numerals.Significant(data.Same.EndsApart, 2)} apart (root mean square over {data.Same.Paths} paths, the
                solver’s error and the noise left at the end). And {data.Same.Steps} steps of DDIM on VP, against
                Euler’s method on the straight path at times of equal <i>σ</i>/<i>α</i>: the largest difference is
                {Numerals.Significant(data.Same.StepsApart, 1)}. {(data.Same.StepsApart < 1e-9
                    ? "They are one algorithm. What flow matching brings to sampling is a choice of times, and a target "
                        + "for training."
                    : "They differ.")}
                """)
            .Heading("What the size of the data does")
            .Paragraph($"""
                The noise has standard deviation 1. This data set has {Numerals.Fixed(FlowData.Deviation, 2)} in a
                coordinate. Scaled to other sizes, with exact velocities and {ScaleStudy.Steps} Euler steps, the order of
                the two paths changes:
                """)
            .Table(Sizes(data));
        SizeVerdict(section, data);
    }

    private static void Verdicts(PageSection section, FlowMatchingData data, VelocityDirection late)
    {
        PathShape flow = data.Flow.Shape;
        PathShape vp = data.Vp.Shape;
        double ratio = flow.RelativeStraightness / vp.RelativeStraightness;
        VelocityDirection opposite = data.Directions.MinBy(direction => direction.CosineToScore)!;
        section
            .Finding(
                ratio < 0.8 ? "Straighter than VP’s, and far from straight."
                    : ratio > 1.25 ? "Less straight than VP’s." : "About as straight as VP’s.",
                $"""
                Flow matching’s ODE has {FlowSymbols.Straightness} / speed² = {Numerals.Fixed(flow.RelativeStraightness, 3)},
                VP’s {Numerals.Fixed(vp.RelativeStraightness, 3)}. As curves in the plane both are close to lines:
                {Numerals.Percent(flow.Detour - 1.0)} and {Numerals.Percent(vp.Detour - 1.0)} longer than the distance.
                Flow matching’s paths accelerate most at {FlowSymbols.Time} =
                {Numerals.Fixed(data.Flow.SharpestTime, 2)}, {(data.Flow.SharpestTime > 0.5
                    ? "near the noise, where the cloud stops shrinking and turns round"
                    : "near the data")}; VP’s at {Numerals.Fixed(data.Vp.SharpestTime, 3)},
                {(data.Vp.SharpestTime < 0.5 ? "next to the data" : "next to the noise")}.
                """)
            .Finding("The velocity is no compass to likely places.", $"""
                At {FlowSymbols.Time} = {Numerals.Fixed(late.Time, 2)} the mean cosine between −{FlowSymbols.Velocity} and
                the score is {Numerals.Fixed(late.CosineToScore, 3)}; at {Numerals.Fixed(opposite.Time, 2)} it is
                {Numerals.Fixed(opposite.CosineToScore, 3)}{(opposite.CosineToScore < -0.5
                    ? ", straight against the score"
                    : "")}. It leads to where the data are, and the score to where {Symbols.State} is likely now.
                """);
    }

    private static void SizeVerdict(PageSection section, FlowMatchingData data)
    {
        ScaleStudy[] flow = [.. data.Scales.Where(scale => scale.Path == "flow")];
        ScaleStudy[] vp = [.. data.Scales.Where(scale => scale.Path == "vp")];
        int wins = flow.Zip(vp, (a, b) => a.EndError < b.EndError).Count(better => better);
        ScaleStudy longest = data.Scales.MaxBy(scale => scale.Shape.Detour)!;
        section.Finding(
            wins == flow.Length ? "Flow matching’s steps are the better ones at every size."
                : wins == 0 ? "VP’s steps are the better ones at every size."
                : "Which path Euler’s method likes better depends on the size of the data.",
            $"""
            At {wins} of {flow.Length} sizes flow matching’s {ScaleStudy.Steps} steps end nearer to the exact ends. The
            longest way round is {InterpolationFigure.NameOf(longest.Path)}’s at standard deviation
            {Numerals.Fixed(longest.Deviation, 1)}: {Numerals.Fixed(longest.Shape.Detour, 2)} times the distance. The
            straight line between two independent points of variance 1 passes a place of variance ½, so
            a cloud that need not change its size is squeezed and let go.
            """);
    }

    private static PageTable Shapes(FlowMatchingData data)
    {
        PageTable table = new(
        [
            Html.Text("exact ODE"), Html.Text("S"), Html.Text("S / speed²"), Html.Text("length / distance"),
            Html.Text("bend"), Html.Text("turn, degrees"), Html.Text("mean acceleration"),
        ]);
        foreach (MarginalPaths paths in new[] { data.Flow, data.Vp })
        {
            table.Row(
                Html.Text(InterpolationFigure.NameOf(paths.Key)),
                Html.Text(Numerals.Fixed(paths.Shape.Straightness, 2)),
                Html.Text(Numerals.Fixed(paths.Shape.RelativeStraightness, 3)),
                Html.Text(Numerals.Fixed(paths.Shape.Detour, 3)),
                Html.Text(Numerals.Fixed(paths.Shape.Bend, 3)),
                Html.Text(Numerals.Fixed(paths.Shape.TurningDegrees, 0)),
                Html.Text(Numerals.Fixed(paths.Accelerations.Average(), 1)));
        }

        return table;
    }

    private static PageTable Sizes(FlowMatchingData data)
    {
        PageTable table = new(
        [
            Html.Text("std of the data"), Html.Text("S / speed²: flow"), Html.Text("VP"),
            Html.Text("length / distance: flow"), Html.Text("VP"), Html.Text("Euler’s error / std: flow"),
            Html.Text("VP"),
        ]);
        foreach (ScaleStudy flow in data.Scales.Where(scale => scale.Path == new FlowProcess().Name))
        {
            ScaleStudy vp = data.Scales.First(
                scale => scale.Path != flow.Path && scale.Deviation.Equals(flow.Deviation));
            table.Row(
                Html.Text(Numerals.Fixed(flow.Deviation, 2)),
                Html.Text(Numerals.Fixed(flow.Shape.RelativeStraightness, 3)),
                Html.Text(Numerals.Fixed(vp.Shape.RelativeStraightness, 3)),
                Html.Text(Numerals.Fixed(flow.Shape.Detour, 3)),
                Html.Text(Numerals.Fixed(vp.Shape.Detour, 3)),
                Html.Text(Numerals.Fixed(flow.EndError, 3)),
                Html.Text(Numerals.Fixed(vp.EndError, 3)));
        }

        return table;
    }
}
