using System.Text.Json;
using ScoreGpu.Engine.Models;
using ScoreGpu.Tests.Viz.Pages.Browser;

namespace ScoreGpu.Tests.Viz.Labs.Ncsn;

/// <summary>What the ncsn lab writes, with little to do.</summary>
public sealed class NcsnLabTests(QuickNcsnLab lab, Chromium browser) : LabTests(lab, browser), IClassFixture<QuickNcsnLab>
{
    private protected override LabContents Expected { get; } = new()
    {
        Figures =
        [
            "conversions", "density-map", "end-points", "far-modes", "far-paths", "fate", "fields", "levels", "likelihood",
            "samples", "shares", "step-clouds", "step-size", "variances", "weighting",
        ],
        Files = ["model.safetensors"],
        Sections = ["levels", "weighting", "annealing", "steps", "far-modes", "noise", "conversions", "likelihood"],
        Predictions = 8,
        Moving = 2,
        Numbers = 1_000,
        Commands = 27,
        Remade = ["model.safetensors"],
    };

    [Fact]
    public void The_model_can_be_read_again() =>
        Assert.Equal("ring8", ModelFile.Load(Lab.PathOf("model.safetensors")).Data);

    [Fact]
    public void Results_hold_what_the_text_claims_are_held_against()
    {
        JsonElement root = JsonSerializer.SerializeToElement(Lab.Results);
        Assert.Equal(12, root.GetProperty("model").GetProperty("levels").GetArrayLength());
        Assert.Equal(70_200, root.GetProperty("model").GetProperty("full_run_training_steps").GetInt32());
        Assert.Equal(9, root.GetProperty("sampling").GetProperty("runs").GetArrayLength());
        Assert.Equal(2, root.GetProperty("sampling").GetProperty("runs_of_weights_3_to_1").GetArrayLength());
        Assert.Equal(11, root.GetProperty("end_points").GetProperty("variances").GetArrayLength());
        Assert.Equal(15, root.GetProperty("likelihood").GetProperty("solvers_with_exact_score").GetArrayLength());
        JsonElement shares = root.GetProperty("weighting").GetProperty("none").GetProperty("share_of_zero_networks_loss_by_level");
        Assert.Equal(1.0, shares.EnumerateArray().Sum(share => share.GetDouble()), 12);
        foreach (JsonElement level in root.GetProperty("model").GetProperty("levels").EnumerateArray())
        {
            // The exact score is the least of all losses, up to the scatter of so few points.
            Assert.True(
                level.GetProperty("loss").GetDouble() > level.GetProperty("loss_of_exact_score").GetDouble() - 0.05);
        }
    }

    // Fewer steps of training and of the chains: what counts here is that the words fit together.
    private protected override string Shorten(string command) => command
        .Replace("--steps 70200", "--steps 2", StringComparison.Ordinal)
        .Replace("--steps 2000", "--steps 60", StringComparison.Ordinal)
        .Replace("--sigma 0.5 --batch", "--sigma 0.5 --steps 60 --batch", StringComparison.Ordinal)
        .Replace("--sigma 1.5 --batch", "--sigma 1.5 --steps 60 --batch", StringComparison.Ordinal)
        .Replace("--steps 4000 --trajectories", "--steps 400 --trajectories", StringComparison.Ordinal);
}
