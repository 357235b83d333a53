using System.Text.Json;
using ScoreGpu.Engine.Data;
using ScoreGpu.Engine.Distributions;
using ScoreGpu.Engine.Files;
using ScoreGpu.Engine.Models;

namespace ScoreGpu.Tests.Cli;

public sealed class CompareAndDataCommandTests : IDisposable
{
    private const string Mixture = """{"weights": [3, 1], "means": [[4, 0], [-4, 0]], "standard_deviations": [1, 0.5]}""";

    private readonly CliFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_data_set_is_written_with_its_density_and_picture()
    {
        JsonElement json = _folder.SucceedWithJson(
            "data two-moons --count 200 --seed 5 --density @p.npy --plot @x.png --out @x.npy");

        PointSet points = PointsFile.Read(_folder["x.npy"]);
        Assert.Equal(new TwoMoons().Sample(200, 5), points.Values);
        Assert.Equal(new TwoMoons().LogDensities(points.Values), NpyFile.Read(_folder["p.npy"]).ToDoubles());
        Assert.Equal((200, 2), (json.GetProperty("count").GetInt32(), json.GetProperty("dimension").GetInt32()));
        Assert.Equal(["p.npy", "x.npy", "x.png"], _folder.Files);
    }

    [Fact]
    public void Every_named_set_is_written()
    {
        foreach (string name in NamedDistributions.Names)
        {
            _folder.Succeed($"data {name} --count 5 --out @x.csv");
            Assert.Equal(5, PointsFile.Read(_folder["x.csv"]).Count);
            Assert.Contains(name, _folder.Succeed("data --help"), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Samples_of_a_mixture_are_found_equal_to_it()
    {
        File.WriteAllText(_folder["m.json"], Mixture);
        _folder.Succeed("data @m.json --count 3000 --out @x.npy");
        JsonElement json = _folder.SucceedWithJson("compare @x.npy --to @m.json --most 1000");

        Assert.Equal((1000, 3000), (Number(json, "compared_samples"), Number(json, "data_count")));
        foreach (string metric in new[] { "energy_distance_squared", "mmd_squared" })
        {
            JsonElement estimate = json.GetProperty(metric);
            Assert.InRange(Math.Abs(Number(estimate, "value") / Number(estimate, "rms_of_equals")), 0.0, 4.0);
        }

        foreach (string metric in new[] { "kl_data_samples", "kl_samples_data", "log_likelihood_gap" })
        {
            JsonElement estimate = json.GetProperty(metric);
            Assert.InRange(Math.Abs(Number(estimate, "value") / Number(estimate, "standard_error")), 0.0, 5.0);
        }

        JsonElement sliced = json.GetProperty("sliced_wasserstein_squared");
        Assert.InRange(Number(sliced, "value") / Number(sliced, "of_equals"), 0.05, 20.0);
        Assert.Equal(0.0, Number(json, "outside_share"));
        Assert.Equal(0.75, Number(json.GetProperty("modes")[0], "share"), 0.04);
        Assert.Equal(4.0, json.GetProperty("modes")[0].GetProperty("mean")[0].GetDouble(), 0.1);
        Assert.Equal(0.25, json.GetProperty("modes")[1].GetProperty("covariance")[3].GetDouble(), 0.05);
        Assert.InRange(Number(json.GetProperty("shares_chi_square"), "p_value"), 1e-3, 1.0);
    }

    [Fact]
    public void Samples_of_another_distribution_are_found_different()
    {
        File.WriteAllText(_folder["m.json"], Mixture);
        _folder.Succeed("data two-gaussians --count 2000 --out @x.npy");
        JsonElement json = _folder.SucceedWithJson("compare @x.npy --to @m.json --count 1500 --most 1000 --bandwidth 1");

        JsonElement energy = json.GetProperty("energy_distance_squared");
        Assert.True(Number(energy, "value") > 20.0 * Number(energy, "rms_of_equals"));
        Assert.True(Number(json.GetProperty("mmd_squared"), "value") > 0.1);
        Assert.Equal([1.0], json.GetProperty("mmd_bandwidths").EnumerateArray().Select(h => h.GetDouble()));
        Assert.True(Number(json.GetProperty("kl_data_samples"), "value") > 1.0);
        Assert.InRange(Number(json.GetProperty("shares_chi_square"), "p_value"), 0.0, 1e-6);
        Assert.Equal(1500, Number(json, "data_count"));
    }

    [Fact]
    public void Points_beside_the_board_are_counted()
    {
        File.WriteAllText(_folder["x.csv"], "0.5,0.5\n1,1\n1.5,0.5\n0.5,2.5\n-1,-1\n-1.2,-1.3\n2.5,2.5\n3,3\n");
        JsonElement json = _folder.SucceedWithJson("compare @x.csv --to checkerboard");

        Assert.Equal(0.125, Number(json, "outside_share"));
        Assert.Equal(JsonValueKind.Null, json.GetProperty("log_likelihood_gap").GetProperty("value").ValueKind);
        Assert.False(json.TryGetProperty("modes", out _));
        Assert.Contains("share where the data have none", _folder.Succeed("compare @x.csv --to checkerboard"));
    }

    [Fact]
    public void Files_are_compared_with_files_and_repeated_points_are_said_to_repeat()
    {
        File.WriteAllText(_folder["x.csv"], string.Concat(Enumerable.Repeat("1\n2\n3\n", 8)));
        File.WriteAllText(_folder["y.csv"], string.Concat(Enumerable.Range(0, 20).Select(i => $"{i}\n")));
        string text = _folder.Succeed("compare @x.csv --to @y.csv");

        Assert.Contains("points that repeat", text, StringComparison.Ordinal);
        Assert.DoesNotContain("gap", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Chains_are_diagnosed()
    {
        _folder.Train("dsm.safetensors", "--data two-gaussians --process dsm");
        _folder.Succeed(
            "sample --model @dsm.safetensors --count 20 --steps 60 --trajectories @t.npy --out @x.npy");
        JsonElement[] chains =
        [
            .. _folder.SucceedWithJson("compare @x.npy --to two-gaussians --chains @t.npy --discard 11")
                .GetProperty("chains").EnumerateArray(),
        ];

        Assert.Equal(2, chains.Length);
        Assert.All(chains, chain => Assert.InRange(Number(chain, "rank_split_r_hat"), 1.0, 10.0));
        Assert.All(chains, chain => Assert.InRange(Number(chain, "ess"), 20.0, 1000.0));
        Assert.Contains("split R-hat", _folder.Succeed("compare @x.npy --to two-gaussians --chains @t.npy"));
    }

    [Theory]
    [InlineData("--data two-moons --data-count 300", 300, false)]
    [InlineData("--data four-gaussians --data-order shuffled --data-count 100", 100, false)]
    [InlineData("--data @far.csv", 3, true)]
    [InlineData("--data @far.csv --data-scale none --data-order shuffled", 3, false)]
    public void Tables_are_trained_on(string options, int points, bool standardised)
    {
        File.WriteAllText(_folder["far.csv"], "1000,5\n1002,7\n1004,3\n");
        JsonElement json = _folder.SucceedWithJson(
            $"train {options} --steps 3 --hidden 8 --layers 2 --batch 64 --out @m.safetensors");

        Assert.Equal(points, Number(json, "points"));
        Assert.Equal(standardised, json.GetProperty("standardised").GetBoolean());
        Model model = ModelFile.Load(_folder["m.safetensors"]);
        Assert.Equal(standardised ? [1002.0, 5.0] : null, model.Scale?.Mean);
    }

    [Fact]
    public void Samples_come_out_in_the_units_of_the_file()
    {
        File.WriteAllText(
            _folder["far.csv"],
            string.Concat(Enumerable.Range(0, 200).Select(i => $"{1000 + (i % 7)},{-50 + (0.001 * (i % 5))}\n")));
        _folder.Train("m.safetensors", "--data @far.csv --process dsm");
        _folder.Succeed("sample --model @m.safetensors --count 50 --steps 5 --trajectories @t.npy --out @x.npy");
        PointSet samples = PointsFile.Read(_folder["x.npy"]);
        for (int i = 0; i < 50; i++)
        {
            Assert.InRange(samples[i][0], 960f, 1045f);
            Assert.InRange(samples[i][1], -50.05f, -49.95f);
        }

        // The last frame is the result, and a start in the data's units is where a run begins.
        TrajectoriesFile paths = TrajectoriesFile.Read(_folder["t.npy"]);
        Assert.Equal(samples.Values, paths.Values[^100..]);
        _folder.Succeed(
            "sample --model @m.safetensors --start @far.csv --steps 2 --trajectories @u.npy --out @y.npy");
        float[] states = TrajectoriesFile.Read(_folder["u.npy"]).Values;
        float[] given = PointsFile.Read(_folder["far.csv"]).Values;
        Assert.All(Enumerable.Range(0, given.Length), i => Assert.Equal(given[i], states[i], 1e-3f));
    }

    private static double Number(JsonElement json, string name) => json.GetProperty(name).GetDouble();
}
