using System.Text.Json.Nodes;
using ScoreGpu.Engine.Models;
using ScoreGpu.Viz.Files;
using ScoreGpu.Viz.Labs.FlowMatching.Figures;
using ScoreGpu.Viz.Labs.FlowMatching.Text;
using ScoreGpu.Viz.Pages;

namespace ScoreGpu.Viz.Labs.FlowMatching;

/// <summary>
/// Straight and curved paths from noise to data, what solvers make of them in few steps, flow matching against noise
/// prediction, and flows that are straightened.
/// </summary>
/// <param name="settings">How much to compute.</param>
internal sealed class FlowMatchingLab(FlowMatchingSettings settings) : Lab<FlowMatchingData>(new LabOutline(
    "flow-matching",
    "Flow matching: how straight is straight?",
    "Straight against curved paths, Euler in few steps, flow matching against DDPM, and rectified flow.")
{
    ComputingWeight = FlowMatchingRun.TotalWeight,
    DrawingWeight = 15,
    Dpi = settings.Dpi,
})
{
    /// <inheritdoc/>
    protected override FlowMatchingData Compute(LabContext context, LabClock clock) =>
        FlowMatchingRun.Compute(context, settings, clock);

    /// <inheritdoc/>
    protected override IReadOnlyList<LabFigure> Draw(FlowMatchingData data) => FlowMatchingFigures.Draw(data);

    /// <inheritdoc/>
    protected override void SaveFiles(FlowMatchingData data, StagedFolder folder)
    {
        ModelFile.Save(folder.PathOf("flow.safetensors"), data.Models[PathModel.Flow][0].Model);
        ModelFile.Save(folder.PathOf("vp.safetensors"), data.Models[PathModel.Vp][0].Model);
        ModelFile.Save(folder.PathOf("straight.safetensors"), data.Rectified.Rounds[^1].Model);
    }

    /// <inheritdoc/>
    protected override void AddResults(FlowMatchingData data, JsonObject results) =>
        FlowMatchingResults.Add(data, results);

    /// <inheritdoc/>
    protected override Page Write(FlowMatchingData data, PageFigures figures, LabRun run) =>
        FlowMatchingPage.Write(this, data, figures, run);

    /// <inheritdoc/>
    protected override IReadOnlyList<LabFinding> Findings(FlowMatchingData data) => FlowMatchingFindings.Of(data);
}
