using System.Text.Json;
using ScoreGpu.Engine.Samplers;
using ScoreGpu.Tests.Viz.Pages.Browser;
using ScoreGpu.Viz.Labs.CompareSamplers;

namespace ScoreGpu.Tests.Viz.Labs.CompareSamplers;

/// <summary>What the lab of samplers writes, with little to do.</summary>
public sealed class CompareSamplersLabTests(QuickCompareSamplersLab lab, Chromium browser)
    : LabTests(lab, browser), IClassFixture<QuickCompareSamplersLab>
{
    private protected override LabContents Expected { get; } = new()
    {
        Figures = ["flow", "langevin", "vp"],
        Sections = ["curves", "finals"],
        Predictions = 0,
        Moving = 0,
        Numbers = 950,
        Commands = 0,
    };

    [Fact]
    public void Every_sampler_is_compared()
    {
        Assert.Equal(1 + ComparedModel.All.Count, Lab.Result.Findings.Count);
        JsonElement results = JsonSerializer.SerializeToElement(Lab.Results);
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
}
