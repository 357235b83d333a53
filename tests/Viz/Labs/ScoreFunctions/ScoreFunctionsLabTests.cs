using System.Text.Json;
using ScoreGpu.Engine.Data;
using ScoreGpu.Engine.Files;
using ScoreGpu.Engine.Models;
using ScoreGpu.Engine.Processes;
using ScoreGpu.Tests.Viz.Pages.Browser;
using ScoreGpu.Viz.Pages.Interactive;

namespace ScoreGpu.Tests.Viz.Labs.ScoreFunctions;

/// <summary>What the score-function lab writes, with little to do.</summary>
public sealed class ScoreFunctionsLabTests(QuickScoreFunctionsLab lab, Chromium browser)
    : LabTests(lab, browser), IClassFixture<QuickScoreFunctionsLab>
{
    private protected override LabContents Expected { get; } = new()
    {
        Figures =
        [
            "agreement", "field-clean", "fields-noise", "implied-score-long", "implied-score-short", "loss", "samples",
            "scores-1d", "starts", "trajectories", "trajectory-density",
        ],
        Files = ["model.safetensors", "starts.npy", "x_T.npy"],
        Sections = ["line", "field", "equivalence", "paths"],
        Predictions = 8,
        Moving = 3,
        Numbers = 680,
        Commands = 12,
        Given = ["starts.npy", "x_T.npy"],
        Remade = ["model.safetensors"],
    };

    [Fact]
    public void Most_figures_are_made_by_the_lab_itself()
    {
        Assert.Equal(12, Lab.Page.Typed.Length);
        Assert.Equal(14, Lab.Page.Made.Length);
        Assert.Equal(10, Lab.Page.Made.Count(command => command == Lab.Page.Typed[0]));
    }

    [Fact]
    public void Sliders_hold_the_exact_fields_and_the_player_both_ways()
    {
        string[] data = [.. Lab.Page.Elements("script", "data").Select(script => script.Value)];
        Assert.Equal(3, data.Length);
        JsonElement peaks = JsonDocument.Parse(data[0]).RootElement;
        JsonElement implied = JsonDocument.Parse(data[1]).RootElement;
        JsonElement clouds = JsonDocument.Parse(data[2]).RootElement;

        Assert.Equal(31, peaks.GetProperty("labels").GetArrayLength());
        Assert.Equal("σ = 3.0", peaks.GetProperty("labels")[30].GetString());
        Assert.Equal(3, implied.GetProperty("panels").GetArrayLength());
        Assert.Equal(
            [0, 5, 10, 15, 20, 25, 30, 35, 40, 45, 50, 55, 60, 65, 70, 75, 80, 85, 90, 95, 99],
            implied.GetProperty("labels").EnumerateArray().Select(label => int.Parse(
                label.GetString()!.Split([' ', ','])[2], System.Globalization.CultureInfo.InvariantCulture)));

        // The largest component of the exact score at t = 99, from the mixture.
        double[] nodes = PlaneView.Square(4.5).Nodes(18);
        DdpmSchedule schedule = new();
        double[] exact = NamedMixtures.FourGaussians.Noised(schedule.Alpha(99), schedule.Sigma(99)).Scores(nodes);
        Assert.Equal(exact.Max(Math.Abs), implied.GetProperty("panels")[0].GetProperty("scales")[20].GetDouble(), 1e-9);

        Assert.Equal("0 of 100 steps", clouds.GetProperty("labels")[0].GetString());
        Assert.Equal("100 of 100 steps", clouds.GetProperty("labels")[50].GetString());
        byte[] sde = clouds.GetProperty("panels")[0].GetProperty("positions").GetBytesFromBase64();
        byte[] ode = clouds.GetProperty("panels")[1].GetProperty("positions").GetBytesFromBase64();
        int frame = 3 * QuickScoreFunctionsLab.Settings.MovingParticles;
        Assert.Equal(51 * frame, sde.Length);
        Assert.Equal(sde[..frame], ode[..frame]);
        Assert.NotEqual(sde[^frame..], ode[^frame..]);
    }

    [Fact]
    public void Results_hold_the_numbers()
    {
        JsonElement root = JsonSerializer.SerializeToElement(Lab.Results);

        Assert.Equal(5u, root.GetProperty("seed").GetUInt64());
        Assert.StartsWith("cpu", root.GetProperty("device").GetString(), StringComparison.Ordinal);
        Assert.True(root.GetProperty("elapsed_seconds").GetDouble() > 0);
        JsonElement mixture = root.GetProperty("scores_1d").GetProperty("cases")[2];
        Assert.Equal(3, mixture.GetProperty("zero_crossings").GetArrayLength());
        JsonElement longModel = root.GetProperty("models").GetProperty("long");
        Assert.Equal(0.36356, longModel.GetProperty("alpha_bar_last").GetDouble(), 1e-5);
        Assert.Equal(
            [10, 30, 60, 90],
            longModel.GetProperty("implied_score").EnumerateArray().Select(row => row.GetProperty("t").GetInt32()));
        Assert.Equal(100, longModel.GetProperty("implied_score_mean_cosine_to_exact_by_t").GetArrayLength());
        Assert.Equal(15, root.GetProperty("starts").GetProperty("sets").GetArrayLength());
    }

    [Fact]
    public void The_ode_repeats_itself_and_the_sde_does_not()
    {
        JsonElement trajectories = JsonSerializer.SerializeToElement(Lab.Results["trajectories"]);

        Assert.True(trajectories.GetProperty("ode_is_bit_equal").GetBoolean());
        Assert.Equal(0.0, trajectories.GetProperty("ode_largest_difference").GetDouble());
        Assert.True(trajectories.GetProperty("sde_mean_endpoint_distance").GetDouble() > 0.05);
        Assert.True(
            trajectories.GetProperty("sde_path_length_over_distance").GetDouble()
            > trajectories.GetProperty("ode_path_length_over_distance").GetDouble());
    }

    [Fact]
    public void The_model_and_the_starts_can_be_read_again()
    {
        Model model = ModelFile.Load(Lab.PathOf("model.safetensors"));

        Assert.Equal(QuickScoreFunctionsLab.Settings.Hidden, model.Network.Architecture.Hidden);
        Assert.Equal("four-gaussians", model.Data);
        Assert.Equal(8, PointsFile.Read(Lab.PathOf("starts.npy")).Count);
        Assert.Equal(
            QuickScoreFunctionsLab.Settings.QualitySamples, PointsFile.Read(Lab.PathOf("x_T.npy")).Count);
    }

    private protected override void AfterCommands() =>
        Assert.NotEqual(File.ReadAllBytes(PathOf("sde.npy")), File.ReadAllBytes(PathOf("sde-again.npy")));
}
