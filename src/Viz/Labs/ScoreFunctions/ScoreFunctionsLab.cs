using System.Text.Json.Nodes;
using ScoreGpu.Engine.Files;
using ScoreGpu.Engine.Models;
using ScoreGpu.Viz.Files;
using ScoreGpu.Viz.Labs.ScoreFunctions.Figures;
using ScoreGpu.Viz.Labs.ScoreFunctions.Text;
using ScoreGpu.Viz.Pages;

namespace ScoreGpu.Viz.Labs.ScoreFunctions;

/// <summary>
/// Scores of densities on the line and in the plane, the score inside a noise predictor, and the two ways back from
/// noise: the reverse SDE and the probability-flow ODE.
/// </summary>
/// <param name="settings">How much to compute.</param>
internal sealed class ScoreFunctionsLab(ScoreFunctionsSettings settings) : Lab<ScoreFunctionsData>(new LabOutline(
    "score-functions",
    "Score functions, and two ways back from noise",
    "Scores on the line and in the plane, the score inside a noise predictor, and SDE against ODE sampling.")
{
    ComputingWeight = ScoreFunctionsRun.TotalWeight,
    DrawingWeight = 20,
    Dpi = settings.Dpi,
    Cover = "field-clean",
})
{
    /// <inheritdoc/>
    protected override ScoreFunctionsData Compute(LabContext context, LabClock clock) =>
        ScoreFunctionsRun.Compute(context, settings, clock);

    /// <inheritdoc/>
    protected override IReadOnlyList<LabFigure> Draw(ScoreFunctionsData data) => ScoreFunctionsFigures.Draw(data);

    /// <inheritdoc/>
    protected override void SaveFiles(ScoreFunctionsData data, StagedFolder folder)
    {
        ModelFile.Save(folder.PathOf("model.safetensors"), data.Long.Model);
        NpyFile.Write(folder.PathOf("starts.npy"), data.Pairs.Starts, data.Pairs.Starts.Length / 2, 2);
        NpyFile.Write(
            folder.PathOf("x_T.npy"), data.Starts.MarginalStarts, data.Starts.MarginalStarts.Length / 2, 2);
    }

    /// <inheritdoc/>
    protected override void AddResults(ScoreFunctionsData data, JsonObject results) =>
        ScoreFunctionsResults.Add(data, results);

    /// <inheritdoc/>
    protected override Page Write(ScoreFunctionsData data, PageFigures figures, LabRun run) =>
        ScoreFunctionsPage.Write(this, data, figures, run);

    /// <inheritdoc/>
    protected override IReadOnlyList<LabFinding> Findings(ScoreFunctionsData data) => ScoreFunctionsFindings.Of(data);
}
