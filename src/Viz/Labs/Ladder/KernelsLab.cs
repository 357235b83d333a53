using System.Text.Json.Nodes;
using ScoreGpu.Viz.Labs.Ladder.Figures;
using ScoreGpu.Viz.Labs.Ladder.Text;
using ScoreGpu.Viz.Pages;

namespace ScoreGpu.Viz.Labs.Ladder;

/// <summary>The way into kernel performance: one operation in rungs, each predicted, checked and timed.</summary>
/// <param name="settings">How much to measure.</param>
internal sealed class KernelsLab(KernelsSettings settings) : Lab<KernelsData>(new LabOutline(
    "kernels",
    "The ladder: from plain C# to the machine’s limit",
    "One network and one sampler, programmed again and again: what each idea should gain, and what it gains.")
{
    ComputingWeight = KernelsRun.TotalWeight,
    DrawingWeight = 1,
    Dpi = settings.Dpi,
})
{
    /// <inheritdoc/>
    protected override KernelsData Compute(LabContext context, LabClock clock) =>
        KernelsRun.Compute(context, settings, clock);

    /// <inheritdoc/>
    protected override IReadOnlyList<LabFigure> Draw(KernelsData data) => KernelsFigures.All(data);

    /// <inheritdoc/>
    protected override void AddResults(KernelsData data, JsonObject results) => KernelsResults.Add(data, results);

    /// <inheritdoc/>
    protected override Page Write(KernelsData data, PageFigures figures, LabRun run) =>
        KernelsPage.Write(this, data, figures, run);

    /// <inheritdoc/>
    protected override IReadOnlyList<LabFinding> Findings(KernelsData data) => KernelsFindings.Of(data);
}
