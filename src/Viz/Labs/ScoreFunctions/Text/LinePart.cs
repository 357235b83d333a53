using ScoreGpu.Viz.Labs.Text;
using ScoreGpu.Viz.Pages;

namespace ScoreGpu.Viz.Labs.ScoreFunctions.Text;

/// <summary>The page's first exercise: scores on the line.</summary>
internal static class LinePart
{
    /// <summary>Writes the section.</summary>
    public static void Write(Page page, ScoreFunctionsData data, PageFigures figures)
    {
        AnalyticScores scores = data.Analytic;
        ScoreCase normal = scores.Cases[0];
        Html crossings = Html.Join(
            scores.Mixture.Zeros.Select(zero => Html.Text(Numerals.Fixed(zero.X, 4))), ", ");
        page.Section("line", "Exercise 1", "Scores on the line")
            .Paragraph($"""
                The score of a density is the slope of its logarithm, {Symbols.Score}. It does not say how likely a
                place is; it says which way to go for a likelier one, and how steeply the likelihood rises. For a
                Gaussian it is a straight line through the mean, and its slope is −1/<i>σ</i>²:
                """)
            .Formula($"{Symbols.Score} = −(<i>x</i> − <i>μ</i>) / <i>σ</i>²")
            .Paragraph($"""
                For a mixture it is the mean of the components’ scores, each weighted by how likely the point came from
                that component. That is one number between two straight lines, and how it swings from one line to the
                other is all that is new.
                """)
            .Prediction(
                Html.Of($"The mixture has peaks near −2 and 3. How often does its score cross zero, and where?"),
                Html.Of($"""
                    {scores.Mixture.Zeros.Count} times: at {crossings}. Two are peaks, where the score falls through
                    zero; between any two peaks there must be a valley, where it rises through zero.
                    """))
            .Prediction(
                Html.Of($"Halfway between the peaks, at 0.5: which way does the score point?"),
                Html.Of($"""
                    It is {Numerals.Fixed(scores.Mixture.ScoreAt(0.5), 3)} there, so it points
                    {(scores.Mixture.ScoreAt(0.5) > 0 ? "right, towards 3" : "left, towards −2")}. The middle is not the
                    place where the score changes its mind: the valley at {Numerals.Fixed(scores.Valley, 4)} is.
                    """))
            .Figure(figures["scores-1d"], Html.Of($"""
                Densities (left) and scores (right), evaluated in double precision from log-densities. Dots mark every
                zero of the score: peaks in orange, the valley in cyan.
                """))
            .Table(Zeros(scores))
            .Heading("What the numbers say")
            .Paragraph($"""
                At <i>x</i> = 3 the score of N(0, 1) is {Numerals.Significant(normal.ScoreAt(3.0), 2)}: far from the
                peak, a strong pull back. N(3, <i>σ</i> = 2) is twice as wide and its score
                {Numerals.Significant(scores.SlopeRatio, 2)} times shallower, for the slope goes with 1/<i>σ</i>² and not with 1/<i>σ</i>.
                """)
            .Paragraph($"""
                The mixture’s peaks are not quite at the components’ means: the other component shifts them, here by
                {Numerals.Significant(scores.PeakShifts[0], 2)} and {Numerals.Significant(scores.PeakShifts[1], 2)}.
                """)
            .Finding("“Towards the nearest peak” is a rule of thumb.", $"""
                Between the valley at {Numerals.Fixed(scores.Valley, 3)} and the midpoint at
                {Numerals.Fixed(scores.Midpoint, 3)} the nearer peak is
                {(scores.Valley < scores.Midpoint ? "−2" : "3")}, yet the score points to the other one: the wider
                component claims more ground than its half. That is
                {Numerals.Percent(scores.Contested)} of the way
                between the peaks.
                """)
            .Finding("A small constant is not harmless.", $"""
                Adding 10⁻¹⁰ to the density before dividing by it, so as never to divide by zero, changes the score by
                more than 1 % everywhere left of {Numerals.Fixed(scores.ShieldOnePercent, 2)}. At −8 the true score is
                {Numerals.Fixed(scores.ShieldExact, 3)}; with the constant it is
                {Numerals.Fixed(scores.ShieldDamped, 3)}. A sampler that starts out there would stand still. Working
                with logarithms needs no constant.
                """)
            .Commands(new LabCommands(data).Lab);
    }

    private static PageTable Zeros(AnalyticScores scores)
    {
        PageTable table = new(
            [
                Html.Text("density"), Html.Text("kind of zero"), Html.Of($"<i>x</i>"), Html.Of($"<i>p</i>(<i>x</i>)"),
                Html.Of($"slope of the score"),
            ],
            textColumns: 2);
        foreach (ScoreCase density in scores.Cases)
        {
            foreach (ScoreZero zero in density.Zeros)
            {
                table.Row(
                    Html.Text(density.Title),
                    Html.Text(zero.IsPeak ? "peak" : "valley"),
                    Html.Text(Numerals.Fixed(zero.X, 8)),
                    Html.Text(Numerals.Fixed(zero.Density, 5)),
                    Html.Text(Numerals.Fixed(zero.Slope, 4)));
            }
        }

        return table;
    }
}
