using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using System.Xml;
using ScoreGpu.Engine.Devices.Cpu;
using ScoreGpu.Engine.Models;
using ScoreGpu.Tests.Engine;
using ScoreGpu.Tests.Viz.Pages.Browser;
using ScoreGpu.Viz;
using ScoreGpu.Viz.Labs;
using ScoreGpu.Viz.Labs.Sde;

namespace ScoreGpu.Tests.Viz.Labs.Sde;

/// <summary>The SDE lab with little to do, run once for all tests of what it writes.</summary>
public sealed class QuickSdeLab : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    /// <summary>Runs the lab.</summary>
    public QuickSdeLab()
    {
        Output = _folder.PathOf("sde");
        using CpuDevice device = new(1);
        Result = new SdeLab(Settings).Run(new LabContext(device, 5, Theme.Light, Output));
    }

    internal static SdeSettings Settings { get; } = new()
    {
        MomentPoints = 500,
        TweediePairs = 8000,
        ForwardPaths = 60,
        ForwardSteps = 50,
        LimitSteps = [25, 50],
        LimitChains = 20,
        Particles = 120,
        Frames = 10,
        StepsAFrame = 4,
        PlayedParticles = 50,
        VariantSteps = 60,
        Spacings = [0.2, 0.1],
        Hidden = 16,
        Layers = 2,
        BatchSize = 64,
        TrainingSteps = 60,
        OrderBudgets = [8, 16, 32],
        OrderStarts = 10,
        QualityBudgets = [6, 12, 24],
        QualitySamples = 100,
        Reference = 150,
        CorrectorSteps = 8,
        ExactPoints = 8,
        LikelihoodPoints = 30,
        LikelihoodSteps = 10,
        MapNodes = 9,
        TracePoints = 10,
        Probes = [2, 4],
        Dpi = 40,
    };

    internal string Output { get; }

    internal LabResult Result { get; }

    internal JsonObject Results => JsonNode.Parse(File.ReadAllText(Path.Combine(Output, "results.json")))!.AsObject();

    public void Dispose() => _folder.Dispose();
}

/// <summary>What the SDE lab writes, with little to do.</summary>
public sealed partial class SdeLabTests(QuickSdeLab lab, Chromium browser) : IClassFixture<QuickSdeLab>, IDisposable
{
    private static readonly string[] Figures =
    [
        "corrector", "fokker-planck", "forward", "likelihood", "limit", "marginals", "orders", "paths", "quality",
        "same-marginals", "traces", "tweedie", "variance", "ve-reverse", "zeros",
    ];

    private readonly TemporaryFolder _folder = new();

    private string Page => File.ReadAllText(lab.Result.Page);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public Task The_page_is_sound_in_a_browser() => PageCheck.RequireSound(browser, lab.Result.Page);

    [Fact]
    public void Every_file_is_there_and_named()
    {
        string[] expected =
        [
            .. Figures.SelectMany(name => new[] { $"figures/{name}.png", $"figures/{name}.svg" })
                .Concat(["index.html", "model.safetensors", "results.json"]).Order(StringComparer.Ordinal),
        ];
        string[] found = Directory.GetFiles(lab.Output, "*", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(lab.Output, file).Replace('\\', '/'))
            .Order(StringComparer.Ordinal)
            .ToArray();

        Assert.Equal(expected, lab.Result.Files);
        Assert.Equal(expected, found);
    }

    [Fact]
    public void The_page_is_well_formed_and_shows_every_figure()
    {
        using XmlReader reader = XmlReader.Create(
            new StringReader(Page), new XmlReaderSettings { DtdProcessing = DtdProcessing.Ignore });
        HashSet<string> ids = [];
        while (reader.Read())
        {
            if (reader.NodeType == XmlNodeType.Element && reader.GetAttribute("id") is { } id)
            {
                Assert.True(ids.Add(id), id);
            }
        }

        Assert.Superset(
            new HashSet<string>
            {
                "score", "processes", "reverse", "paths", "limit", "likelihood", "solvers", "equations",
            },
            ids);
        Assert.All(Figures, name => Assert.Contains($"figures/{name}.svg\"", Page, StringComparison.Ordinal));
        Assert.True(Page.Split("<details class=\"prediction\">").Length - 1 >= 14);
        Assert.DoesNotContain("https:", Page, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_exercise_has_a_command_to_go_on_with()
    {
        string[] sections = Page.Split("<section id=");

        Assert.Equal(9, sections.Length);
        Assert.All(sections[1..], section => Assert.Contains("<pre class=\"commands\"", section, StringComparison.Ordinal));
    }

    [Fact]
    public void Numbers_in_tables_come_from_the_results()
    {
        // Every number of a table cell, at the precision shown, is one of the results; per cent stand for shares.
        double[] known = [.. Numbers(lab.Results).SelectMany(value => new[] { value, 100 * value })];
        foreach (Match cell in Cells().Matches(Page))
        {
            string text = Tags().Replace(cell.Groups[1].Value, "").Replace('−', '-').Replace(",", "", StringComparison.Ordinal);
            foreach (Match number in Values().Matches(text))
            {
                double value = double.Parse(number.Value, System.Globalization.CultureInfo.InvariantCulture);
                int point = number.Value.IndexOf('.', StringComparison.Ordinal);
                double half = 0.5001 * Math.Pow(10, point < 0 ? 0 : point + 1 - number.Value.Length);
                if (!text.Contains('·', StringComparison.Ordinal) && text != "1")
                {
                    Assert.True(
                        known.Any(other => Math.Abs(other - value) <= half), $"'{text}': {number.Value} is no result");
                }
            }
        }
    }

    [Fact]
    public void Results_hold_what_does_not_depend_on_chance()
    {
        JsonObject results = lab.Results;

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
        Model model = ModelFile.Load(Path.Combine(lab.Output, "model.safetensors"));

        Assert.Equal(QuickSdeLab.Settings.Hidden, model.Network.Architecture.Hidden);
        Assert.Equal("four-gaussians", model.Data);
    }

    [Fact]
    public void Two_threads_give_the_same_results_as_one()
    {
        using CpuDevice device = new(2);
        string output = _folder.PathOf("again");
        _ = new SdeLab(QuickSdeLab.Settings).Run(new LabContext(device, 5, Theme.Light, output));
        JsonObject again = JsonNode.Parse(File.ReadAllText(Path.Combine(output, "results.json")))!.AsObject();

        Assert.Equal(WithoutTimes(lab.Results), WithoutTimes(again));
    }

    private static string WithoutTimes(JsonObject results)
    {
        foreach (string key in new[] { "device", "elapsed_seconds", "stages" })
        {
            results.Remove(key);
        }

        results["model"]!.AsObject().Remove("training_seconds");
        results["likelihood"]!.AsObject().Remove("network_seconds");
        return results.ToJsonString();
    }

    private static IEnumerable<double> Numbers(JsonNode? node) => node switch
    {
        JsonObject parts => parts.SelectMany(part => Numbers(part.Value)),
        JsonArray items => items.SelectMany(Numbers),
        JsonValue value when value.GetValueKind() == JsonValueKind.Number => [value.GetValue<double>()],
        _ => [],
    };

    [GeneratedRegex("<td class=\"number\">(.*?)</td>")]
    private static partial Regex Cells();

    [GeneratedRegex("<[^>]*>")]
    private static partial Regex Tags();

    [GeneratedRegex(@"-?\d+(\.\d+)?")]
    private static partial Regex Values();
}
