using ScoreGpu.Viz.Pages;

namespace ScoreGpu.Viz.Labs.ScoreMatching.Text;

/// <summary>The page's third section: both fields against the exact scores.</summary>
internal static class FieldsPart
{
    /// <summary>Writes the section.</summary>
    public static void Write(Page page, ScoreMatchingData data, PageFigures figures)
    {
        FieldStudy hyvarinen = data.Field(ScoreMatchingRun.HyvarinenKey);
        FieldStudy longer = data.Field(ScoreMatchingRun.LongHyvarinenKey);
        FieldStudy brief = data.Field(ScoreMatchingRun.ShortDenoisingKey);
        FieldStudy denoising = data.Field(ScoreMatchingRun.DenoisingKey);
        FieldStudy exact = data.Field(ScoreMatchingRun.ExactNoisedKey);
        FieldStudy taught = data.Field(ScoreMatchingRun.ExplicitKey);
        string sigma = Numerals.Significant(data.Settings.Sigma, 1);
        bool isBias = exact.AtData.RootMeanSquareError > 0.8 * denoising.AtData.RootMeanSquareError;
        bool isOther = denoising.AtData.RootMeanSquareError > 3 * hyvarinen.AtData.RootMeanSquareError;
        ScoreMatchingCommands commands = new(data);
        page.Section("fields", "Fields", "Two fields, and the scores they should be")
            .Paragraph($"""
                Two clusters of Gaussians stay Gaussians under noise, so both scores are known: ∇ log <i>p</i>, at which
                Hyvärinen’s training aims, and ∇ log <i>p</i><sub><i>σ</i></sub> for <i>σ</i> = {sigma}, at which
                denoising aims.
                """)
            .Prediction(
                Html.Of($"Do both methods learn nearly the same field?"),
                Html.Of($"""
                    {(isOther ? "The same directions, but not the same field" : "Nearly")}: against the data’s score the denoising field has a mean cosine of
                    {Numerals.Fixed(denoising.AtData.Cosine, 3)}, but a relative error of
                    {Numerals.Percent(denoising.AtData.RootMeanSquareError, 0)} against
                    {Numerals.Percent(hyvarinen.AtData.RootMeanSquareError, 0)} for Hyvärinen’s.
                    {(isOther ? "Its arrows are too short: a cluster with noise is wider, and its slopes are gentler." : "")}
                    """))
            .Figure(
                figures["fields"],
                Html.Of($"""
                    Left what was learned, right what is true; stars are the centres. Length by the root of the size,
                    colour by the size, on the scale of the exact score of the row.
                    """),
                ScoreMatchingCommands.Field("denoising.safetensors", "denoising.svg"))
            .Table(Table(data))
            .Paragraph($"""
                The relative error is √(E‖<i>s</i> − <i>r</i>‖² / E‖<i>r</i>‖²), <i>r</i> being the exact score; saying
                nothing has an error of 100 %. The median is that of single points’ ‖<i>s</i> − <i>r</i>‖/‖<i>r</i>‖. The
                first row of each target is the exact score itself.
                """)
            .Finding(
                isBias
                    ? "Denoising learns the score of the noised data, and that well."
                    : "Denoising is still some way from the score of the noised data.",
                $"""
                Against ∇ log <i>p</i><sub><i>σ</i></sub> its error is
                {Numerals.Percent(denoising.AtNoisy.RootMeanSquareError)}, with a mean cosine of
                {Numerals.Fixed(denoising.AtNoisy.Cosine, 4)}. Against ∇ log <i>p</i> it is
                {Numerals.Percent(denoising.AtData.RootMeanSquareError)}, and the exact
                ∇ log <i>p</i><sub><i>σ</i></sub> itself has {Numerals.Percent(exact.AtData.RootMeanSquareError)} there:
                {(isBias
                    ? "nearly all of the difference is what was asked for, none of it a failure of the network"
                    : "training explains part of the difference")}.
                """)
            .Finding($"Step for step, {(longer.AtData.RootMeanSquareError < denoising.AtNoisy.RootMeanSquareError
                ? "Hyvärinen’s field is the closer one to its target."
                : "the denoising field is the closer one to its target.")}", $"""
                After {Numerals.Count(data.Settings.HyvarinenSteps)} steps each, Hyvärinen’s error to its own target is
                {Numerals.Percent(hyvarinen.AtData.RootMeanSquareError)}, denoising’s
                {Numerals.Percent(brief.AtNoisy.RootMeanSquareError)}; after
                {Numerals.Count(data.Settings.DenoisingSteps)} steps each,
                {Numerals.Percent(longer.AtData.RootMeanSquareError)} and
                {Numerals.Percent(denoising.AtNoisy.RootMeanSquareError)}. A network that is told the exact score at each
                point is at {Numerals.Percent(taught.AtData.RootMeanSquareError)} after
                {Numerals.Count(data.Settings.HyvarinenSteps)}: most of Hyvärinen’s error is
                {(taught.AtData.RootMeanSquareError < 0.5 * hyvarinen.AtData.RootMeanSquareError
                    ? "the price of a noisy objective, not of the network"
                    : "what this network cannot learn faster")}.
                """)
            .Figure(figures["error-maps"], Html.Of($"""
                The relative error over the plane, 10⁻¹ being 10 %, with points that training saw. Both fields were
                trained where the points are, and are asked everywhere.
                """), commands.Lab)
            .Finding(
                denoising.InSquare.RootMeanSquareError < hyvarinen.InSquare.RootMeanSquareError
                    ? "Noise carries the training points further out."
                    : "Away from the data Hyvärinen’s field does better.",
                $"""
                Over the whole square Hyvärinen’s field has an error of
                {Numerals.Percent(hyvarinen.InSquare.RootMeanSquareError)} and
                {Numerals.Percent(hyvarinen.InSquare.AlignedShare, 0)} of its arrows lie within 26° of the exact ones;
                the denoising field has {Numerals.Percent(denoising.InSquare.RootMeanSquareError)} and
                {Numerals.Percent(denoising.InSquare.AlignedShare, 0)}. Look at the line between the clusters: there the
                score turns around at once, and hardly any point is ever seen.
                """)
            .Commands(commands.Other("sliced", "sliced.safetensors"), commands.Other("esm", "explicit.safetensors"));
    }

    private static PageTable Table(ScoreMatchingData data)
    {
        PageTable table = new(
            [
                Html.Text("field"), Html.Text("aims at"), Html.Of($"to ∇ log <i>p</i>: cosine"),
                Html.Text("median error"), Html.Text("relative error"),
                Html.Of($"to ∇ log <i>p</i><sub><i>σ</i></sub>: cosine"), Html.Text("median error"),
                Html.Text("relative error"), Html.Text("own target, square"),
            ],
            textColumns: 2);
        foreach (FieldStudy field in data.Fields)
        {
            bool isClean = field.Sigma == 0;
            Html[] cells =
            [
                Html.Text(field.Label),
                Html.Of($"∇ log <i>p</i>{(isClean ? Html.Empty : Html.Of($"<sub><i>σ</i></sub>"))}"),
                Strong(Numerals.Fixed(field.AtData.Cosine, 4), isClean),
                Strong(Numerals.Percent(field.AtData.MedianRelativeError), isClean),
                Strong(Numerals.Percent(field.AtData.RootMeanSquareError), isClean),
                Strong(Numerals.Fixed(field.AtNoisy.Cosine, 4), !isClean),
                Strong(Numerals.Percent(field.AtNoisy.MedianRelativeError), !isClean),
                Strong(Numerals.Percent(field.AtNoisy.RootMeanSquareError), !isClean),
                Html.Text(Numerals.Percent(field.InSquare.RootMeanSquareError)),
            ];
            table.Row(cells);
        }

        return table;
    }

    // What the field aims at stands out.
    private static Html Strong(string number, bool isStrong) =>
        isStrong ? Html.Of($"<b>{number}</b>") : Html.Text(number);
}
