using System.Text.Json.Nodes;
using ScoreGpu.Engine.Models;
using ScoreGpu.Tests.Viz.Pages.Browser;

namespace ScoreGpu.Tests.Viz.Labs.Sde;

/// <summary>What the SDE lab writes, with little to do.</summary>
public sealed class SdeLabTests(QuickSdeLab lab, Chromium browser) : LabTests(lab, browser), IClassFixture<QuickSdeLab>
{
    private protected override LabContents Expected { get; } = new()
    {
        Figures =
        [
            "corrector", "fokker-planck", "forward", "likelihood", "limit", "marginals", "orders", "paths", "quality",
            "same-marginals", "traces", "tweedie", "variance", "ve-reverse", "zeros",
        ],
        Files = ["model.safetensors"],
        Sections = ["score", "processes", "reverse", "paths", "limit", "likelihood", "solvers", "equations"],
        Predictions = 15,
        Moving = 2,
        Numbers = 850,
        Commands = 24,
        Given = ["model.safetensors"],
    };

    [Fact]
    public void Every_exercise_has_a_command_to_go_on_with() => Assert.All(
        Lab.Page.Sections,
        section => Assert.Contains(section.Elements("pre"), block => (string?)block.Attribute("class") == "commands"));

    [Fact]
    public void Results_hold_what_does_not_depend_on_chance()
    {
        JsonObject results = Lab.Results;

        JsonArray times = results["score_properties"]!["times"]!.AsArray();
        Assert.Equal([9, 9, 9, 9, 1, 1], times.Select(time => time!["zeros"]!.GetValue<int>()));
        Assert.True(results["correctors"]!["predicted_noise_has_no_score_at_t_0"]!.GetValue<bool>());
        Assert.Equal(3.125, results["correctors"]!["text_step_over_song_step"]!.GetValue<double>(), 1e-12);
        Assert.True(results["sde_and_flow"]!["flow_is_bit_equal"]!.GetValue<bool>());
        Dictionary<string, bool> holds = results["fokker_planck"]!["equations"]!.AsArray()
            .ToDictionary(row => row!["name"]!.GetValue<string>(), row => row!["holds"]!.GetValue<bool>());
        Assert.Equal(
            new Dictionary<string, bool>
            {
                ["forward_sde"] = true,
                ["probability_flow"] = true,
                ["reverse_sde"] = true,
                ["reverse_sde_as_printed"] = false,
                ["flow_without_half"] = false,
            },
            holds);
        Assert.InRange(results["ddpm_limit"]!["slope_alpha_bar"]!.GetValue<double>(), -1.2, -0.9);
        double[] spread = [.. results["reverse_variants"]!.AsArray()
            .Select(variant => variant!["root_mean_square"]!.GetValue<double>())];
        Assert.True(spread[^1] > 50 * spread[^2], "the printed sign leads away from the data");
        Assert.True(
            results["traces"]!["fresh_probes_evaluations"]!.GetValue<double>()
            > 5 * results["traces"]!["kept_probes_evaluations"]!.GetValue<double>());
    }

    [Fact]
    public void The_model_can_be_read_again()
    {
        Model model = ModelFile.Load(Lab.PathOf("model.safetensors"));

        Assert.Equal(QuickSdeLab.Settings.Hidden, model.Network.Architecture.Hidden);
        Assert.Equal("four-gaussians", model.Data);
    }
}
