using System.Text.Json;
using System.Xml;
using ScoreGpu.Engine.Devices.Cpu;
using ScoreGpu.Engine.Samplers;
using ScoreGpu.Tests.Engine;
using ScoreGpu.Tests.Viz.Pages.Browser;
using ScoreGpu.Viz;
using ScoreGpu.Viz.Labs;
using ScoreGpu.Viz.Labs.CompareSamplers;

namespace ScoreGpu.Tests.Viz.Labs.CompareSamplers;

/// <summary>The lab of samplers with little to do.</summary>
public sealed class CompareSamplersLabTests(Chromium browser) : IDisposable
{
    private static readonly CompareSamplersSettings Settings = new()
    {
        Hidden = 16,
        Layers = 2,
        BatchSize = 64,
        TrainingSteps = 60,
        Samples = 60,
        Reference = 120,
        Directions = 4,
        Budgets = [5, 20],
        LangevinFactor = 4,
        Tolerances = [1e-1],
        Dpi = 40,
    };

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task The_lab_compares_every_sampler_and_writes_what_it_found()
    {
        string output = _folder.PathOf("lab");
        using CpuDevice device = new();
        LabResult result = new CompareSamplersLab(Settings).Run(new LabContext(device, 5, Theme.Light, output));

        Assert.Equal(
            [
                "figures/flow.png", "figures/flow.svg", "figures/langevin.png", "figures/langevin.svg",
                "figures/vp.png", "figures/vp.svg", "index.html", "results.json",
            ],
            result.Files);
        Assert.Equal(1 + ComparedModel.All.Count, result.Findings.Count);
        using XmlReader reader = XmlReader.Create(
            new StringReader(File.ReadAllText(result.Page)),
            new XmlReaderSettings { DtdProcessing = DtdProcessing.Ignore });
        while (reader.Read())
        {
        }

        await PageCheck.RequireSound(browser, result.Page);
        JsonElement results = JsonDocument.Parse(File.ReadAllText(Path.Combine(output, "results.json"))).RootElement;
        var finals = results.GetProperty("finals").EnumerateArray().ToArray();
        Assert.Equal(
            ComparedModel.All.Select(compared => compared.Key),
            finals.Select(final => final.GetProperty("objective").GetString()).Distinct());
        Assert.Equal(
            SamplerCatalog.Names.Order(StringComparer.Ordinal),
            finals.Select(final => final.GetProperty("sampler").GetString()!).Distinct().Order(StringComparer.Ordinal));

        // An exact score needs no training: twenty evaluations are near the data.
        var exact = results.GetProperty("curves").EnumerateArray()
            .Single(curve => curve.GetProperty("score").GetString() == "exact"
                && curve.GetProperty("objective").GetString() == ComparedModel.Flow)
            .GetProperty("runs").EnumerateArray();
        double[] heun = [.. exact
            .Where(run => run.GetProperty("sampler").GetString() == "heun")
            .Select(run => run.GetProperty("squared_energy_distance").GetDouble())];
        Assert.Equal(2, heun.Length);
        Assert.InRange(heun[1], -0.2, 0.2);
    }

    [Fact]
    public void The_same_seed_gives_the_same_numbers()
    {
        using CpuDevice one = new(1);
        using CpuDevice two = new(2);
        LabResult first = new CompareSamplersLab(Settings).Run(new LabContext(one, 9, Theme.Dark, _folder.PathOf("a")));
        LabResult second = new CompareSamplersLab(Settings).Run(new LabContext(two, 9, Theme.Dark, _folder.PathOf("b")));
        Assert.Equal(first.Findings, second.Findings);
    }
}
