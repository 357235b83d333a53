using ScoreGpu.Viz.Labs.Text;
using ScoreGpu.Viz.Pages;

namespace ScoreGpu.Viz.Labs.ScoreMatching.Text;

/// <summary>The page's first section: a loss without a target.</summary>
internal static class HyvarinenPart
{
    // Standard errors within which a mean counts as zero.
    private const double Errors = 4;

    /// <summary>Writes the section.</summary>
    public static void Write(Page page, ScoreMatchingData data, PageFigures figures)
    {
        ScoreMatchingCommands commands = new(data);
        LossParts before = data.Parts[0];
        LossParts after = data.Parts[1];
        bool holds = data.Parts.All(parts => Math.Abs(parts.Gap.Value) <= Errors * parts.Gap.StandardError);
        page.Section("hyvarinen", "Hyvärinen", "A loss without a target")
            .Paragraph($"""
                A network should learn the score {Symbols.Score}. The obvious loss is the mean square of the difference,
                but nobody knows the score of the data; all there is are points. Hyvärinen saw in 2005 that integration
                by parts moves the unknown out of the way: for every smooth field <i>s</i>, if
                <i>p</i>·<i>s</i> vanishes far out,
                """)
            .Formula($"½E‖<i>s</i> − ∇ log <i>p</i>‖² = E[tr ∇<i>s</i> + ½‖<i>s</i>‖²] + ½E‖∇ log <i>p</i>‖²")
            .Paragraph($"""
                The last term does not depend on the field, and the middle asks for points and for the field’s own
                derivatives, nothing else. The trace draws the arrows together where data are; the square keeps them
                short. The data here are two clusters at (±2, 0) of standard deviation 0.3, so that the true score is
                known after all, and everything can be held against it. The network is a perceptron of
                {data.Settings.Layers} × {data.Settings.Hidden} features, Adam at {Numerals.Significant(data.Settings.LearningRate, 1)}, batch
                {data.Settings.BatchSize}.
                """)
            .Prediction(
                Html.Of($"A loss that is to be made small: will it approach zero?"),
                Html.Of($"""
                    No, it has no bottom at zero. It goes to −½E‖∇ log <i>p</i>‖² =
                    {Numerals.Fixed(data.ExactLoss, 2)}, which is the loss of the exact score. It starts near zero
                    because a fresh network says next to nothing, and ends at
                    {Numerals.Fixed(data.Hyvarinen.LastLoss, 2)} (mean of the last 50 steps). Narrow clusters have
                    large scores: of data half as wide the bottom is four times as deep.
                    """))
            .Figure(figures["losses"], Html.Of($"""
                Left: {Numerals.Count(data.Hyvarinen.Losses.Count)} steps of Hyvärinen’s loss. Right:
                {Numerals.Count(data.Denoising.Losses.Count)} steps of the denoising loss of the next section. Dashes
                mark the loss of the exact score. A single batch may lie below: its points are not all of <i>p</i>.
                """), commands.Hyvarinen)
            .Table(Table(data))
            .Finding(holds ? "The two losses differ by a constant, as promised." : "The two losses differ by more than a constant.", $"""
                What integration by parts claims is E[tr ∇<i>s</i> + <i>s</i>·∇ log <i>p</i>] = 0, for any field. Over
                {Numerals.Count(data.Settings.LossPoints)} points it is
                {(holds ? $"zero within {Errors:0} standard errors" : $"not zero within {Errors:0} standard errors")} for all
                {data.Parts.Count} fields of the table: an untrained network obeys it as well as a trained one. So the
                distance to the unseen score can be read off the loss: {Numerals.Fixed(after.Loss, 2)} +
                {Numerals.Fixed(after.HalfExactSquare, 2)} = {Numerals.Fixed(after.ReadOff, 2)}
                against {Numerals.Fixed(after.Explicit, 2)} measured directly, down from
                {Numerals.Fixed(before.Explicit, 2)}.
                """)
            .Finding(TraceTitle(after), $"""
                After training the mean trace is {Numerals.Fixed(after.Trace, 1)} and half the mean square
                {Numerals.Fixed(after.HalfSquare, 1)}. For the exact score the first must be minus twice the second:
                with <i>s</i> = ∇ log <i>p</i> the identity reads E[tr ∇<i>s</i>] = −E‖<i>s</i>‖². Here the ratio is
                {Numerals.Fixed(after.Balance, 3)}.
                """)
            .Commands(
                commands.Hyvarinen,
                ScoreMatchingCommands.Field("hyvarinen.safetensors", "hyvarinen.svg"));
    }

    private static string TraceTitle(LossParts after) =>
        Math.Abs(after.Balance + 2.0) < 0.1
            ? "The two terms end in balance."
            : "The two terms are not in balance yet.";

    private static PageTable Table(ScoreMatchingData data)
    {
        PageTable table = new(
        [
            Html.Text("field"), Html.Of($"E[tr ∇<i>s</i>]"), Html.Of($"½E‖<i>s</i>‖²"), Html.Text("Hyvärinen’s loss"),
            Html.Of($"½E‖<i>s</i> − ∇ log <i>p</i>‖²"), Html.Of($"E[tr ∇<i>s</i> + <i>s</i>·∇ log <i>p</i>]"),
            Html.Text("standard error"),
        ]);
        foreach (LossParts parts in data.Parts)
        {
            table.Row(
                Html.Text(parts.Label),
                Html.Text(Numerals.Fixed(parts.Trace, 3)),
                Html.Text(Numerals.Fixed(parts.HalfSquare, 3)),
                Html.Text(Numerals.Fixed(parts.Loss, 3)),
                Html.Text(Numerals.Fixed(parts.Explicit, 3)),
                Html.Text(Numerals.Fixed(parts.Gap.Value, 4)),
                Html.Text(Numerals.Fixed(parts.Gap.StandardError, 4)));
        }

        return table;
    }
}
