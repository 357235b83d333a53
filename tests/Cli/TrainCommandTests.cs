using System.Text.Json;
using ScoreGpu.Engine.Data;
using ScoreGpu.Engine.Models;
using ScoreGpu.Engine.Networks;
using ScoreGpu.Engine.Processes;
using ScoreGpu.Engine.Training;

namespace ScoreGpu.Tests.Cli;

public sealed class TrainCommandTests : IDisposable
{
    private readonly CliFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Ddpm_is_the_default_and_becomes_a_model_file()
    {
        string output = _folder.Succeed(
            "train --data four-gaussians --steps 3 --hidden 16 --layers 2 --batch 64 --time-steps 20 --beta-end 0.05 "
            + "--out @m.safetensors");

        Model model = ModelFile.Load(_folder["m.safetensors"]);
        Assert.Equal(new DdpmModelProcess(20, 1e-4, 0.05), model.Process);
        Assert.Equal(Prediction.Epsilon, model.Predicts);
        Assert.Equal("four-gaussians", model.Data);
        Assert.Equal(new NetworkArchitecture(2, 16, 2, new LearnedEmbedding(20, 16)), model.Network.Architecture);
        Assert.Contains("epsilon", output, StringComparison.Ordinal);
        Assert.Contains("steps/s", output, StringComparison.Ordinal);
        Assert.Equal(["m.safetensors"], _folder.Files);
    }

    [Theory]
    [InlineData("--process dsm --sigma 0.25 --predict score", "dsm", 0.25)]
    [InlineData("--process hyvarinen", "hyvarinen", 0.0)]
    [InlineData("--process sliced --predict score", "sliced", 0.0)]
    [InlineData("--process sliced --probe rademacher --projected", "sliced", 0.0)]
    public void One_noise_level_is_an_unconditional_score(string options, string objective, double sigma)
    {
        JsonElement json = _folder.SucceedWithJson(
            $"train --data two-gaussians {options} --steps 3 --hidden 8 --batch 64 --out @m.safetensors");

        Model model = ModelFile.Load(_folder["m.safetensors"]);
        Assert.Equal(new SingleSigmaModelProcess(sigma), model.Process);
        Assert.Equal(new NoConditioning(), model.Network.Architecture.Conditioning);
        Assert.Equal(Prediction.Score, model.Predicts);
        Assert.Equal(objective, json.GetProperty("objective").GetString());
    }

    [Fact]
    public void Ncsn_is_a_score_told_the_logarithm_of_sigma()
    {
        JsonElement json = _folder.SucceedWithJson(
            "train --data ring8 --process ncsn --sigma-max 4 --sigma-min 0.1 --levels 5 --steps 3 --hidden 8 "
            + "--out @m.safetensors");

        Model model = ModelFile.Load(_folder["m.safetensors"]);
        Assert.Equal(new GeometricModelProcess(4, 0.1, 5), model.Process);
        Assert.Equal(new LogSigmaEmbedding(32), model.Network.Architecture.Conditioning);
        Assert.Equal(1.0, json.GetProperty("clip_norm").GetDouble());
    }

    [Theory]
    [InlineData("ddpm", "sinusoidal", "silu")]
    [InlineData("ddpm", "fourier", "tanh")]
    [InlineData("vp", "sinusoidal", "relu")]
    [InlineData("flow", "fourier --fourier-scale 4", "gelu")]
    [InlineData("edm", "sinusoidal", "gelu")]
    [InlineData("ncsn", "fourier", "silu")]
    [InlineData("cosine", "log-sigma", "tanh")]
    public void The_network_is_told_the_time_as_asked(string process, string conditioning, string activation)
    {
        JsonElement json = _folder.SucceedWithJson(
            $"train --data four-gaussians --process {process} --conditioning {conditioning} --activation {activation} "
            + "--steps 3 --hidden 8 --batch 64 --out @m.safetensors");

        Model model = ModelFile.Load(_folder["m.safetensors"]);
        Assert.Equal(activation, Activations.NameOf(model.Network.Architecture.Activation));
        Assert.Equal(activation, json.GetProperty("activation").GetString());
        Assert.Equal(conditioning.Split(' ')[0], json.GetProperty("conditioning").GetString());
        Assert.Equal(conditioning.Split(' ')[0], ModelProcess.NameOf(model.Network.Architecture.Conditioning));
        _folder.Succeed("sample --model @m.safetensors --count 20 --out @s.npy");
    }

