using System.Globalization;
using ScoreGpu.Engine.Distributions;
using ScoreGpu.Viz.Labs.Figures;

namespace ScoreGpu.Viz.Labs.ScoreMatching.Figures;

/// <summary>Both learned fields beside the scores that they should be.</summary>
internal static class LearnedFieldsFigure
{
    private const double Length = 0.5;

    /// <summary>Draws the figure.</summary>
    public static LabFigure Draw(ScoreMatchingData data)
    {
        Figure figure = new(10, 10.6, rows: 2, columns: 2);
        FieldStudy exact = data.Field(ScoreMatchingRun.ExactKey);
        FieldStudy noised = data.Field(ScoreMatchingRun.ExactNoisedKey);
        FieldStudy hyvarinen = data.Field(ScoreMatchingRun.HyvarinenKey);
        FieldStudy denoising = data.Field(ScoreMatchingRun.DenoisingKey);
        string sigma = data.Settings.Sigma.ToString(CultureInfo.InvariantCulture);
        Fill(figure[0, 0], hyvarinen, exact, $"Hyvärinen’s field\nmean cosine {Cosine(hyvarinen.AtData)} at the data");
        Fill(figure[0, 1], exact, exact, "∇ log p\nthe data’s score");
        Fill(
            figure[1, 0],
            denoising,
            noised,
            $"Denoising field\nmean cosine {Cosine(denoising.AtNoisy)} at the noised data");
        Fill(figure[1, 1], noised, noised, $"∇ log p(σ)\nthe score with noise σ = {sigma}");
        figure[0, 0].YLabel("x₂");
        figure[1, 0].YLabel("x₂").XLabel("x₁");
        figure[1, 1].XLabel("x₁");
        return new LabFigure(
            "fields",
            "Four fields of arrows over densities: Hyvärinen's and the data's score above, the denoising field and the "
            + "noised data's score below.",
            figure);
    }

    private static void Fill(Panel panel, FieldStudy field, FieldStudy exact, string title)
    {
        GaussianMixture density = ScoreTraining.Data.Noised(1.0, exact.Sigma);

        // One scale of colours a row, that of the exact score.
        Points arrows = exact.Arrows;
        double longest = arrows.X.Zip(arrows.Y, (x, y) => Math.Sqrt((x * x) + (y * y))).Max();
        FieldPanel.Draw(panel, density, field.Arrows, FieldProbes.Reach, Length, (0, longest))
            .Title(title)
            .ColorBar(field == exact ? "‖score‖" : "");
    }

    private static string Cosine(FieldAgreement agreement) =>
        agreement.Cosine.ToString("0.000", CultureInfo.InvariantCulture);
}
