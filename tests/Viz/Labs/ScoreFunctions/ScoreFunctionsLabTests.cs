using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml;
using ScoreGpu.Engine.Data;
using ScoreGpu.Engine.Files;
using ScoreGpu.Engine.Models;
using ScoreGpu.Engine.Processes;
using ScoreGpu.Tests.Viz.Pages.Browser;
using ScoreGpu.Viz.Labs;
using ScoreGpu.Viz.Pages.Interactive;

namespace ScoreGpu.Tests.Viz.Labs.ScoreFunctions;

/// <summary>What the score-function lab writes, with little to do.</summary>
public sealed partial class ScoreFunctionsLabTests(QuickLab lab, Chromium browser) : IClassFixture<QuickLab>
{
    private static readonly string[] Figures =
    [
        "agreement", "field-clean", "fields-noise", "implied-score-long", "implied-score-short", "loss", "samples",
        "scores-1d", "starts", "trajectories", "trajectory-density",
    ];

    private string Page => File.ReadAllText(lab.Result.Page);

    [Fact]
    public void Every_figure_is_there_as_svg_and_png()
    {
        foreach (string figure in Figures)
        {
            string path = Path.Combine(lab.Output, "figures", figure);
            Assert.StartsWith("<svg", File.ReadAllText(path + ".svg"), StringComparison.Ordinal);
            Assert.Equal([0x89, 0x50, 0x4E, 0x47], File.ReadAllBytes(path + ".png").Take(4));
        }
    }

    [Fact]
    public void The_result_names_exactly_the_files_that_are_there()
    {
        string[] found = Directory.GetFiles(lab.Output, "*", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(lab.Output, file).Replace('\\', '/'))
            .Order(StringComparer.Ordinal)
            .ToArray();

        Assert.Equal(found, lab.Result.Files);
        Assert.Equal(5 + (2 * Figures.Length), found.Length);
        Assert.Single(Directory.GetFileSystemEntries(Path.GetDirectoryName(lab.Output)!));
    }

    [Fact]
    public void The_page_is_well_formed()
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

        Assert.Equal(5, anchors.Count);
        Assert.All(anchors, anchor => Assert.Contains(anchor, ids));
    }

    [Fact]
    public void The_page_loads_nothing()
    {
        foreach (Match source in Sources().Matches(Page))
        {
            Assert.StartsWith("data:", source.Groups[2].Value, StringComparison.Ordinal);
        }

        Assert.DoesNotContain("https:", Page, StringComparison.Ordinal);
        Assert.DoesNotContain("@import", Page, StringComparison.Ordinal);
        Assert.DoesNotContain("<link", Page, StringComparison.Ordinal);
        Assert.Equal(2 * Figures.Length, Sources().Count(Page));
    }

    [Fact]
    public void Links_of_the_page_lead_to_files_beside_it()
    {
        string[] links = Links().Matches(Page).Select(match => match.Groups[1].Value).ToArray();

        Assert.Equal(2 + (2 * Figures.Length), links.Length);
        Assert.All(links, link => Assert.True(File.Exists(Path.Combine(lab.Output, link)), link));
    }

    [Fact]
    public Task The_page_is_sound_in_a_browser() => PageCheck.RequireSound(browser, lab.Result.Page);

    [Fact]
    public void Sliders_hold_the_exact_fields_and_the_player_both_ways()
    {
        string[] data = Data().Matches(Page).Select(match => match.Groups[1].Value).ToArray();
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
        int frame = 3 * QuickLab.Settings.MovingParticles;
        Assert.Equal(51 * frame, sde.Length);
        Assert.Equal(sde[..frame], ode[..frame]);
        Assert.NotEqual(sde[^frame..], ode[^frame..]);
    }

    [Fact]
    public void The_page_asks_before_it_tells() =>
        Assert.Equal(8, Page.Split("<details class=\"prediction\">").Length - 1);

    [Fact]
    public void Results_hold_the_numbers()
    {
        using JsonDocument results = JsonDocument.Parse(File.ReadAllText(Path.Combine(lab.Output, "results.json")));
        JsonElement root = results.RootElement;

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
        using JsonDocument results = JsonDocument.Parse(File.ReadAllText(Path.Combine(lab.Output, "results.json")));
        JsonElement trajectories = results.RootElement.GetProperty("trajectories");

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
        Model model = ModelFile.Load(Path.Combine(lab.Output, "model.safetensors"));

        Assert.Equal(QuickLab.Settings.Hidden, model.Network.Architecture.Hidden);
        Assert.Equal("four-gaussians", model.Data);
        Assert.Equal(8, PointsFile.Read(Path.Combine(lab.Output, "starts.npy")).Count);
        Assert.Equal(
            QuickLab.Settings.QualitySamples, PointsFile.Read(Path.Combine(lab.Output, "x_T.npy")).Count);
    }

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

    [GeneratedRegex("<script type=\"application/json\" class=\"data\">(.*)</script>")]
    private static partial Regex Data();

    [GeneratedRegex("""src=(["'])([^"']{0,40})""")]
    private static partial Regex Sources();

    [GeneratedRegex("""href="([^"#]+)"[^>]*>(?:SVG|PNG|[a-z.]+(?:json|safetensors))<""")]
    private static partial Regex Links();
}
