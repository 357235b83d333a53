using System.Text.Json.Nodes;
using ScoreGpu.Engine.Models;
using ScoreGpu.Viz.Files;
using ScoreGpu.Viz.Labs.Sde.Figures;
using ScoreGpu.Viz.Labs.Sde.Text;
using ScoreGpu.Viz.Pages;

namespace ScoreGpu.Viz.Labs.Sde;

/// <summary>
/// Score-based diffusion in continuous time: what a score is, three processes, the way back as an SDE and as an ODE,
/// their solvers, and exact likelihoods.
/// </summary>
/// <param name="settings">How much to compute.</param>
internal sealed class SdeLab(SdeSettings settings) : Lab<SdeData>(new LabOutline(
    "sde",
    "Diffusion as a stochastic differential equation",
    "Score properties, VP beside VE and sub-VP, reverse SDE beside probability flow, solvers, exact likelihoods.")
{
    ComputingWeight = SdeRun.TotalWeight,
    DrawingWeight = 25,
    Dpi = settings.Dpi,
})
{
    /// <inheritdoc/>
    protected override SdeData Compute(LabContext context, LabClock clock) =>
        SdeRun.Compute(context, settings, clock);

    /// <inheritdoc/>
    protected override IReadOnlyList<LabFigure> Draw(SdeData data) => SdeFigures.Draw(data);

    /// <inheritdoc/>
    protected override void SaveFiles(SdeData data, StagedFolder folder) =>
        ModelFile.Save(folder.PathOf("model.safetensors"), data.Model.Model);

    /// <inheritdoc/>
    protected override void AddResults(SdeData data, JsonObject results) => SdeResults.Add(data, results);

    /// <inheritdoc/>
    protected override Page Write(SdeData data, PageFigures figures, LabRun run) =>
        SdePage.Write(this, data, figures, run);

    /// <inheritdoc/>
    protected override IReadOnlyList<LabFinding> Findings(SdeData data) => SdeFindings.Of(data);
}
