using System.Text.Json.Nodes;
using ScoreGpu.Engine.Models;
using ScoreGpu.Tests.Viz.Pages.Browser;

namespace ScoreGpu.Tests.Viz.Labs.FlowMatching;

/// <summary>What the flow-matching lab writes, with little to do.</summary>
public sealed class FlowMatchingLabTests(QuickFlowLab lab, Chromium browser) : LabTests(lab, browser), IClassFixture<QuickFlowLab>
{
    private protected override LabContents Expected { get; } = new()
    {
        Figures =
        [
            "acceleration", "conversions", "equal-evaluations", "euler", "interpolations", "loss", "marginal-paths",
            "rectified-paths", "rectified-quality",
        ],
        Files = ["flow.safetensors", "straight.safetensors", "vp.safetensors"],
        Sections = ["lines", "ode", "euler", "names", "race", "rectified"],
        Predictions = 10,
        Moving = 3,
        Numbers = 450,
        Commands = 15,
        Remade = ["flow.safetensors", "vp.safetensors"],
    };

    [Fact]
    public void Results_hold_the_numbers_of_every_stage()
    {
        JsonObject results = Lab.Results;

        Assert.Equal(3, results["conditional_paths"]!.AsArray().Count);
        Assert.Equal(10, results["data_sizes"]!.AsArray().Count);
        Assert.Equal(15, results["euler_exact"]!.AsArray().Count);
        Assert.Equal(10, results["euler_trained"]!.AsArray().Count);
        Assert.Equal(4, results["models"]!.AsObject().Count);
        Assert.Equal(300, results["conversions"]!["flow"]!["checks"]!.AsArray().Count);
        Assert.Equal(10, results["equal_evaluations"]!.AsArray().Count);
        Assert.Equal(3, results["rectified_flow"]!["rounds"]!.AsArray().Count);
    }

    private protected override void AfterCommands() =>
        Assert.Equal("eight-gaussians", ModelFile.Load(PathOf("straight.safetensors")).Data);
}
