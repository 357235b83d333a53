using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using System.Xml;
using ScoreGpu.Engine.Benchmarks.Ladder;
using ScoreGpu.Tests.Viz.Labs.ScoreMatching;
using ScoreGpu.Tests.Viz.Pages.Browser;

namespace ScoreGpu.Tests.Viz.Labs.Ladder;

/// <summary>What the lab of kernels writes, with little to do.</summary>
public sealed partial class KernelsLabTests(QuickKernelsLab lab, Chromium browser) : IClassFixture<QuickKernelsLab>
{
    private static readonly string[] Devices = ["cpu", .. KernelLadder.Accelerators(["opencl"])];

    private string Page => File.ReadAllText(lab.Result.Page);

    private IEnumerable<JsonObject> Tasks => lab.Results["ladders"]!.AsArray()
        .SelectMany(ladder => new[] { ladder!["forward"]!.AsObject(), ladder["sampler"]!.AsObject() });

    private IEnumerable<JsonObject> Rungs =>
        Tasks.SelectMany(task => task["rungs"]!.AsArray()).Select(rung => rung!.AsObject());

    [Fact]
    public Task The_page_is_sound_in_a_browser() => PageCheck.RequireSound(browser, lab.Result.Page);

    [Fact]
    public void Every_file_is_there()
    {
        string[] expected =
        [
            .. Devices.SelectMany(device => new[] { $"{device}-forward", $"{device}-limits", $"{device}-sampler" })
                .SelectMany(figure => new[] { $"figures/{figure}.png", $"figures/{figure}.svg" })
                .Concat(["index.html", "results.json"])
                .Order(StringComparer.Ordinal),
        ];

        Assert.Equal(expected, lab.Result.Files);
        Assert.All(expected, file => Assert.True(new FileInfo(Path.Combine(lab.Output, file)).Length > 0, file));
        Assert.Equal(4 * Devices.Length, lab.Result.Findings.Count);
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

        Assert.All(anchors, anchor => Assert.Contains(anchor, ids));
        Assert.DoesNotContain("https:", Page, StringComparison.Ordinal);
        Assert.DoesNotContain("NaN", Page, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_rung_has_a_question_and_its_source_as_it_was_built()
    {
        Assert.Equal(11 + (Devices.Length > 1 ? 7 : 0), Rungs.Count());
        Assert.Equal(Rungs.Count(), Page.Split("<details class=\"prediction\">").Length - 1);
        string[] shown =
        [
            .. Sources().Matches(Page)
                .Select(match => WebUtility.HtmlDecode(Tags().Replace(match.Groups[1].Value, ""))),
        ];
        string[] files =
        [
            .. Rungs.SelectMany(rung => rung["sources"]!.AsArray()).Select(file => file!.GetValue<string>()).Distinct(),
        ];

        Assert.Equal(files.Length, shown.Length);
        foreach ((string file, string code) in files.Zip(shown))
        {
            Assert.EndsWith($"\n{code}\n", LadderSources.Read(file), StringComparison.Ordinal);
            Assert.Contains(Path.GetFileNameWithoutExtension(file), code, StringComparison.Ordinal);
        }
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

        Assert.True(numbers.Length > 80, $"{numbers.Length} numbers");
        Assert.All(numbers, number => Assert.True(results.Explain(number), number));
    }

    [Fact]
    public void Results_say_of_each_rung_what_it_should_take_and_what_it_took()
    {
        Assert.All(Tasks, task => Assert.Empty(task["refused"]!.AsArray()));
        Assert.All(Rungs, rung =>
        {
            double predicted = Number(rung["predicted_milliseconds"]);
            Assert.True(predicted > 0);
            Assert.Equal(Number(rung["milliseconds"]) / predicted, Number(rung["over_prediction"]), 1e-9);
            Assert.InRange(Number(rung["error"]), 0, 1);
            Assert.Contains(
                rung["bound_by"]!.GetValue<string>(),
                rung["predicted_terms"]!.AsArray().Select(term => term!["limit"]!.GetValue<string>()));
        });
        foreach (JsonObject task in Tasks)
        {
            JsonObject[] rungs = [.. task["rungs"]!.AsArray().Select(rung => rung!.AsObject())];
            double gains = rungs.Skip(1).Aggregate(1.0, (product, rung) => product * Number(rung["gain"]));
            Assert.Equal(Number(task["gain"]), gains, 1e-9 * gains);
            Assert.Null(rungs[0]["gain"]);
        }
    }

    private static double Number(JsonNode? node) => node!.GetValue<double>();

    [GeneratedRegex("<details class=\"source\".*?<pre tabindex=\"0\"><code>(.*?)</code></pre>", RegexOptions.Singleline)]
    private static partial Regex Sources();

    [GeneratedRegex("<t?d[d]? ?(?:class=\"number\")?>(.*?)</t?d", RegexOptions.Singleline)]
    private static partial Regex Cells();

    [GeneratedRegex("(?:<aside class=\"finding\"><p>|<div class=\"answer\"><p>)(.*?)</p>", RegexOptions.Singleline)]
    private static partial Regex Told();

    [GeneratedRegex("<sub>.*?</sub>|<[^>]*>", RegexOptions.Singleline)]
    private static partial Regex Tags();
}
