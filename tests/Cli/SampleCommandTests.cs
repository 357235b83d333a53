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
    [InlineData("--data four-gaussians --process dsm", "--steps 7 --step-size 0.02", "langevin", 7)]
    [InlineData("--data four-gaussians --process sliced", "--steps 7 --start-scale 0.5", "langevin", 7)]
    [InlineData("--data ring8 --process ncsn --levels 3", "--steps 4", "annealed-langevin", 12)]
    [InlineData("--data ring8 --process ncsn --levels 3", "--steps 4 --denoise", "annealed-langevin", 13)]
    [InlineData("--data ring8 --process ncsn --levels 3", "--sampler edm --steps 6 --churn 2", "edm", 11)]
    [InlineData("--data ring8 --process ncsn --levels 3", "--sampler rk4 --steps 6", "rk4", 21)]
    [InlineData("--data ring8 --process ncsn --levels 3", "--sampler heun --schedule uniform --steps 6", "heun", 11)]
    [InlineData("--data ring8 --process ncsn --levels 3", "--sampler euler-maruyama --steps 9", "euler-maruyama", 9)]
    [InlineData("--data ring8 --process ncsn --levels 3", "--sampler euler --steps 9", "euler", 9)]
    [InlineData("--data four-gaussians --time-steps 30", "--sampler ddpm --steps 9 --variance beta-tilde", "ddpm", 9)]
    [InlineData("--data four-gaussians --time-steps 30", "--sampler ddim --steps 9 --schedule karras", "ddim", 9)]
    [InlineData("--data four-gaussians --time-steps 30", "--sampler dpm-solver-2 --steps 6", "dpm-solver-2", 11)]
    [InlineData("--data four-gaussians --time-steps 30", "--sampler dpm-solver++2m", "dpm-solver++2m", 20)]
    [InlineData(
        "--data four-gaussians --time-steps 30", "--sampler sde-dpm-solver++2m --steps 9", "sde-dpm-solver++2m", 9)]
    [InlineData("--data four-gaussians --time-steps 30", "--sampler edm --steps 9", "edm", 17)]
    [InlineData(
        "--data four-gaussians --time-steps 30",
        "--sampler predictor-corrector --steps 9 --corrector-steps 2 --snr 0.1",
        "predictor-corrector",
        25)]
    [InlineData(
        "--data four-gaussians --time-steps 30",
        "--sampler predictor-corrector --steps 9 --corrector-norm batch",
        "predictor-corrector",
        17)]
    [InlineData("--data four-gaussians --process dsm", "--sampler mala --steps 7 --step-convention half", "mala", 15)]
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
    public void Mala_reports_its_acceptance_rate_and_rk45_its_evaluations()
    {
        _folder.Train("dsm.safetensors", "--data four-gaussians --process dsm");
        JsonElement mala = _folder.SucceedWithJson(
            "sample --model @dsm.safetensors --sampler mala --steps 20 --step-size 0.05 --count 50 --out @x.npy");
        Assert.InRange(mala.GetProperty("acceptance_rate").GetDouble(), 0.01, 1.0);
        Assert.Equal(41, mala.GetProperty("nfe").GetInt32());

        _folder.Train("ncsn.safetensors", "--data ring8 --process ncsn --levels 3");
        JsonElement adaptive = _folder.SucceedWithJson(
            "sample --model @ncsn.safetensors --sampler rk45 --rtol 1e-3 --atol 1e-3 --count 50 --out @x.npy");
        Assert.InRange(adaptive.GetProperty("nfe").GetDouble(), 9.0, 1000.0);
        Assert.Equal([50, 2], NpyFile.Read(_folder["x.npy"]).Shape);
    }

    [Fact]
    public void Encoded_points_come_back()
    {
        _folder.Train("ncsn.safetensors", "--data ring8 --process ncsn --levels 3 --sigma-min 0.1");
        float[] start = [1, 2, -3, 4, 5, -6];
        PointsFile.Write(_folder["data.npy"], new PointSet(start, 3, 2));
        _folder.Succeed(
            "sample --model @ncsn.safetensors --sampler rk4 --steps 40 --encode --start @data.npy --out @codes.npy");
        float[] codes = PointsFile.Read(_folder["codes.npy"]).Values;
        Assert.True(start.Zip(codes, (a, b) => Math.Abs(a - b)).Max() > 0.05);

        // The last frame but one is before the step to the data.
        _folder.Succeed(
            "sample --model @ncsn.safetensors --sampler rk4 --steps 40 --start @codes.npy --trajectories @t.npy "
            + "--out @x.npy");
        float[] back = NpyFile.Read(_folder["t.npy"]).ToSingles()[^12..^6];
        for (int i = 0; i < 6; i++)
        {
            Assert.Equal(start[i], back[i], 1e-3f);
        }
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
