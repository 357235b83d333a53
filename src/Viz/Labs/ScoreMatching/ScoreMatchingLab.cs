using System.Text.Json.Nodes;
using ScoreGpu.Engine.Models;
using ScoreGpu.Viz.Files;
using ScoreGpu.Viz.Labs.ScoreMatching.Figures;
using ScoreGpu.Viz.Labs.ScoreMatching.Text;
using ScoreGpu.Viz.Pages;

namespace ScoreGpu.Viz.Labs.ScoreMatching;

/// <summary>
/// Learning a score from points alone: Hyvärinen's objective, denoising score matching, and what Langevin dynamics make
/// of both.
/// </summary>
/// <param name="settings">How much to compute.</param>
internal sealed class ScoreMatchingLab(ScoreMatchingSettings settings) : Lab<ScoreMatchingData>(new LabOutline(
    "score-matching",
    "Score matching: learning a score from points alone",
    "Hyvärinen's and denoising score matching against the exact scores, Langevin samples, cost, and the choice of σ.")
{
    ComputingWeight = ScoreMatchingRun.TotalWeight,
    DrawingWeight = 20,
    Dpi = settings.Dpi,
})
{
    /// <summary>The file of the clusters of unlike weight.</summary>
    internal const string WeightsFile = "unlike-weights.json";

    /// <inheritdoc/>
    protected override ScoreMatchingData Compute(LabContext context, LabClock clock) =>
        ScoreMatchingRun.Compute(context, settings, clock);

    /// <inheritdoc/>
    protected override IReadOnlyList<LabFigure> Draw(ScoreMatchingData data) => ScoreMatchingFigures.Draw(data);

    /// <inheritdoc/>
    protected override void SaveFiles(ScoreMatchingData data, StagedFolder folder)
    {
        ModelFile.Save(folder.PathOf("hyvarinen.safetensors"), data.Hyvarinen.Model);
        ModelFile.Save(folder.PathOf("denoising.safetensors"), data.Denoising.Model);
        folder.Write(WeightsFile, WeightStudy.ToJson());
    }

    /// <inheritdoc/>
    protected override void AddResults(ScoreMatchingData data, JsonObject results) =>
        ScoreMatchingResults.Add(data, results);

    /// <inheritdoc/>
    protected override Page Write(ScoreMatchingData data, PageFigures figures, LabRun run) =>
        ScoreMatchingPage.Write(this, data, figures, run);

    /// <inheritdoc/>
    protected override IReadOnlyList<LabFinding> Findings(ScoreMatchingData data) =>
    [
        new("hyvarinen_error_to_clean_score", "relative error of Hyvärinen's field to the data's score",
            data.Field(ScoreMatchingRun.HyvarinenKey).AtData.RootMeanSquareError),
        new("denoising_error_to_noised_score", "relative error of the denoising field to the noised data's score",
            data.Field(ScoreMatchingRun.DenoisingKey).AtNoisy.RootMeanSquareError),
        new("denoising_error_to_clean_score", "relative error of the denoising field to the data's score",
            data.Field(ScoreMatchingRun.DenoisingKey).AtData.RootMeanSquareError),
        new("denoising_sample_width", "standard deviation of the denoising model's samples within a cluster",
            data.Langevin[ScoreMatchingRun.DenoisingKey].Width),
        new("identity_gradient_difference", "relative difference of the gradients of the score and the noise loss",
            data.Identity.OtherDifference),
        new("unequal_weights_share", "share of the cluster of weight 0.8 in Langevin samples of the exact score",
            data.Weights.Runs[0].LastShare),
    ];
}
