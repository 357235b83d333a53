using ScoreGpu.Viz.Labs.ScoreFunctions.Figures;
using ScoreGpu.Viz.Labs.Text;
using ScoreGpu.Viz.Labs.Training;
using ScoreGpu.Viz.Pages;

namespace ScoreGpu.Viz.Labs.ScoreFunctions.Text;

/// <summary>The page's third exercise: is a noise prediction a score?</summary>
internal static class EquivalencePart
{
    /// <summary>Writes the section.</summary>
    public static void Write(Page page, ScoreFunctionsData data, PageFigures figures)
    {
        IReadOnlyList<ScoreAgreement> brief = data.ShortAgreement.Compared;
        IReadOnlyList<ScoreAgreement> thorough = data.LongAgreement.Compared;
        PageSection section = page.Section("equivalence", "Exercise 3", "Is a noise prediction a score?")
            .Paragraph($"""
                A network is trained to tell the noise in {Symbols.State} = {Symbols.RootAlphaBar}·{Symbols.Clean} +
                {Symbols.RootOfRest}·<i>ε</i>. The best it can say is the mean of all noises that could have led to
                {Symbols.State}, and that mean is the score but for a factor (Tweedie’s formula):
                """)
            .Formula($"∇ log <i>p</i><sub><i>t</i></sub>({Symbols.State}) = −E[<i>ε</i> | {Symbols.State}] / "
                + $"{Symbols.RootOfRest} ≈ −{Symbols.Prediction} / {Symbols.RootOfRest}")
            .Paragraph($"""
                The data are four clusters at (±2, ±2) of standard deviation 0.3. Noised, they are again a mixture of
                four Gaussians, so the left side is known exactly, and the right side can be held against it. The
                network is a perceptron of {data.Settings.Layers} × {data.Settings.Hidden} features with a learned
                embedding of <i>t</i>; <i>T</i> = {data.Settings.DiffusionSteps}, batch {data.Settings.BatchSize},
                Adam.
                """)
            .Prediction(
                Html.Of($"Are the arrows of the implied score longer at small or at large <i>t</i>?"),
                Html.Of($"""
                    At small <i>t</i>: the exact score’s mean size is {Numerals.Fixed(thorough[0].ExactMagnitude, 2)} at
                    <i>t</i> = {thorough[0].Step} and {Numerals.Fixed(thorough[^1].ExactMagnitude, 2)} at <i>t</i> =
                    {thorough[^1].Step}. Little noise means steep slopes.
                    """))
            .Prediction(
                Html.Of($"Does the score point more precisely at the nearest cluster when <i>t</i> is small?"),
                Html.Of($"""
                    Yes. The exact score’s mean cosine to the direction of the nearest centre is
                    {Numerals.Fixed(thorough[0].ExactCosineToNearest, 3)} at <i>t</i> = {thorough[0].Step} and only
                    {Numerals.Fixed(thorough[^1].ExactCosineToNearest, 3)} at <i>t</i> = {thorough[^1].Step}.
                    """))
            .Heading($"First model: {Numerals.Count(data.Short.Losses.Count)} steps")
            .Figure(figures["loss"], Html.Of($"""
                Training losses. Predicting zero noise always costs 1 on average. The first model goes from
                {Numerals.Fixed(data.Short.FirstLoss, 3)} to {Numerals.Fixed(data.Short.LastLoss, 3)} (means of the
                first and last 50 steps), the second ends at {Numerals.Fixed(data.Long.LastLoss, 3)}.
                """))
            .Figure(figures[ScoreFunctionsFigures.ImpliedShort], Html.Of($"""
                The first model. {data.Settings.PlottedPoints} points of the data, noised to four steps; every fifth
                carries three arrows of equal length: implied score (violet), exact score (green), to the nearest
                centre (orange).
                """))
            .Table(Numbers(brief));
        ShortVerdict(section, data.Short, brief, thorough);
        section
            .Heading($"Second model: {Numerals.Count(data.Long.Losses.Count)} steps")
            .Paragraph($"""
                The same network from the same first weights, with the learning rate falling from
                {Numerals.Significant(data.Settings.LongRate, 1)} to
                {Numerals.Significant(data.Settings.LongFinalRate, 1)} along half a cosine: at a constant rate the weights, and with them the field, keep shaking. Training took
                {Numerals.Seconds(data.Long.Elapsed)}.
                """)
            .Figure(figures[ScoreFunctionsFigures.ImpliedLong], Html.Of($"""
                The second model, at the same points. Where violet covers green, the implied score is the exact one.
                """))
            .Table(Numbers(thorough));
        LongVerdict(section, thorough);
        section
            .Slider(
                MovingFigures.Implied(data),
                Html.Of($"""
                    The whole field over <i>t</i>, behind it the density of {Symbols.State}. In one frame, arrows of one
                    length are equally large in all three panels: at <i>t</i> = {brief[0].Step} the first model’s are,
                    over points of {Symbols.State}, {Numerals.Percent(brief[0].ImpliedMagnitude / brief[0].ExactMagnitude, 0)}
                    of the exact ones on average, the second model’s
                    {Numerals.Percent(thorough[0].ImpliedMagnitude / thorough[0].ExactMagnitude, 0)}. Far from the
                    density no training sample was: look there for arrows that turn away from the exact ones.
                    """),
                LabCommands.Field("model.safetensors", thorough[0].Step, "field.svg"))
            .Figure(figures["agreement"], Html.Of($"""
                Both models, and two directions that need no model, against the exact score at every <i>t</i>
                ({data.Settings.CurvePoints} points each).
                """));
        NearestVerdict(section, data);
        LabCommands commands = new(data);
        section.Commands(
            commands.Train(data.Short, "short.safetensors"),
            commands.Train(data.Long, "model.safetensors"),
            LabCommands.Field("short.safetensors", brief[0].Step, "field-short.svg"),
            LabCommands.Field("model.safetensors", thorough[0].Step, "field.svg"));
    }

