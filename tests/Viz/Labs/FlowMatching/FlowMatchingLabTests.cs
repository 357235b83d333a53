using System.Globalization;
using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using System.Xml;
using ScoreGpu.Cli;
using ScoreGpu.Engine.Devices.Cpu;
using ScoreGpu.Engine.Models;
using ScoreGpu.Tests.Engine;
using ScoreGpu.Tests.Viz.Pages.Browser;
using ScoreGpu.Viz;
using ScoreGpu.Viz.Labs;
using ScoreGpu.Viz.Labs.FlowMatching;

namespace ScoreGpu.Tests.Viz.Labs.FlowMatching;

/// <summary>What the flow-matching lab writes, with little to do.</summary>
public sealed partial class FlowMatchingLabTests(QuickFlowLab lab, Chromium browser) : IClassFixture<QuickFlowLab>, IDisposable
{
    private static readonly string[] Figures =
    [
        "acceleration", "conversions", "equal-evaluations", "euler", "interpolations", "loss", "marginal-paths",
        "rectified-paths", "rectified-quality",
    ];

    private static readonly string[] Models = ["flow.safetensors", "straight.safetensors", "vp.safetensors"];

    private readonly TemporaryFolder _folder = new();

    private string Page => File.ReadAllText(lab.Result.Page);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public Task The_page_is_sound_in_a_browser() => PageCheck.RequireSound(browser, lab.Result.Page);

    [Fact]
    public void The_result_names_exactly_the_files_that_are_there()
    {
        string[] expected =
        [
            .. Figures.SelectMany(figure => new[] { $"figures/{figure}.png", $"figures/{figure}.svg" }),
            .. Models, "index.html", "results.json",
        ];
        string[] found = Directory.GetFiles(lab.Output, "*", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(lab.Output, file).Replace('\\', '/'))
            .ToArray();

        Assert.Equal(expected.Order(StringComparer.Ordinal), found.Order(StringComparer.Ordinal));
        Assert.Equal(expected.Order(StringComparer.Ordinal), lab.Result.Files);
    }

    [Fact]
    public void The_page_is_well_formed_and_its_anchors_lead_somewhere()
    {
        using XmlReader reader = XmlReader.Create(
            new StringReader(Page), new XmlReaderSettings { DtdProcessing = DtdProcessing.Ignore });
        HashSet<string> ids = [];
        List<string> anchors = [];
        while (reader.Read())
        {
            if (reader.NodeType != XmlNodeType.Element)
            {
                continue;
            }

            if (reader.GetAttribute("id") is { } id)
            {
                Assert.True(ids.Add(id), id);
            }

            if (reader.Name == "a" && reader.GetAttribute("href") is ['#', .. string anchor])
            {
                anchors.Add(anchor);
            }
        }

        Assert.Equal(7, anchors.Count);
        Assert.All(anchors, anchor => Assert.Contains(anchor, ids));
    }

    [Fact]
    public void The_page_loads_nothing_and_links_to_files_beside_it()
    {
        foreach (Match source in Sources().Matches(Page))
        {
            Assert.StartsWith("data:", source.Groups[1].Value, StringComparison.Ordinal);
        }

        Assert.DoesNotContain("https:", Page, StringComparison.Ordinal);
        string[] links = Links().Matches(Page).Select(match => match.Groups[1].Value).ToArray();
        Assert.Equal((2 * Figures.Length) + Models.Length + 1, links.Length);
        Assert.All(links, link => Assert.True(File.Exists(Path.Combine(lab.Output, link)), link));
    }

    [Fact]
    public void The_page_asks_before_it_tells_and_has_figures_that_move()
    {
        Assert.Equal(10, Page.Split("<details class=\"prediction\">").Length - 1);
        Assert.Equal(3, Moving().Count(Page));
    }

