using System.Text.Json;
using ScoreGpu.Engine.Data;
using ScoreGpu.Engine.Devices.Cpu;
using ScoreGpu.Engine.Files;
using ScoreGpu.Engine.Likelihoods;
using ScoreGpu.Engine.Models;

namespace ScoreGpu.Tests.Cli;

public sealed class LikelihoodCommandTests : IDisposable
{
    private const string Ddpm = "--data four-gaussians --time-steps 30";
    private const string Ladder = "--data ring8 --process ncsn --levels 3";

    private readonly CliFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(Ddpm, "", "heun", "exact", 58)]
    [InlineData(Ddpm, "--solver euler --steps 10", "euler", "exact", 10)]
    [InlineData(Ladder, "--steps 20", "rk4", "exact", 80)]
    [InlineData(Ladder, "--solver heun --steps 20 --time 0.1", "heun", "exact", 40)]
    [InlineData(
        Ladder,
        "--steps 10 --divergence hutchinson --probes 4 --probe gaussian --seed 3",
        "rk4",
        "hutchinson, 4 gaussian probes",
        40)]
    public void Every_solver_writes_log_densities(
        string training, string options, string solver, string divergence, int nfe)
    {
        Prepare(training);

        JsonElement json = _folder.SucceedWithJson(
            $"likelihood --model @m.safetensors --points @p.npy {options} --out @logp.npy");

        Assert.Equal(solver, json.GetProperty("solver").GetString());
        Assert.Equal(divergence, json.GetProperty("divergence").GetString());
        Assert.Equal(nfe, json.GetProperty("nfe").GetDouble());
        Tensor values = NpyFile.Read(_folder["logp.npy"]);
        Assert.Equal([3], values.Shape);
        double mean = values.ToSingles().Average(value => (double)value);
        Assert.Equal(mean, json.GetProperty("mean_nats").GetDouble(), 1e-5 * Math.Abs(mean));
        Assert.Equal(
            -mean / (2 * Math.Log(2)), json.GetProperty("bits_per_dimension").GetDouble(), 1e-5 * Math.Abs(mean));
        Assert.True(json.GetProperty("standard_error_nats").GetDouble() > 0);
        Assert.Equal(solver == "rk4" && nfe == 40, json.TryGetProperty("probe_error_nats", out _));
    }

    [Fact]
    public void Adaptive_steps_agree_with_fixed_ones_and_csv_is_written()
    {
        Prepare(Ladder);

        _folder.Succeed("likelihood --model @m.safetensors --points @p.npy --out @fixed.csv");
        JsonElement json = _folder.SucceedWithJson(
            "likelihood --model @m.safetensors --points @p.npy --solver rk45 --out @adaptive.csv");

        Assert.Equal("rk45", json.GetProperty("solver").GetString());
        float[] expected = PointsFile.Read(_folder["fixed.csv"]).Values;
        Assert.Equal(3, expected.Length);
        Assert.All(
            expected.Zip(PointsFile.Read(_folder["adaptive.csv"]).Values),
            pair => Assert.Equal(pair.First, pair.Second, 1e-3f * Math.Max(1, Math.Abs(pair.First))));
    }

    // A wide flow of mass 1: what the engine says at the nodes, and a sum of nearly 1.
    [Fact]
    public void A_grid_is_written_drawn_and_summed()
    {
        _folder.Train("m.safetensors", Ddpm);

        JsonElement json = _folder.SucceedWithJson(
            "likelihood --model @m.safetensors --grid 61 --range -12 12 --plot @d.svg --out @d.npy");

        Assert.Equal([61, 61], NpyFile.Read(_folder["d.npy"]).Shape);
        Assert.Equal(1.0, json.GetProperty("mass_on_the_grid").GetDouble(), 0.02);
        Assert.False(json.TryGetProperty("mean_nats", out _));
        Assert.Contains("<svg", File.ReadAllText(_folder["d.svg"]), StringComparison.Ordinal);
    }

    [Fact]
    public void A_standardised_models_densities_are_in_data_units()
    {
        File.WriteAllLines(
            _folder["data.csv"],
            Enumerable.Range(0, 200).Select(i => FormattableString.Invariant($"{5 + (i % 20)},{0.1 * (i % 7)}")));
        _folder.Train("m.safetensors", "--data @data.csv --process ncsn --levels 3");
        Model model = ModelFile.Load(_folder["m.safetensors"]);
        Assert.NotNull(model.Scale);
        PointSet points = new([6f, 0.2f, 12f, 0.5f], 2, 2);
        PointsFile.Write(_folder["p.npy"], points);

        _folder.Succeed("likelihood --model @m.safetensors --points @p.npy --steps 30 --out @logp.npy");

        using CpuDevice device = new(1);
        using var network = device.Load(model.Network);
        LogLikelihoods inModel = FlowLikelihood.Run(
            LikelihoodProgram.Create(
                ModelSamplers.Describe(model), ModelLikelihood.Grid(model, 30), FlowMethod.RungeKutta),
            network,
            new TraceRequest { Points = model.Scale.ToModel(points.Values) });
        float[] values = NpyFile.Read(_folder["logp.npy"]).ToSingles();
        for (int n = 0; n < 2; n++)
        {
            Assert.Equal(inModel.Values[n] - model.Scale.LogVolume, values[n], 1e-4);
        }
    }

    [Theory]
    [InlineData(Ddpm, "--points @p.npy --solver rk4", "--solver is 'rk4'", "whole steps")]
    [InlineData(Ddpm, "--points @p.npy --solver rk45", "--solver is 'rk45'", "whole steps")]
    [InlineData(Ddpm, "--points @p.npy --steps 30", "steps", "at most 30")]
    [InlineData(Ddpm, "--points @p.npy --time 0.5", "time", "whole number")]
    [InlineData("--data ring8 --process dsm", "--points @p.npy", "one noise level", "prior")]
    [InlineData("--data ring8 --process sliced", "--grid 9", "one noise level", "prior")]
    [InlineData(Ladder, "", "--points", "--grid")]
    [InlineData(Ladder, "--points @p.npy --grid 9", "--points", "--grid")]
    [InlineData(Ladder, "--points @p.npy --plot @x.svg", "--plot", "--grid")]
    [InlineData(Ladder, "--points @p.npy --probes 4", "--probes", "--divergence exact")]
    [InlineData(Ladder, "--points @p.npy --seed 4", "--seed", "--divergence exact")]
    [InlineData(Ladder, "--points @p.npy --rtol 1e-3", "--rtol", "--solver rk4")]
    [InlineData(Ladder, "--points @p.npy --solver rk45 --steps 9", "--steps", "--solver rk45")]
    [InlineData(Ladder, "--points @p.npy --divergence hutchinson --probes 0", "--probes is '0'", "from 1")]
    [InlineData(Ladder, "--points @p.npy --time 100", "time", "100")]
    [InlineData(Ladder, "--grid 9 --out @x.csv", "--out", ".npy")]
    public void What_makes_no_sense_is_refused(string training, string options, string what, string expected)
    {
        Prepare(training);

        string message = _folder.Refuse($"likelihood --model @m.safetensors {options}");

        Assert.Contains(what, message, StringComparison.Ordinal);
        Assert.Contains(expected, message, StringComparison.Ordinal);
    }

    private void Prepare(string training)
    {
        _folder.Train("m.safetensors", training);
        PointsFile.Write(_folder["p.npy"], new PointSet([0.5f, -1, 2, 0.25f, -1, 1], 3, 2));
    }
}
