using ScoreGpu.Viz.Labs.ScoreFunctions.Figures;
using ScoreGpu.Viz.Pages;

namespace ScoreGpu.Viz.Labs.ScoreFunctions.Text;

/// <summary>The page's second exercise: the score as a field, and what noise does to it.</summary>
internal static class FieldPart
{
    /// <summary>Writes the section.</summary>
    public static void Write(Page page, ScoreFunctionsData data, PageFigures figures)
    {
        NoisyFields fields = data.Fields;
        NoisyField clean = fields.At(0.0);
        NoisyField little = fields.At(0.1);
        NoisyField some = fields.At(1.0);
        NoisyField much = fields.At(3.0);
        page.Section("field", "Exercise 2", "The score as a field")
            .Paragraph($"""
                In the plane the score is an arrow at every point. Here is that of two Gaussian peaks at (±2, 0), each
                with covariance 0.5·I. Adding noise of standard deviation <i>σ</i> to the data adds <i>σ</i>²·I to each
                covariance and leaves the centres in place, so the noised score is known exactly as well.
                """)
            .Prediction(
                Html.Of($"At <i>σ</i> = 3, will the field still show two basins?"),
                Html.Of($"""
                    {(much.PeaksOnAxis == 1 ? "No" : "Yes")}: the density has {PeakWord(much)}. Two equal Gaussians of
                    variance <i>v</i> at ±2 have two peaks only while √<span class="root"><i>v</i></span> &lt; 2, and
                    noise raises <i>v</i>. They merge at <i>σ</i> = √<span class="root">2² − 0.5</span> ≈
                    {Numerals.Fixed(fields.MergingSigma, 3)}.
                    """))
            .Prediction(
                Html.Of($"At <i>σ</i> = 0.1, are the arrows between the peaks simple or complicated?"),
                Html.Of($"""
                    As complicated as without noise: the mean cosine between the two fields is
                    {Numerals.Fixed(little.CosineToClean, 5)}. Across the line between the basins the score swings from
                    full left to full right; its slope there is {Numerals.Fixed(little.Steepness, 1)} at <i>σ</i> = 0.1
                    and {Numerals.Fixed(clean.Steepness, 1)} without noise.
                    """))
            .Figure(figures["field-clean"], Html.Of($"""
                The score without noise over contours of the density; stars are the centres. The colour is the size of
                the score, the length its root, so that the weak arrows near the peaks stay visible.
                """))
            .Figure(figures["fields-noise"], Html.Of($"""
                The same field under growing noise. In each panel the longest arrow is equally long; the sizes are in
                the titles and the table.
                """))
            .Slider(MovingFigures.Peaks(), Html.Of($"""
                The same, for you to move. The two basins become one where <i>σ</i> passes
                {Numerals.Fixed(fields.MergingSigma, 2)}. The longest arrow is always equally long; beside the slider
                stands how large it really is.
                """))
            .Table(Numbers(fields))
            .Heading("What the numbers say")
            .Paragraph($"""
                Noise fills the valley first: the density in the middle is {Numerals.Percent(clean.ValleyRatio)} of
                that at a peak without noise, {Numerals.Percent(some.ValleyRatio, 0)} at <i>σ</i> = 1, and
                {(much.PeaksOnAxis == 1 ? "at σ = 3 the middle is the peak" : "still below the peak at σ = 3")}. The
                score shrinks with it, from a mean size of {Numerals.Fixed(clean.MeanMagnitude, 2)} to
                {Numerals.Fixed(much.MeanMagnitude, 2)}.
                """)
            .Finding(SomeNoiseTitle(some), $"""
                At <i>σ</i> = 1 the density has {PeakWord(some)}, at ±{Numerals.Fixed(some.PeakX, 2)}, and the mean
                cosine to the score of one Gaussian of the same mean and covariance is
                {Numerals.Fixed(some.CosineToOneGaussian, 3)}; without noise it is
                {Numerals.Fixed(clean.CosineToOneGaussian, 3)}. At <i>σ</i> = 3 it is
                {Numerals.Fixed(much.CosineToOneGaussian, 4)}: {(much.CosineToOneGaussian > 0.99
                    ? "there the field is all but that of one Gaussian, which is linear"
                    : "even there the two differ")}.
                """)
            .Paragraph($"""
                This is the noise schedule’s staircase. A diffusion model sees the smooth field at large <i>t</i>,
                where little can be got wrong, and the split field at small <i>t</i>. The exactness of these figures is
                what the next exercise leans on: it compares a trained network with such a field, not with a picture of
                one.
                """);
    }

    private static string PeakWord(NoisyField field) => field.PeaksOnAxis == 1 ? "one peak" : "two peaks";

    private static string SomeNoiseTitle(NoisyField some) => some.PeaksOnAxis == 2
        ? "At σ = 1 it is not one Gaussian yet."
        : "At σ = 1 the peaks have merged.";

    private static PageTable Numbers(NoisyFields fields)
    {
        PageTable table = new(
        [
            Html.Of($"<i>σ</i>"), Html.Text("peaks"), Html.Of($"<i>p</i>(middle) / <i>p</i>(peak)"),
            Html.Of($"slope across the middle"), Html.Of($"mean ‖score‖"), Html.Of($"cosine to the clean field"),
            Html.Of($"cosine to the nearest centre"), Html.Of($"cosine to one Gaussian’s score"),
        ]);
        foreach (NoisyField field in fields.Fields)
        {
            table.Row(
                Html.Text(Numerals.Significant(field.Sigma, 1)),
                Html.Of($"{field.PeaksOnAxis}"),
                Html.Text(Numerals.Fixed(field.ValleyRatio, 3)),
                Html.Text(Numerals.Fixed(field.Steepness, 2)),
                Html.Text(Numerals.Fixed(field.MeanMagnitude, 2)),
                Html.Text(Numerals.Fixed(field.CosineToClean, 4)),
                Html.Text(Numerals.Fixed(field.CosineToNearestPeak, 4)),
                Html.Text(Numerals.Fixed(field.CosineToOneGaussian, 4)));
        }

        return table;
    }
}
