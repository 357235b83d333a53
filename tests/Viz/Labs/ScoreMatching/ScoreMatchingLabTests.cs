using System.Text.Json.Nodes;
using ScoreGpu.Engine.Data;
using ScoreGpu.Engine.Models;
using ScoreGpu.Tests.Viz.Pages.Browser;
using ScoreGpu.Viz.Labs.ScoreMatching;

namespace ScoreGpu.Tests.Viz.Labs.ScoreMatching;

/// <summary>What the score-matching lab writes, with little to do.</summary>
public sealed class ScoreMatchingLabTests(QuickScoreMatchingLab lab, Chromium browser)
    : LabTests(lab, browser), IClassFixture<QuickScoreMatchingLab>
{
    private protected override LabContents Expected { get; } = new()
    {
        Figures =
        [
            "cost", "error-maps", "fields", "identity", "langevin", "losses", "sigma", "summary", "weights", "widths",
        ],
        Files = ["denoising.safetensors", "hyvarinen.safetensors", "unlike-weights.json"],
        Sections = ["hyvarinen", "denoising", "fields", "samples", "noise", "cost", "sigma", "limits"],
        Predictions = 8,
        Moving = 2,
        Numbers = 480,
        Commands = 18,
        Given = ["unlike-weights.json"],
        Remade = ["denoising.safetensors", "hyvarinen.safetensors"],
    };

    [Fact]
    public void Results_hold_what_theory_says()
    {
        JsonObject results = Lab.Results;
        JsonObject identity = results["noise_prediction"]!.AsObject();

        Assert.InRange(Number(identity["relative_loss_difference"]), 0.0, 1e-6);
        Assert.InRange(Number(identity["relative_gradient_difference"]), 0.0, 1e-5);
        Assert.InRange(Number(identity["relative_gradient_difference_at_other_sigma"]), 0.0, 1e-5);
        Assert.Equal(8.0, Number(results["losses_of_exact_scores"]!["denoising_of_saying_nothing"]), 1e-12);

        // Far apart, each cluster has the score of one Gaussian: D/v and D/(v + σ²).
        Assert.Equal(-1 / 0.09, Number(results["losses_of_exact_scores"]!["hyvarinen"]), 1.5);
        Assert.Equal(8 - (2 / 0.34), Number(results["losses_of_exact_scores"]!["denoising"]), 0.5);
        JsonNode exact = results["fields"]!.AsArray()[0]!["to_data_score_at_data"]!;
        Assert.Equal(1.0, Number(exact["mean_cosine"]), 1e-9);
        Assert.Equal(0.0, Number(exact["root_mean_square_error_over_root_mean_square"]), 1e-9);
        foreach (JsonNode? parts in results["hyvarinen_loss"]!.AsArray())
        {
            double gap = Number(parts!["mean_trace_plus_score_times_exact_score"]!["value"]);
            Assert.Equal(gap, Number(parts["explicit_loss_read_off_loss"]) - Number(parts["explicit_loss"]), 1e-6);
        }
    }

    [Fact]
    public void Training_lowers_both_losses()
    {
        JsonObject models = Lab.Results["models"]!.AsObject();

        Assert.Equal(7, models.Count);
        Assert.All(models, model => Assert.True(
            Number(model.Value!["mean_loss_last_50_steps"]) < Number(model.Value["mean_loss_first_50_steps"]), model.Key));
    }

    [Fact]
    public void The_models_and_the_mixture_can_be_read_again()
    {
        Model denoising = ModelFile.Load(Lab.PathOf("denoising.safetensors"));
        var mixture = MixtureFile.Read(Lab.PathOf(ScoreMatchingLab.WeightsFile));

        Assert.Equal(new SingleSigmaModelProcess(0.5), denoising.Process);
        Assert.Equal("dsm", denoising.Objective);
        Assert.Equal(WeightStudy.Data.Weights, mixture.Weights);
        Assert.Equal(WeightStudy.Data.LogDensity([1.0, 0.2]), mixture.LogDensity([1.0, 0.2]), 1e-12);
    }

    private static double Number(JsonNode? node) => node!.GetValue<double>();
}
