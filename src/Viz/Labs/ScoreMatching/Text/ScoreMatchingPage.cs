using ScoreGpu.Viz.Pages;

namespace ScoreGpu.Viz.Labs.ScoreMatching.Text;

/// <summary>The lab's page.</summary>
internal static class ScoreMatchingPage
{
    /// <summary>Writes the page.</summary>
    public static Page Write(ILab lab, ScoreMatchingData data, PageFigures figures, LabRun run)
    {
        Page page = new(
            lab.Title,
            Html.Of($"""
                A score can be learned from points, without anyone knowing the density: by Hyvärinen’s integration by
                parts, or by adding noise and learning to take it away. This page trains both, holds them against the
                exact scores, samples with them, and asks what each costs. Guess before you look; every number was
                measured when the page was made.
                """));
        page
            .Highlight(
                Numerals.Percent(data.Field(ScoreMatchingRun.HyvarinenKey).AtData.RootMeanSquareError),
                "error of Hyvärinen’s field to the data’s score")
            .Highlight(
                Numerals.Percent(data.Field(ScoreMatchingRun.DenoisingKey).AtNoisy.RootMeanSquareError),
                "error of the denoising field to the noised data’s score")
            .Highlight(
                Numerals.Percent(data.Field(ScoreMatchingRun.DenoisingKey).AtData.RootMeanSquareError, 0),
                "and to that of the data")
            .Highlight(
                Numerals.Significant(data.Cost.Ratios[^1], 2),
                $"denoising steps in the time of one with the exact trace, D = {Numerals.Count(data.Cost.Dimensions[^1])}");
        HyvarinenPart.Write(page, data, figures);
        DenoisingPart.Write(page, data);
        FieldsPart.Write(page, data, figures);
        SamplesPart.Write(page, data, figures);
        IdentityPart.Write(page, data, figures);
        CostPart.Write(page, data, figures);
        SigmaPart.Write(page, data, figures);
        WeightsPart.Write(page, data, figures);
        return run.Sign(page, Html.Of($"""
            The networks are in <a href="hyvarinen.safetensors">hyvarinen.safetensors</a> and
            <a href="denoising.safetensors">denoising.safetensors</a>, the clusters of unlike weight in
            <a href="unlike-weights.json">unlike-weights.json</a>.
            """));
    }
}