    private static void ShortVerdict(
        PageSection section,
        TrainedModel model,
        IReadOnlyList<ScoreAgreement> rows,
        IReadOnlyList<ScoreAgreement> thorough)
    {
        double best = rows.Max(row => row.CosineToExact);
        double worst = rows.Min(row => row.CosineToExact);
        string steps = Numerals.Count(model.Losses.Count);
        string range = $"from {Numerals.Fixed(worst, 3)} to {Numerals.Fixed(best, 3)}";
        if (best < 0.7)
        {
            double aligned = rows[^1].CosineToNearest;
            double inwards = rows[^1].CosineToOrigin;
            section.Finding($"{steps} steps are not enough.", $"""
                The mean cosine to the exact score runs {range}, and the median relative error is about
                {Numerals.Significant(rows.Average(row => row.MedianRelativeError), 2)}: predicting no score at all
                would have an error of 1. At <i>t</i> = {rows[^1].Step} the cosine to the direction of the nearest
                centre is
                {Numerals.Fixed(aligned, 3)}{(aligned < 0 ? ", so on average the arrows point away from it" : "")}.
                What the network has learned so far is {(inwards > 0.7 ? "the way to the middle" : "hard to name")}:
                the mean cosine to the direction of the origin is {Numerals.Fixed(inwards, 3)} there. The identity
                between noise and score is not at fault, only the network: the identity speaks of the best prediction,
                and after {steps} steps the network is not near it.
                """);
        }
        else
        {
            section.Finding($"{steps} steps go some way.", $"""
                The mean cosine to the exact score runs {range}; after the longer training below it is
                {Numerals.Fixed(thorough.Min(row => row.CosineToExact), 3)} or more.
                """);
        }
    }