    [Theory]
    [InlineData("ddpm --conditioning log-sigma", "learned or sinusoidal or fourier")]
    [InlineData("vp --conditioning learned", "log-sigma or sinusoidal or fourier")]
    [InlineData("dsm --conditioning fourier", "one noise level")]
    [InlineData("vp --conditioning sinusoidal --fourier-scale 3", "--fourier-scale means nothing")]
    [InlineData("hyvarinen --activation relu", "trace")]
    [InlineData("sliced --activation relu", "trace")]
    public void Networks_that_do_not_fit_are_refused_with_the_reason(string options, string reason)
    {
        string error = _folder.Refuse($"train --data two-gaussians --process {options} --steps 1 --out @m.safetensors");
        Assert.Contains(reason, error, StringComparison.Ordinal);
        Assert.Empty(_folder.Files);
    }

    [Theory]
    [InlineData("vp", "epsilon", "prediction")]
    [InlineData("sub-vp --predict score", "score", "sigma2")]
    [InlineData("ve --weight uniform --sigma-max 8", "epsilon", "uniform")]
    [InlineData("cosine --predict v --weight likelihood", "v", "likelihood")]
    [InlineData("flow --times logit-normal --levels 64", "velocity", "prediction")]
    [InlineData("flow --predict x0", "x0", "prediction")]
    [InlineData("edm --sigma-data 2 --times-mean -0.5", "edm", "prediction")]
    [InlineData("edm --predict x0 --weight sigma2 --times uniform", "x0", "sigma2")]
    [InlineData("ddpm --predict v --weight uniform", "v", "uniform")]
    [InlineData("ncsn --predict epsilon --levels 3", "epsilon", "prediction")]
    public void The_model_knows_what_it_predicts(string process, string predict, string weight)
    {
        JsonElement json = _folder.SucceedWithJson(
            $"train --data four-gaussians --process {process} --steps 3 --hidden 8 --batch 64 --out @m.safetensors");

        Model model = ModelFile.Load(_folder["m.safetensors"]);
        Assert.Equal(predict, Predictions.NameOf(model.Predicts));
        Assert.Equal(weight, LossWeights.NameOf(model.Weight!.Value));
        Assert.Equal(process == "ncsn --predict epsilon --levels 3" ? "ncsn" : predict, model.Objective);
        Assert.Equal(model.Objective, json.GetProperty("objective").GetString());
        Assert.Equal(weight, json.GetProperty("weight").GetString());
        Assert.True(double.IsFinite(json.GetProperty("loss").GetDouble()));
        File.WriteAllText(_folder["p.csv"], "x,y\n1,2\n-3,0.5\n");
        string time = model.Process is DdpmModelProcess ? "7" : "0.6";
        _folder.Succeed("evaluate --model @m.safetensors --points @p.csv --quantity score --out @s.npy --time " + time);
    }

    [Fact]
    public void Optimiser_average_and_held_out_loss_are_as_asked()
    {
        const string Line =
            "train --data two-gaussians --process dsm --steps 30 --hidden 16 --batch 64 --lr 1e-2 --seed 3";
        JsonElement json = _folder.SucceedWithJson(
            $"{Line} --optimizer adamw --weight-decay 0.3 --warmup 10 --lr-end 1e-4 --ema 0.9 --clip-norm 2 "
            + "--hold-out 500 --hold-out-every 15 --loss @losses.csv --out @a.safetensors");
        _folder.Succeed($"{Line} --optimizer adamw --weight-decay 0.3 --warmup 10 --lr-end 1e-4 --out @b.safetensors");
        _folder.Succeed($"{Line} --warmup 10 --lr-end 1e-4 --out @c.safetensors");

        Assert.Equal(0.3, json.GetProperty("weight_decay").GetDouble());
        Assert.Equal(0.9, json.GetProperty("ema").GetDouble());
        Assert.Equal(2.0, json.GetProperty("clip_norm").GetDouble());
        Assert.True(
            json.GetProperty("held_out_loss").GetDouble() < json.GetProperty("held_out_loss_first").GetDouble());
        string[] lines = File.ReadAllLines(_folder["losses.csv"]);
        Assert.Equal("step,loss,learning_rate,held_out_loss", lines[0]);
        Assert.Equal(32, lines.Length);
        Assert.StartsWith("0,,,", lines[1], StringComparison.Ordinal);
        Assert.Equal("0.001", lines[2].Split(',')[2]);
        Assert.EndsWith(",", lines[2], StringComparison.Ordinal);
        Assert.All((int[])[1, 16, 31], line => Assert.NotEqual("", lines[line].Split(',')[3]));
        Assert.NotEqual(Weights("a"), Weights("b"));
        Assert.NotEqual(Weights("b"), Weights("c"));

        float[] Weights(string name) => ModelFile.Load(_folder[$"{name}.safetensors"]).Network.Values;
    }

