using System.Text.Json;
using ScoreGpu.Engine.Data;
using ScoreGpu.Engine.Files;

namespace ScoreGpu.Tests.Cli;

public sealed class SampleCommandTests : IDisposable
{
    private readonly CliFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("--data four-gaussians --time-steps 10", "", "ddpm", 10)]
    [InlineData("--data four-gaussians --time-steps 10", "--sampler ddim --eta 0.5 --clip 2", "ddim", 10)]
    [InlineData("--data four-gaussians --process dsm", "--sampler-steps 7 --step-size 0.02", "langevin", 7)]
    [InlineData("--data four-gaussians --process sliced", "--sampler-steps 7 --start-scale 0.5", "langevin", 7)]
    [InlineData("--data ring8 --process ncsn --levels 3", "--sampler-steps 4", "annealed-langevin", 12)]
    public void Every_sampler_writes_points(string training, string options, string sampler, int nfe)
    {
        _folder.Train("m.safetensors", training);

        JsonElement json = _folder.SucceedWithJson($"sample --model @m.safetensors --count 70 {options} --out @x.npy");

        Assert.Equal(sampler, json.GetProperty("sampler").GetString());
        Assert.Equal(nfe, json.GetProperty("nfe").GetInt32());
        Assert.Equal(70, json.GetProperty("count").GetInt32());
        Assert.Equal([70, 2], NpyFile.Read(_folder["x.npy"]).Shape);
        Assert.Equal(140, PointsFile.Read(_folder["x.npy"]).Values.Distinct().Count());
    }

    [Fact]
    public void Text_says_what_was_done()
    {
        _folder.Train("m.safetensors", "--data four-gaussians --time-steps 10");

        string output = _folder.Succeed("sample --model @m.safetensors --out @x.csv");

        Assert.Contains("1,000", output, StringComparison.Ordinal);
        Assert.Contains("samples/s", output, StringComparison.Ordinal);
        Assert.Equal(1000, PointsFile.Read(_folder["x.csv"]).Count);
    }

    [Fact]
    public void Csv_and_npy_hold_the_same_samples_whatever_the_threads()
    {
        _folder.Train("m.safetensors");
        _folder.Succeed("sample --model @m.safetensors --count 150 --seed 3 --threads 1 --out @x.npy");
        _folder.Succeed("sample --model @m.safetensors --count 150 --seed 3 --threads 2 --out @x.csv");
        _folder.Succeed("sample --model @m.safetensors --count 150 --seed 4 --out @y.npy");

        float[] first = PointsFile.Read(_folder["x.npy"]).Values;
        Assert.Equal(first, PointsFile.Read(_folder["x.csv"]).Values);
        Assert.NotEqual(first, PointsFile.Read(_folder["y.npy"]).Values);
    }

    [Fact]
    public void Trajectories_lead_from_the_start_to_the_samples()
    {
        _folder.Train("m.safetensors", "--data four-gaussians --time-steps 10");
        float[] start = [1, 2, 3, 4, 5, 6];
        PointsFile.Write(_folder["start.npy"], new PointSet(start, 3, 2));

        JsonElement json = _folder.SucceedWithJson(
            "sample --model @m.safetensors --start @start.npy --trajectories @t.npy --every 4 --out @x.npy");

        Tensor paths = NpyFile.Read(_folder["t.npy"]);
        Assert.Equal([4, 3, 2], paths.Shape);
        Assert.Equal(4, json.GetProperty("frames").GetInt32());
        Assert.Equal(3, json.GetProperty("count").GetInt32());
        Assert.Equal(start, paths.ToSingles()[..6]);
        Assert.Equal(PointsFile.Read(_folder["x.npy"]).Values, paths.ToSingles()[^6..]);
    }

    [Fact]
    public void Options_of_a_sampler_change_the_samples()
    {
        _folder.Train("m.safetensors", "--data four-gaussians --time-steps 10");
        string[] variants = ["--eta 0", "--eta 1", "--clip 0.1", "--clip 0"];
        for (int i = 0; i < variants.Length; i++)
        {
            _folder.Succeed($"sample --model @m.safetensors --sampler ddim {variants[i]} --count 20 --out @{i}.npy");
        }

        Assert.NotEqual(PointsFile.Read(_folder["0.npy"]).Values, PointsFile.Read(_folder["1.npy"]).Values);
        Assert.All(PointsFile.Read(_folder["2.npy"]).Values, value => Assert.InRange(value, -0.1001f, 0.1001f));
        Assert.Contains(PointsFile.Read(_folder["3.npy"]).Values, value => Math.Abs(value) > 0.5f);
    }

    [Theory]
    [InlineData("--data four-gaussians", "200", "p.svg")]
    [InlineData("--data four-gaussians", "200", "p.png")]
    [InlineData("--data four-gaussians --time-steps 3", "10001", "p.svg")]
    [InlineData("--data two-peaks-1d", "200", "p.svg")]
    public void Plots_are_figures(string training, string count, string name)
    {
        _folder.Train("m.safetensors", training);

        _folder.Succeed($"sample --model @m.safetensors --count {count} --plot @{name} --theme light --out @x.npy");

        byte[] bytes = File.ReadAllBytes(_folder[name]);
        byte[] magic = name.EndsWith(".png", StringComparison.Ordinal) ? [0x89, (byte)'P'] : "<svg"u8.ToArray();
        Assert.Equal(magic, bytes[..magic.Length]);
        Assert.InRange(bytes.Length, 1000, 1_000_000);
    }

    [Fact]
    public void Exploding_chains_are_refused()
    {
        _folder.Train("m.safetensors", "--data four-gaussians --process dsm");

        string error = _folder.Refuse(
            "sample --model @m.safetensors --step-size 1e30 --count 5 --trajectories @t.npy --out @x.npy");

        Assert.Contains("not finite", error, StringComparison.Ordinal);
    }
}