    private static void LongVerdict(PageSection section, IReadOnlyList<ScoreAgreement> rows)
    {
        double worst = rows.Min(row => row.CosineToExact);
        string title = worst >= 0.96 ? "Trained enough, the noise prediction is the score." : "Closer, not yet there.";
        section.Finding(title, $"""
            The mean cosine to the exact score is at least {Numerals.Fixed(worst, 4)} at these steps, and the median
            relative error {Numerals.Percent(rows.Min(row => row.MedianRelativeError))} to
            {Numerals.Percent(rows.Max(row => row.MedianRelativeError))}. The mean sizes at <i>t</i> = {rows[0].Step} are
            {Numerals.Fixed(rows[0].ImpliedMagnitude, 3)} (implied) and {Numerals.Fixed(rows[0].ExactMagnitude, 3)} (exact).
            """);
    }

    private static void NearestVerdict(PageSection section, ScoreFunctionsData data)
    {
        ScoreAgreement last = data.LongAgreement.Compared[^1];
        ScoreAgreement first = data.LongAgreement.Compared[0];
        double leastNoise = DdpmTraining.ProcessOf(data.Long).Schedule.Sigma(0.0);
        double modelAtStart = data.LongAgreement.Curve[0].CosineToExact;
        section
            .Finding(
                last.ExactCosineToNearest < 0.8
                    ? "At high noise, “towards the nearest centre” is the wrong answer."
                    : "“Towards the nearest centre” is close at every step.",
                $"""
                Even the exact score, which cannot be wrong, has a mean cosine of only
                {Numerals.Fixed(last.ExactCosineToNearest, 3)} to it at <i>t</i> = {last.Step}. A model that matched
                the orange arrows there would be a bad model. The forward process pulls the clusters towards the origin
                as it adds noise: at <i>t</i> = {last.Step} their centres are at {Symbols.RootAlphaBar} =
                {Numerals.Fixed(Math.Sqrt(last.AlphaBar), 3)} times their place. Towards the nearest of <em>those</em>
                centres the cosine is {Numerals.Fixed(last.ExactCosineToShrunken, 3)}; what is missing to 1 is the
                clusters’ overlap, as the score points to {Symbols.RootAlphaBar}·E[{Symbols.Clean} | {Symbols.State}],
                a mean over all clusters that the point may have come from. At <i>t</i> = {first.Step} the difference
                is small: the cosine to the nearest centre is {Numerals.Fixed(first.ExactCosineToNearest, 3)}.
                """)
            .Paragraph($"""
                At <i>t</i> = 0 the long-trained model’s mean cosine is {Numerals.Fixed(modelAtStart, 3)}. The noise
                there has a standard deviation of {Numerals.Significant(leastNoise, 1)} against a cluster’s 0.3, so
                {Symbols.State} says next to nothing about <i>ε</i>, and dividing by {Symbols.RootOfRest} magnifies
                what is left of the network’s error {Numerals.Significant(1.0 / leastNoise, 1)} times.
                """);
    }

    private static PageTable Numbers(IReadOnlyList<ScoreAgreement> rows)
    {
        PageTable table = new(
        [
            Html.Of($"<i>t</i>"), Html.Of($"{Symbols.AlphaBar}"), Html.Text("cosine: implied, exact"),
            Html.Text("mean relative error"), Html.Text("median relative error"), Html.Text("‖implied‖"),
            Html.Text("‖exact‖"), Html.Text("cosine: implied, nearest"), Html.Text("cosine: exact, nearest"),
        ]);
        foreach (ScoreAgreement row in rows)
        {
            table.Row(
                Html.Of($"{row.Step}"),
                Html.Text(Numerals.Fixed(row.AlphaBar, 3)),
                Html.Of($"<b>{Numerals.Fixed(row.CosineToExact, 4)}</b>"),
                Html.Text(Numerals.Fixed(row.MeanRelativeError, 3)),
                Html.Text(Numerals.Fixed(row.MedianRelativeError, 3)),
                Html.Text(Numerals.Fixed(row.ImpliedMagnitude, 3)),
                Html.Text(Numerals.Fixed(row.ExactMagnitude, 3)),
                Html.Text(Numerals.Fixed(row.CosineToNearest, 3)),
                Html.Text(Numerals.Fixed(row.ExactCosineToNearest, 3)));
        }

        return table;
    }
}
