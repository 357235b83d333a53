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
using ScoreGpu.Viz.Labs.Ncsn;

namespace ScoreGpu.Tests.Viz.Labs.Ncsn;

/// <summary>What the ncsn lab writes, with little to do.</summary>
public sealed partial class NcsnLabTests(QuickNcsnLab lab, Chromium browser) : IClassFixture<QuickNcsnLab>, IDisposable
{
    private static readonly string[] Figures =
    [
        "conversions", "density-map", "end-points", "far-modes", "far-paths", "fate", "fields", "levels", "likelihood",
        "samples", "shares", "step-clouds", "step-size", "variances", "weighting",
    ];

    private readonly TemporaryFolder _folder = new();

    private string Page => File.ReadAllText(lab.Result.Page);

    private JsonElement Results =>
        JsonDocument.Parse(File.ReadAllText(Path.Combine(lab.Output, "results.json"))).RootElement;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public Task The_page_is_sound_in_a_browser() => PageCheck.RequireSound(browser, lab.Result.Page);

    [Fact]
    public void Every_file_is_there()
    {
        string[] expected =
        [
            .. Figures.SelectMany(name => new[] { $"figures/{name}.png", $"figures/{name}.svg" }),
            "index.html", "model.safetensors", "results.json",
        ];
        Assert.Equal(expected.Order(StringComparer.Ordinal), lab.Result.Files);
        foreach (string figure in Figures)
        {
            string path = Path.Combine(lab.Output, "figures", figure);
            Assert.StartsWith("<svg", File.ReadAllText(path + ".svg"), StringComparison.Ordinal);
            Assert.Equal([0x89, 0x50, 0x4E, 0x47], File.ReadAllBytes(path + ".png").Take(4));
        }

        Assert.Equal("ring8", ModelFile.Load(Path.Combine(lab.Output, "model.safetensors")).Data);
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
                Assert.True(reader.GetAttribute("id") is not { } id || ids.Add(id), reader.GetAttribute("id"));
                if (reader.Name == "a" && reader.GetAttribute("href") is ['#', .. string anchor])
                {
                    anchors.Add(anchor);
                }
            }
        }

        Assert.Equal(9, anchors.Count);
        Assert.All(anchors, anchor => Assert.Contains(anchor, ids));
        Assert.DoesNotContain("https:", Page, StringComparison.Ordinal);
        Assert.DoesNotContain("<link", Page, StringComparison.Ordinal);
        Assert.Equal(8, Page.Split("<details class=\"prediction\">").Length - 1);
        Assert.Equal(2 + Figures.Length, Page.Split("<figcaption>").Length - 1);
    }

    [Fact]
    public void Numbers_of_the_page_are_those_of_the_results()
    {
        // Every number in a table's cell, as the page rounds it, is one of the results' rounded the same way.
        double[] known = [.. NumbersOf(Results), .. NumbersOf(Results).Select(value => 100.0 * value)];
        string[] cells = Cells().Matches(Page).Select(match => match.Groups[1].Value).ToArray();
        Assert.True(cells.Length > 300, $"{cells.Length}");
        foreach (string cell in cells)
        {
            foreach (Match number in Number().Matches(cell))
            {
                string digits = number.Groups[1].Value.Replace(",", "", StringComparison.Ordinal).Replace('−', '-');
                double shown = double.Parse(digits, System.Globalization.CultureInfo.InvariantCulture)
                    * Math.Pow(10.0, Exponent(number.Groups[2].Value));
                int decimals = digits.Contains('.', StringComparison.Ordinal)
                    ? digits.Length - digits.IndexOf('.', StringComparison.Ordinal) - 1
                    : 0;
                double half = 0.501 * Math.Pow(10.0, Exponent(number.Groups[2].Value) - decimals);
                Assert.True(
                    shown == 0.0 || known.Any(value => Math.Abs(value - shown) <= half), $"{shown} in '{cell}'");
            }
        }
    }

    [Fact]
    public void Results_hold_what_the_text_claims_are_held_against()
    {
        JsonElement root = Results;
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

    [Fact]
    public void The_same_seed_gives_the_same_results_for_any_number_of_threads()
    {
        using CpuDevice device = new(1);
        string again = _folder.PathOf("again");
        new NcsnLab(QuickNcsnLab.Settings).Run(new LabContext(device, 5, Theme.Dark, again));
        Assert.Equal(
            WithoutTimes(Path.Combine(lab.Output, "results.json")), WithoutTimes(Path.Combine(again, "results.json")));
    }

    private static string WithoutTimes(string path)
    {
        JsonNode root = JsonNode.Parse(File.ReadAllText(path))!;
        Strip(root);
        root.AsObject().Remove("device");
        return root.ToJsonString();

        static void Strip(JsonNode? node)
        {
            if (node is JsonObject found)
            {
                foreach (string key in found.Select(pair => pair.Key).ToArray())
                {
                    if (key.EndsWith("_seconds", StringComparison.Ordinal))
                    {
                        found.Remove(key);
                    }
                    else
                    {
                        Strip(found[key]);
                    }
                }
            }
            else if (node is JsonArray list)
            {
                foreach (JsonNode? item in list)
                {
                    Strip(item);
                }
            }
        }
    }

    private static IEnumerable<double> NumbersOf(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Number => [element.GetDouble()],
        JsonValueKind.Array => element.EnumerateArray().SelectMany(NumbersOf)
            .Concat(element.EnumerateArray().All(item => item.ValueKind == JsonValueKind.Number)
                && element.GetArrayLength() > 0
                    ? [element.EnumerateArray().Min(item => item.GetDouble()), element.EnumerateArray().Max(item => item.GetDouble())]
                    : []),
        JsonValueKind.Object => element.EnumerateObject().SelectMany(member => NumbersOf(member.Value)),
        _ => [],
    };

    private static int Exponent(string superscripts) => superscripts.Length == 0
        ? 0
        : int.Parse(
            string.Concat(superscripts.Select(c => c == '⁻' ? '-' : (char)('0' + "⁰¹²³⁴⁵⁶⁷⁸⁹".IndexOf(c, StringComparison.Ordinal)))),
            System.Globalization.CultureInfo.InvariantCulture);

    [GeneratedRegex("<td class=\"number\">([^<]*)</td>")]
    private static partial Regex Cells();

    [GeneratedRegex("(−?[0-9][0-9,]*(?:\\.[0-9]+)?)(?:·10([⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+))?")]
    private static partial Regex Number();
}
