using System.Text.Json.Nodes;
using ScoreGpu.Engine.Data;
using ScoreGpu.Engine.Distributions;
using ScoreGpu.Viz.Pages;

namespace ScoreGpu.Viz.Labs.CompareSamplers;

/// <summary>Quality against network evaluations: every sampler on every process, trained and exact.</summary>
/// <param name="settings">How much to compute.</param>
internal sealed class CompareSamplersLab(CompareSamplersSettings settings) : Lab<CompareSamplersData>(new LabOutline(
    "compare-samplers",
    "Samplers, by what they cost",
    "Quality against network evaluations, for every process, objective and sampler.")
{
    ComputingWeight = CompareSamplersRun.TotalWeight,
    DrawingWeight = 4,
    Dpi = settings.Dpi,
})
{
    /// <summary>The data's name.</summary>
    internal const string DataName = "four-gaussians";

    /// <summary>The data.</summary>
    internal static GaussianMixture Data => NamedMixtures.FourGaussians;

    /// <inheritdoc/>
    protected override CompareSamplersData Compute(LabContext context, LabClock clock) =>
        CompareSamplersRun.Compute(context, settings, clock);

    /// <inheritdoc/>
    protected override IReadOnlyList<LabFigure> Draw(CompareSamplersData data) => CurveFigure.All(data);

    /// <inheritdoc/>
    protected override void AddResults(CompareSamplersData data, JsonObject results) =>
        CompareSamplersResults.Add(data, results);

    /// <inheritdoc/>
    protected override Page Write(CompareSamplersData data, PageFigures figures, LabRun run) =>
        CompareSamplersPage.Write(this, data, figures, run);

    /// <inheritdoc/>
    protected override IReadOnlyList<LabFinding> Findings(CompareSamplersData data) =>
    [
        new("energy_scatter_of_true_samples", "scatter of the squared energy distance of true samples", data.NullError),

        // The usual sampler is the first of each objective.
        .. data.Finals.DistinctBy(final => final.Objective).Select(final => new LabFinding(
            "energy_" + final.Objective.Replace(", ", "_", StringComparison.Ordinal).Replace(' ', '_')
                .Replace('-', '_'),
            $"squared energy distance, {final.Objective}, {final.Score.Sampler}",
            final.Score.Energy.Value)),
    ];
}