    [Fact]
    public void Held_out_points_of_a_file_are_not_trained_on()
    {
        File.WriteAllText(_folder["points.csv"], "x\n1\n2\n3\n");
        Assert.Contains("fewer than the data's 3 points", _folder.Refuse(
            "train --data @points.csv --hold-out 3 --out @m.safetensors"), StringComparison.Ordinal);
        _folder.Succeed("train --data @points.csv --hold-out 2 --steps 2 --hidden 4 --out @m.safetensors");
    }

    [Fact]
    public void The_exact_score_is_that_of_a_mixture()
    {
        JsonElement json = _folder.SucceedWithJson(
            "train --data two-gaussians --process esm --steps 200 --hidden 16 --batch 64 --lr 1e-2 --hold-out 100 "
            + "--out @m.safetensors");
        Assert.True(json.GetProperty("loss").GetDouble() < 0.5 * json.GetProperty("loss_first").GetDouble());
        Assert.Equal("esm", ModelFile.Load(_folder["m.safetensors"]).Objective);

        File.WriteAllText(_folder["points.csv"], "x,y\n1,2\n3,4\n");
        Assert.Contains("mixture", _folder.Refuse(
            "train --data @points.csv --process esm --out @m.safetensors"), StringComparison.Ordinal);
    }

    [Fact]
    public void Json_holds_the_numbers_of_the_run()
    {
        JsonElement json = _folder.SucceedWithJson(
            "train --data four-gaussians --steps 4 --hidden 8 --batch 32 --seed 18446744073709551615 "
            + "--out @m.safetensors");

        Assert.Equal(4, json.GetProperty("steps").GetInt32());
        Assert.Equal(32, json.GetProperty("batch").GetInt32());
        Assert.Equal(JsonValueKind.Null, json.GetProperty("clip_norm").ValueKind);
        Assert.Equal(ulong.MaxValue, json.GetProperty("seed").GetUInt64());
        Assert.InRange(json.GetProperty("loss").GetDouble(), 0.1, 10.0);
        Assert.True(json.GetProperty("elapsed_seconds").GetDouble() > 0);
        Assert.True(json.GetProperty("steps_per_second").GetDouble() > 0);
    }

    [Fact]
    public void Training_lowers_the_loss_and_its_history_is_a_table()
    {
        _folder.Succeed(
            "train --data two-gaussians --process dsm --steps 200 --hidden 16 --batch 128 --lr 1e-2 "
            + "--loss @losses.csv --out @m.safetensors");

        string[] lines = File.ReadAllLines(_folder["losses.csv"]);
        Assert.Equal("step,loss,learning_rate", lines[0]);
        Assert.Equal(201, lines.Length);
        double[] losses = [.. lines.Skip(1).Select(line => double.Parse(line.Split(',')[1]))];
        Assert.True(losses.Skip(150).Average() < 0.8 * losses.Take(10).Average());
        Assert.StartsWith("200,", lines[200], StringComparison.Ordinal);
    }

    [Fact]
    public void Points_of_a_file_are_data()
    {
        File.WriteAllText(_folder["points.csv"], "x,y,z\n1,2,3\n4,5,6\n");
        _folder.Train("m.safetensors", "--data @points.csv");

        Assert.Equal(3, ModelFile.Load(_folder["m.safetensors"]).Network.Architecture.Dimension);
    }

    [Fact]
    public void Seeds_decide_the_weights_and_threads_do_not()
    {
        const string Line = "train --data four-gaussians --steps 5 --hidden 16 --batch 200";
        _folder.Succeed($"{Line} --seed 5 --threads 1 --out @a.safetensors");
        _folder.Succeed($"{Line} --seed 5 --threads 2 --out @b.safetensors");
        _folder.Succeed($"{Line} --seed 6 --out @c.safetensors");

        byte[] first = File.ReadAllBytes(_folder["a.safetensors"]);
        Assert.Equal(first, File.ReadAllBytes(_folder["b.safetensors"]));
        Assert.NotEqual(first, File.ReadAllBytes(_folder["c.safetensors"]));
    }

    [Fact]
    public void Every_named_data_set_can_be_trained_on()
    {
        foreach (string name in NamedMixtures.Names)
        {
            _folder.Train($"{name}.safetensors", $"--data {name}");
        }

        Assert.Equal(NamedMixtures.Names.Count, _folder.Files.Length);
    }

    [Fact]
    public void Diverging_training_is_refused_and_leaves_the_old_model()
    {
        File.WriteAllText(_folder["m.safetensors"], "old");
        string error = _folder.Refuse(
            "train --data four-gaussians --steps 50 --hidden 8 --lr 1e30 --out @m.safetensors");

        Assert.Contains("learning rate", error, StringComparison.Ordinal);
    }
}