    /// <summary>Every number with a point in it that the page states, except in formulas and commands.</summary>
    [Fact]
    public void Numbers_of_the_page_are_those_of_the_results()
    {
        List<double> known = [];
        Collect(JsonNode.Parse(File.ReadAllText(Path.Combine(lab.Output, "results.json")))!, known);
        string text = WebUtility.HtmlDecode(Tags().Replace(Unread().Replace(Page, " "), " "));
        MatchCollection numbers = Decimals().Matches(text);

        Assert.True(numbers.Count > 200, $"{numbers.Count} numbers");
        Assert.False(IsKnown(Decimals().Match("0.57721566"), known));
        Assert.All(numbers, match => Assert.True(IsKnown(match, known), $"{match.Value} in '{Around(text, match)}'"));
    }

    [Fact]
    public void Results_hold_the_numbers_of_every_stage()
    {
        using JsonDocument results = JsonDocument.Parse(File.ReadAllText(Path.Combine(lab.Output, "results.json")));
        JsonElement root = results.RootElement;

        Assert.Equal(3, root.GetProperty("conditional_paths").GetArrayLength());
        Assert.Equal(10, root.GetProperty("data_sizes").GetArrayLength());
        Assert.Equal(15, root.GetProperty("euler_exact").GetArrayLength());
        Assert.Equal(10, root.GetProperty("euler_trained").GetArrayLength());
        Assert.Equal(4, root.GetProperty("models").EnumerateObject().Count());
        Assert.Equal(300, root.GetProperty("conversions").GetProperty("flow").GetProperty("checks").GetArrayLength());
        Assert.Equal(10, root.GetProperty("equal_evaluations").GetArrayLength());
        Assert.Equal(3, root.GetProperty("rectified_flow").GetProperty("rounds").GetArrayLength());
    }

    [Fact]
    public void Commands_of_the_page_run_and_make_the_same_models()
    {
        string[] commands = Lines().Matches(Page)
            .Select(match => WebUtility.HtmlDecode(Tags().Replace(match.Groups[1].Value, "")))
            .Where(line => !line.StartsWith("scoregpu lab", StringComparison.Ordinal))
            .Distinct()
            .OrderBy(line => line.StartsWith("scoregpu train", StringComparison.Ordinal) ? 0
                : line.StartsWith("scoregpu reflow", StringComparison.Ordinal) ? 1
                : line.StartsWith("scoregpu compare", StringComparison.Ordinal) ? 3 : 2)
            .ToArray();
        Assert.True(commands.Length >= 13, $"{commands.Length}");
        foreach (string command in commands)
        {
            Run(command);
        }

        foreach (string model in new[] { "flow.safetensors", "vp.safetensors" })
        {
            Assert.Equal(
                File.ReadAllBytes(Path.Combine(lab.Output, model)), File.ReadAllBytes(_folder.PathOf(model)));
        }

        Assert.Equal("eight-gaussians", ModelFile.Load(_folder.PathOf("straight.safetensors")).Data);
    }

    [Fact]
    public void The_same_seed_gives_the_same_results_on_any_number_of_threads() =>
        Assert.Equal(WithoutTimes(Path.Combine(lab.Output, "results.json")), Again(1));

    [Fact]
    public void Progress_rises_to_the_end()
    {
        IReadOnlyList<LabProgress> reports = lab.Steps.Reports;

        Assert.Equal(1.0, reports[^1].Share);
        Assert.All(reports, report => Assert.InRange(report.Share, 0.0, 1.0));
        Assert.Equal(
            lab.Result.Stages.Select(stage => stage.Name).Append("done"),
            reports.Select(report => report.Stage).Distinct());
    }

    private string Again(int threads)
    {
        using CpuDevice device = new(threads);
        string output = _folder.PathOf("again");
        new FlowMatchingLab(QuickFlowLab.Settings).Run(new LabContext(device, 5, Theme.Light, output));
        return WithoutTimes(Path.Combine(output, "results.json"));
    }

