using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using System.Xml;
using ScoreGpu.Engine.Data;
using ScoreGpu.Engine.Models;
using ScoreGpu.Tests.Engine;
using ScoreGpu.Tests.Viz.Pages.Browser;
using ScoreGpu.Viz.Labs.ScoreMatching;

namespace ScoreGpu.Tests.Viz.Labs.ScoreMatching;

/// <summary>What the score-matching lab writes, with little to do.</summary>
public sealed partial class ScoreMatchingLabTests(QuickScoreMatching lab, Chromium browser) : IClassFixture<QuickScoreMatching>
{
    private static readonly string[] Figures =
    [
        "cost", "error-maps", "fields", "identity", "langevin", "losses", "sigma", "summary", "weights", "widths",
    ];

    private string Page => File.ReadAllText(lab.Result.Page);

    [Fact]
    public Task The_page_is_sound_in_a_browser() => PageCheck.RequireSound(browser, lab.Result.Page);

    [Fact]
    public void Every_file_is_there()
    {
        string[] expected =
        [
            .. Figures.SelectMany(figure => new[] { $"figures/{figure}.png", $"figures/{figure}.svg" })
                .Concat(["denoising.safetensors", "hyvarinen.safetensors", "index.html", "results.json"])
                .Append("unlike-weights.json")
                .Order(StringComparer.Ordinal),
        ];

        Assert.Equal(expected, lab.Result.Files);
        Assert.All(expected, file => Assert.True(new FileInfo(Path.Combine(lab.Output, file)).Length > 0, file));
    }

    [Fact]
    public void The_page_is_well_formed_and_loads_nothing()
    {
        using XmlReader reader = XmlReader.Create(
            new StringReader(Page), new XmlReaderSettings { DtdProcessing = DtdProcessing.Ignore });
        HashSet<string> ids = [];
        List<string> anchors = [];
        while (reader.Read())
        {
            if (reader.NodeType == XmlNodeType.Element)
            {
                Assert.True(reader.GetAttribute("id") is not { } id || ids.Add(id));
                if (reader.Name == "a" && reader.GetAttribute("href") is ['#', .. string anchor])
                {
                    anchors.Add(anchor);
                }

                Assert.StartsWith("data:", reader.GetAttribute("src") ?? "data:", StringComparison.Ordinal);
            }
        }

        Assert.Equal(9, anchors.Count);
        Assert.All(anchors, anchor => Assert.Contains(anchor, ids));
        Assert.DoesNotContain("https:", Page, StringComparison.Ordinal);
        Assert.Equal(8, Page.Split("<details class=\"prediction\">").Length - 1);
        Assert.Equal(2, Page.Split("\" class=\"interactive\">").Length - 1);
    }

    [Fact]
    public void Every_measured_number_of_the_page_is_in_the_results()
    {
        PageNumbers results = PageNumbers.Of(lab.Results);
        string[] shown =
        [
            .. Cells().Matches(Page).Concat(Told().Matches(Page)).Select(match => Tags().Replace(match.Groups[1].Value, " ")),
        ];
        string[] numbers = [.. shown.SelectMany(PageNumbers.In)];

        Assert.True(numbers.Length > 250, $"{numbers.Length} numbers");
        Assert.All(numbers, number => Assert.True(results.Explain(number), number));
        Assert.False(results.Explain("0.123456"));
    }

    [Fact]
    public void The_number_of_threads_changes_nothing_but_times()
    {
        using TemporaryFolder folder = new();
        string single = folder.PathOf("single");
        QuickScoreMatching.Run(single, threads: 1);

        Assert.Equal(Timeless(lab.Results), Timeless(QuickScoreMatching.ReadResults(single)));
        foreach (string model in new[] { "hyvarinen.safetensors", "denoising.safetensors" })
        {
            Assert.Equal(File.ReadAllBytes(Path.Combine(lab.Output, model)), File.ReadAllBytes(Path.Combine(single, model)));
        }
    }

    [Fact]
    public void Results_hold_what_theory_says()
    {
        JsonObject results = lab.Results;
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
        JsonObject models = lab.Results["models"]!.AsObject();

        Assert.Equal(7, models.Count);
        Assert.All(models, model => Assert.True(
            Number(model.Value!["mean_loss_last_50_steps"]) < Number(model.Value["mean_loss_first_50_steps"]), model.Key));
    }

    [Fact]
    public void The_models_and_the_mixture_can_be_read_again()
    {
        Model denoising = ModelFile.Load(Path.Combine(lab.Output, "denoising.safetensors"));
        var mixture = MixtureFile.Read(Path.Combine(lab.Output, ScoreMatchingLab.WeightsFile));

        Assert.Equal(new SingleSigmaModelProcess(0.5), denoising.Process);
        Assert.Equal("dsm", denoising.Objective);
        Assert.Equal(WeightStudy.Data.Weights, mixture.Weights);
        Assert.Equal(WeightStudy.Data.LogDensity([1.0, 0.2]), mixture.LogDensity([1.0, 0.2]), 1e-12);
    }

    private static double Number(JsonNode? node) => node!.GetValue<double>();

    private static string Timeless(JsonObject results)
    {
        foreach (string key in new[] { "elapsed_seconds", "stages", "device", "timings" })
        {
            Assert.True(results.Remove(key), key);
        }

        return results.ToJsonString();
    }

    [GeneratedRegex("<t?d[d]? ?(?:class=\"number\")?>(.*?)</t?d", RegexOptions.Singleline)]
    private static partial Regex Cells();

    [GeneratedRegex("(?:<aside class=\"finding\"><p>|<div class=\"answer\"><p>)(.*?)</p>", RegexOptions.Singleline)]
    private static partial Regex Told();

    [GeneratedRegex("<sub>.*?</sub>|<[^>]*>", RegexOptions.Singleline)]
    private static partial Regex Tags();
}
