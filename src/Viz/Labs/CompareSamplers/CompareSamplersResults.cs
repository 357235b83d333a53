using System.Text.Json.Nodes;
using ScoreGpu.Viz.Labs.Quality;
using static ScoreGpu.Viz.Labs.LabJson;

namespace ScoreGpu.Viz.Labs.CompareSamplers;

/// <summary>The lab's numbers for machines.</summary>
internal static class CompareSamplersResults
{
    /// <summary>Adds what is the lab's own.</summary>
    public static void Add(CompareSamplersData data, JsonObject results)
    {
        results["data"] = CompareSamplersLab.DataName;
        results["hidden"] = data.Settings.Hidden;
        results["layers"] = data.Settings.Layers;
        results["training_steps"] = data.Settings.TrainingSteps;
        results["batch"] = data.Settings.BatchSize;
        results["samples"] = data.Settings.Samples;
        results["reference_points"] = data.Settings.Reference;
        results["true_samples"] = Score(data.Truth);
        results["pairs_of_objective_and_sampler"] = data.Finals.Count;
        results["finals"] = List(data.Finals, final =>
        {
            JsonObject json = Score(final.Score);
            json.Insert(0, "objective", final.Objective);
            return json;
        });
        results["curves"] = List(data.Curves, curves => new JsonObject
        {
            ["objective"] = curves.Objective,
            ["score"] = curves.IsExact ? "exact" : "trained",
            ["runs"] = List(curves.Scores, Score),
        });
    }

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