    private static string WithoutTimes(string path) => string.Join('\n', File.ReadLines(path).Where(line =>
        !line.Contains("seconds\"", StringComparison.Ordinal) && !line.Contains("\"device\"", StringComparison.Ordinal)));

    private static void Collect(JsonNode node, List<double> known)
    {
        switch (node)
        {
            case JsonObject fields:
                foreach ((_, JsonNode? value) in fields)
                {
                    if (value is not null)
                    {
                        Collect(value, known);
                    }
                }

                break;
            case JsonArray items:
                foreach (JsonNode? item in items.Where(item => item is not null))
                {
                    Collect(item!, known);
                }

                break;
            case JsonValue value when value.TryGetValue(out double number):
                known.Add(number);
                break;
        }
    }

    // As shown, rounded; a share or what exceeds 1 as per cent.
    private static bool IsKnown(Match match, List<double> known)
    {
        string mantissa = match.Groups["number"].Value.Replace('−', '-').Replace(",", "", StringComparison.Ordinal);
        double shown = double.Parse(mantissa, CultureInfo.InvariantCulture);
        int digits = mantissa.Contains('.', StringComparison.Ordinal) ? mantissa.Length - mantissa.IndexOf('.', StringComparison.Ordinal) - 1 : 0;
        double power = Math.Pow(10.0, Exponent(match.Groups["power"].Value));
        double slack = 0.5000001 * Math.Pow(10.0, -digits) * power;
        bool isPercent = match.Groups["percent"].Success;
        return known.Any(value => isPercent
            ? Math.Abs((100.0 * value) - shown) <= slack || Math.Abs((100.0 * (value - 1.0)) - shown) <= slack
            : Math.Abs(value - (shown * power)) <= slack);
    }

    private static int Exponent(string superscript) => superscript.Length == 0
        ? 0
        : int.Parse(
            string.Concat(superscript.Select(c => c == '⁻' ? '-' : (char)('0' + "⁰¹²³⁴⁵⁶⁷⁸⁹".IndexOf(c, StringComparison.Ordinal)))),
            CultureInfo.InvariantCulture);

    private static string Around(string text, Match match) =>
        text.Substring(Math.Max(0, match.Index - 40), Math.Min(80, text.Length - Math.Max(0, match.Index - 40)));

    private void Run(string command)
    {
        string[] words = command.Split(' ');
        Assert.Equal("scoregpu", words[0]);
        using StringWriter output = new();
        using StringWriter error = new();
        int code = Application.Run(
            [.. words.Skip(1).Select(word => FileNames().IsMatch(word) ? _folder.PathOf(word) : word)], output, error);
        Assert.True(code == ExitCode.Success, $"{command}: {error}");
    }

    [GeneratedRegex("""src=["']([^"']{0,40})""")]
    private static partial Regex Sources();

    [GeneratedRegex("""href="([^"#]+)"[^>]*>(?:SVG|PNG|[a-z.]+(?:json|safetensors))<""")]
    private static partial Regex Links();

    [GeneratedRegex("<(script|style|svg|pre|code)[^>]*>.*?</\\1>|<p class=\"formula\">.*?</p>|src='[^']*'|<footer>.*?</footer>",
        RegexOptions.Singleline)]
    private static partial Regex Unread();

    [GeneratedRegex("<figure id=\"figure-[0-9]+\" class=\"interactive\">")]
    private static partial Regex Moving();

    [GeneratedRegex("<[^>]*>")]
    private static partial Regex Tags();

    [GeneratedRegex("(?<number>−?[0-9][0-9,]*\\.[0-9]+|−?[0-9](?=·10[⁻⁰-⁹¹²³]))(?:·10(?<power>[⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+))?(?<percent> %)?")]
    private static partial Regex Decimals();

    [GeneratedRegex("((?:<b>[^<]*</b> ?)+)(?:</span>|</code>)")]
    private static partial Regex Lines();

    [GeneratedRegex(@"\.(safetensors|npy|svg)$")]
    private static partial Regex FileNames();
}
