using System.Text.Json;
using ScoreGpu.Engine.Data;
using ScoreGpu.Engine.Devices.Cpu;
using ScoreGpu.Engine.Files;
using ScoreGpu.Engine.Models;

namespace ScoreGpu.Tests.Cli;

public sealed class FieldAndEvaluateCommandTests : IDisposable
{
    private readonly CliFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("score")]
    [InlineData("epsilon")]
    [InlineData("denoised")]
    [InlineData("divergence")]
    public void Evaluate_writes_what_the_model_says(string quantity)
    {
        _folder.Train("m.safetensors");
        PointSet points = new([0.5f, -1, 2, 0.25f, -3, 1], 3, 2);
        PointsFile.Write(_folder["p.npy"], points);

        JsonElement json = _folder.SucceedWithJson(
            $"evaluate --model @m.safetensors --points @p.npy --time 30 --quantity {quantity} --out @v.npy");

        Model model = ModelFile.Load(_folder["m.safetensors"]);
        using CpuDevice device = new(1);
        using var network = device.Load(model.Network);
        float[] expected = new ModelEvaluator(model, network).Evaluate(
            ModelQuantities.Parse(quantity), points.Values, 30);
        Tensor values = NpyFile.Read(_folder["v.npy"]);
        Assert.Equal(expected, values.ToSingles());
        Assert.Equal(quantity == "divergence" ? [3] : [3, 2], values.Shape);
        Assert.Equal(30.0, json.GetProperty("time").GetDouble());
        Assert.Equal(quantity, json.GetProperty("quantity").GetString());
    }

    [Fact]
    public void Evaluate_reads_and_writes_csv()
    {
        _folder.Train("m.safetensors", "--data two-peaks-1d --process dsm");
        File.WriteAllText(_folder["p.csv"], "x\n0\n1\n2\n");

        _folder.Succeed("evaluate --model @m.safetensors --points @p.csv --quantity divergence --out @v.csv");

        Assert.Equal(3, PointsFile.Read(_folder["v.csv"]).Count);
    }

    [Fact]
    public void Field_as_an_array_is_the_evaluation_of_its_grid()
    {
        _folder.Train("m.safetensors", "--data ring8 --process ncsn");
        float[] nodes = [-1, -1, 0, -1, 1, -1, -1, 0, 0, 0, 1, 0, -1, 1, 0, 1, 1, 1];
        PointsFile.Write(_folder["p.npy"], new PointSet(nodes, 9, 2));

        _folder.Succeed("evaluate --model @m.safetensors --points @p.npy --time 0.5 --out @v.npy");
        JsonElement json = _folder.SucceedWithJson(
            "field --model @m.safetensors --time 0.5 --range -1 1 --grid 3 --out @f.npy");

        Tensor field = NpyFile.Read(_folder["f.npy"]);
        Assert.Equal([3, 3, 2], field.Shape);
        Assert.Equal(NpyFile.Read(_folder["v.npy"]).ToSingles(), field.ToSingles());
        Assert.Equal([-1.0, 1.0], json.GetProperty("range").EnumerateArray().Select(end => end.GetDouble()));
    }

    [Theory]
    [InlineData("score", "f.svg")]
    [InlineData("denoised", "f.svg")]
    [InlineData("divergence", "f.svg")]
    [InlineData("epsilon", "f.png")]
    public void Field_draws_every_quantity(string quantity, string name)
    {
        _folder.Train("m.safetensors");

        string output = _folder.Succeed(
            $"field --model @m.safetensors --time 30 --quantity {quantity} --grid 8 --theme light --out @{name}");

        Assert.Contains(quantity, output, StringComparison.Ordinal);
        Assert.InRange(new FileInfo(_folder[name]).Length, 1000, 1_000_000);
    }

    [Theory]
    [InlineData("score", "f.svg")]
    [InlineData("denoised", "f.png")]
    public void Field_draws_streamlines(string quantity, string name)
    {
        _folder.Train("m.safetensors");

        _folder.Succeed($"field --model @m.safetensors --time 30 --quantity {quantity} --grid 30 --streamlines --out @{name}");
        byte[] first = File.ReadAllBytes(_folder[name]);
        _folder.Succeed($"field --model @m.safetensors --time 30 --quantity {quantity} --grid 30 --streamlines --out @{name}");

        Assert.InRange(first.Length, 10_000, 1_000_000);
        Assert.Equal(first, File.ReadAllBytes(_folder[name]));
    }

    [Theory]
    [InlineData("--quantity divergence --out @f.svg", "--quantity is 'divergence'", "--streamlines")]
    [InlineData("--out @f.npy", "--streamlines means nothing", "array")]
    public void Streamlines_need_vectors_and_a_figure(string options, string what, string why)
    {
        _folder.Train("m.safetensors");

        string error = _folder.Refuse($"field --model @m.safetensors --time 30 --streamlines {options}");

        Assert.Contains(what, error, StringComparison.Ordinal);
        Assert.Contains(why, error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_model_of_one_noise_level_needs_no_time()
    {
        _folder.Train("m.safetensors", "--data four-gaussians --process dsm");

        _folder.Succeed("field --model @m.safetensors --out @f.npy");
        _folder.Succeed("field --model @m.safetensors --time 3 --out @g.npy");

        Assert.Equal(NpyFile.Read(_folder["f.npy"]).ToSingles(), NpyFile.Read(_folder["g.npy"]).ToSingles());
    }
}
