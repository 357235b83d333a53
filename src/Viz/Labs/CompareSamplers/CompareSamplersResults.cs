using System.Text.Json.Nodes;
using static ScoreGpu.Viz.Labs.LabJson;

namespace ScoreGpu.Viz.Labs.CompareSamplers;

/// <summary>The lab's numbers for machines.</summary>
internal static class CompareSamplersResults
{
    /// <summary>The content of <c>results.json</c>.</summary>
    public static string Write(CompareSamplersData data, IReadOnlyList<LabStage> stages, TimeSpan elapsed) =>
        new JsonObject
        {
            ["lab"] = "compare-samplers",
            ["format_version"] = 1,
            ["seed"] = data.Seed,
            ["device"] = data.Device,
            ["elapsed_seconds"] = Seconds(elapsed),
            ["stages"] = Stages(stages),
            ["data"] = CompareSamplersLab.DataName,
            ["hidden"] = data.Settings.Hidden,
            ["layers"] = data.Settings.Layers,
            ["training_steps"] = data.Settings.TrainingSteps,
            ["batch"] = data.Settings.BatchSize,
            ["samples"] = data.Settings.Samples,
            ["reference_points"] = data.Settings.Reference,
            ["true_samples"] = Score(data.Truth),
            ["finals"] = List(data.Finals, final =>
            {
                JsonObject json = Score(final.Score);
                json.Insert(0, "objective", final.Objective);
                return json;
            }),
            ["curves"] = List(data.Curves, curves => new JsonObject
            {
                ["objective"] = curves.Objective,
                ["score"] = curves.IsExact ? "exact" : "trained",
                ["runs"] = List(curves.Scores, Score),
            }),
        }.ToJsonString(Format);

    private static JsonObject Score(SamplerScore score) => new()
    {
        ["sampler"] = score.Sampler,
        ["nfe"] = Number(score.Nfe),
        ["squared_energy_distance"] = Number(score.Energy.Value),
        ["standard_error"] = Number(score.Energy.StandardError),
        ["scatter_of_true_samples"] = Number(score.Energy.NullError),
        ["squared_sliced_wasserstein"] = Number(score.Wasserstein),
        ["outlier_share"] = Number(score.OutlierShare),
    };
}
