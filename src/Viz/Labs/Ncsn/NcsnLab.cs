using System.Text.Json.Nodes;
using ScoreGpu.Engine.Models;
using ScoreGpu.Viz.Files;
using ScoreGpu.Viz.Labs.Ncsn.Figures;
using ScoreGpu.Viz.Labs.Ncsn.Text;
using ScoreGpu.Viz.Pages;

namespace ScoreGpu.Viz.Labs.Ncsn;

/// <summary>
/// A score network for twelve noise levels, annealed Langevin dynamics, and what may go wrong: the weight of the levels,
/// the step size, far modes, the prior and the sign of a likelihood.
/// </summary>
/// <param name="settings">How much to compute.</param>
internal sealed class NcsnLab(NcsnSettings settings) : Lab<NcsnData>(new LabOutline(
    "ncsn",
    "One score for every noise level, and a walk down through them",
    "Noise-conditional scores of eight modes, annealed Langevin sampling and its step size, VE against VP, likelihood.")
{
    ComputingWeight = NcsnRun.TotalWeight,
    DrawingWeight = 25,
    Dpi = settings.Dpi,
})
{
    /// <inheritdoc/>
    protected override NcsnData Compute(LabContext context, LabClock clock) =>
        NcsnRun.Compute(context, settings, clock);

    /// <inheritdoc/>
    protected override IReadOnlyList<LabFigure> Draw(NcsnData data) => NcsnFigures.Draw(data);

    /// <inheritdoc/>
    protected override void SaveFiles(NcsnData data, StagedFolder folder) =>
        ModelFile.Save(folder.PathOf("model.safetensors"), data.Model.Model);

    /// <inheritdoc/>
    protected override void AddResults(NcsnData data, JsonObject results) => NcsnResults.Add(data, results);

    /// <inheritdoc/>
    protected override Page Write(NcsnData data, PageFigures figures, LabRun run) =>
        NcsnPage.Write(this, data, figures, run);

    /// <inheritdoc/>
    protected override IReadOnlyList<LabFinding> Findings(NcsnData data) => NcsnFindings.Of(data);
}
