using System.Xml;
using ScoreGpu.Engine.Benchmarks;
using ScoreGpu.Engine.Benchmarks.Growth;
using ScoreGpu.Engine.Devices.Cpu;
using ScoreGpu.Tests.Benchmarks.Growth;
using ScoreGpu.Tests.Cli;
using ScoreGpu.Tests.Viz.Pages.Browser;
using ScoreGpu.Viz;
using ScoreGpu.Viz.Benchmarks;

namespace ScoreGpu.Tests.Benchmarks;

/// <summary>The pages of a benchmark and of two.</summary>
public sealed class BenchmarkPageTests(Chromium browser) : IDisposable
{
    private static readonly BenchmarkReport Measured =
        SmallBenchmark.RunOnCpu() with { Growth = SmallGrowth.RunOnCpu() };

    private readonly CliFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_page_is_well_formed_and_shows_every_result()
    {
        using var wrong = new WrongDevice(new CpuDevice(1), 1e-3f);
        BenchmarkReport report = SmallBenchmark.Run(wrong);
        foreach (BenchmarkReport each in (BenchmarkReport[])[Measured, report])
        {
            string name = each.Growth is null ? "without" : "with";
            XmlDocument page = Load(Write(each, name));
            Assert.Equal(each.Results.Count, page.SelectNodes("//section[@id='numbers']//tbody/tr")!.Count);
            Assert.Equal(each.Operations.Count, page.SelectNodes("//section[@id='costs']//tbody/tr")!.Count);
            Assert.Equal(each.Refused.Count, page.SelectNodes("//section[@id='numbers']//aside")!.Count);
            Assert.Equal(
                each.Growth?.Curves.Count ?? 0, page.SelectNodes("//section[@id='growth']//tbody/tr")!.Count);
            Assert.Equal(each.Growth is not null, File.Exists(_folder[$"{name}/figures/growth.svg"]));
            Assert.Equal(each.Results, BenchmarkFile.Read(_folder[$"{name}/bench.json"]).Results);
            Assert.True(File.Exists(_folder[$"{name}/figures/roofline.svg"]));
            Assert.True(File.Exists(_folder[$"{name}/figures/batch.png"]));
        }
    }

    [Fact]
    public Task The_page_is_sound_in_a_browser() => PageCheck.RequireSound(browser, Write(Measured));

    [Fact]
    public async Task Growth_alone_is_a_page_too()
    {
        GrowthReport growth = Measured.Growth! with
        {
            Curves = [.. Measured.Growth.Curves.Select(curve => curve with { EndsBecause = "it has no more memory" })],
            Refused = [new RefusedGrowth("draw", GrowthAxis.Count, 12)],
        };
        string path = Write(Measured with { Operations = [], Results = [], Growth = growth });

        XmlDocument page = Load(path);
        Assert.Equal(
            ["machine", "growth"],
            page.SelectNodes("//section/@id")!.Cast<XmlNode>().Select(id => id.Value));
        string text = page.SelectSingleNode("//section[@id='growth']")!.InnerText;
        Assert.Contains("it has no more memory", text, StringComparison.Ordinal);
        Assert.Contains("how draw grows with count", text, StringComparison.Ordinal);
        await PageCheck.RequireSound(browser, path);
    }

    [Fact]
    public void A_growth_figure_shows_every_measured_size()
    {
        GrowthReport growth = Measured.Growth!;

        Figure figure = GrowthFigure.Draw(growth).Figure;

        // A panel an axis, and the memory.
        Assert.Equal(6, figure.Panels.Count);
        string svg = figure.ToSvg();
        foreach (GrowthCurve curve in growth.Curves.Where(curve => curve.Axis != GrowthAxis.Count))
        {
            Assert.Contains(GrowthFigure.Exponent(curve.Measured), svg, StringComparison.Ordinal);
        }

        Assert.Single(GrowthFigure.Draw(growth with { Memory = [], Curves = [growth.Curves[^1]] }).Figure.Panels);
        Assert.Equal("1.250 ± 0.012", GrowthFigure.Exponent(new PowerLaw(1, 1.25, 0.0123)));
    }

    [Fact]
    public async Task Two_benchmarks_make_a_page()
    {
        BenchmarkReport faster = Measured with
        {
            Results = [.. Measured.Results.Select(result => result with
            {
                Time = BenchmarkTime.Of([result.Time.Median / 2], 1),
            })],
        };
        File.WriteAllText(_folder["a.json"], BenchmarkFile.ToText(Measured));
        File.WriteAllText(_folder["b.json"], BenchmarkFile.ToText(faster));

        string told = _folder.Succeed("bench --compare @a.json @b.json --out @two --theme light");

        string path = _folder["two/compare.html"];
        Assert.Contains(path, told, StringComparison.Ordinal);
        XmlDocument page = Load(path);
        Assert.Equal(Measured.Results.Count, page.SelectNodes("//section[@id='numbers']//tbody/tr")!.Count);
        Assert.Contains("2.00×", page.SelectSingleNode("//section[@id='numbers']")!.InnerText, StringComparison.Ordinal);
        Assert.True(File.Exists(_folder["two/figures/batch-ratio.svg"]));
        Assert.False(File.Exists(_folder["two/bench.json"]));
        await PageCheck.RequireSound(browser, path);
    }

    private string Write(BenchmarkReport report, string name = "out")
    {
        using BenchmarkFolder folder = BenchmarkFolder.Prepare(_folder[name]);
        return folder.Write(report, Theme.Light, TestContext.Current.CancellationToken);
    }

    private static XmlDocument Load(string path)
    {
        XmlDocument page = new() { XmlResolver = null };
        using XmlReader reader = XmlReader.Create(path, new XmlReaderSettings { DtdProcessing = DtdProcessing.Ignore });
        page.Load(reader);
        return page;
    }
}
