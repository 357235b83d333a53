using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using ScoreGpu.Engine.Benchmarks.Ladder;
using ScoreGpu.Tests.Viz.Pages.Browser;

namespace ScoreGpu.Tests.Viz.Labs.Ladder;

/// <summary>What the lab of kernels writes, with little to do.</summary>
public sealed partial class KernelsLabTests(QuickKernelsLab lab, Chromium browser) : IClassFixture<QuickKernelsLab>
{
    private static readonly string[] Devices = ["cpu", .. KernelLadder.Accelerators(["opencl"])];

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
        Assert.All(expected, file => Assert.True(new FileInfo(lab.PathOf(file)).Length > 0, file));
        Assert.Equal(4 * Devices.Length, lab.Result.Findings.Count);
    }

    [Fact]
    public void The_page_is_well_formed_and_loads_nothing()
    {
        Assert.Equal(lab.Page.Ids.Distinct(), lab.Page.Ids);
        Assert.All(lab.Page.Anchors, anchor => Assert.Contains(anchor, lab.Page.Ids));
        Assert.All(lab.Page.Sources, source => Assert.StartsWith("data:", source, StringComparison.Ordinal));
        Assert.DoesNotContain("https:", lab.Page.Markup, StringComparison.Ordinal);
        Assert.DoesNotContain("NaN", lab.Page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_rung_has_a_question_and_its_source_as_it_was_built()
    {
        Assert.Equal(11 + (Devices.Length > 1 ? 7 : 0), Rungs.Count());
        Assert.Equal(Rungs.Count(), lab.Page.Predictions.Length);
        string[] shown =
        [
            .. Sources().Matches(lab.Page.Markup)
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
        string[] untraced = new PageNumbers(lab.Results).Untraced(lab.Page, out int count);

        Assert.True(count > 80, $"{count} numbers");
        Assert.True(untraced.Length == 0, string.Join('\n', untraced));
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

    [GeneratedRegex("<sub>.*?</sub>|<[^>]*>", RegexOptions.Singleline)]
    private static partial Regex Tags();
}
