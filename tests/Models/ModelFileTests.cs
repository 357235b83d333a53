using ScoreGpu.Engine;
using ScoreGpu.Engine.Files;
using ScoreGpu.Engine.Models;
using ScoreGpu.Engine.Networks;
using ScoreGpu.Engine.Processes;
using ScoreGpu.Engine.Training;

namespace ScoreGpu.Tests.Models;

public sealed class ModelFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("scoregpu-models-").FullName;

    public static TheoryData<string> Kinds =>
    [
        "ddpm", "dsm", "hyvarinen", "ncsn", "vp", "sub-vp", "ve", "cosine", "flow", "edm", "edm-preconditioned",
        "ddpm sinusoidal", "ddpm fourier", "vp sinusoidal", "flow fourier", "ncsn fourier", "edm sinusoidal", "tanh", "gelu",
    ];

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_model_comes_back_bit_for_bit(string kind)
    {
        var model = Create(kind);
        model.Network.Values[3] = -0f;
        model.Network.Values[4] = float.Epsilon;
        string path = Path.Combine(_folder, "model.safetensors");
        ModelFile.Save(path, model);
        var loaded = ModelFile.Load(path);

        Assert.Equal(model.Network.Architecture, loaded.Network.Architecture);
        Assert.Equal(
            model.Network.Values.Select(BitConverter.SingleToUInt32Bits),
            loaded.Network.Values.Select(BitConverter.SingleToUInt32Bits));
        Assert.Equal(model.Predicts, loaded.Predicts);
        Assert.Equal(model.Process, loaded.Process);
        Assert.Equal(model.Data, loaded.Data);
        Assert.Equal(model.Objective, loaded.Objective);
        Assert.Equal(model.Weight, loaded.Weight);

        string again = Path.Combine(_folder, "again.safetensors");
        ModelFile.Save(again, loaded);
        Assert.Equal(File.ReadAllBytes(path), File.ReadAllBytes(again));
    }

    [Fact]
    public void Names_are_those_of_a_state_dict()
    {
        string path = Path.Combine(_folder, "model.safetensors");
        ModelFile.Save(path, Create("ddpm"));
        var file = SafetensorsFile.Read(path);
        Assert.Equal(
            [
                "time_embed.0.weight", "time_embed.2.weight", "time_embed.2.bias",
                "net.0.weight", "net.0.bias", "net.2.weight", "net.2.bias", "net.4.weight", "net.4.bias",
            ],
            file.Tensors.Keys);
        Assert.Equal([9, 5 + 3], file["net.0.weight"].Shape);
        Assert.Equal("0.0001", file.Metadata["beta_start"]);
        Assert.Equal("10", file.Metadata["steps"]);
        Assert.Equal("epsilon", file.Metadata["predict"]);
    }

    [Fact]
    public void Features_of_time_have_the_names_of_a_sequential()
    {
        string path = Path.Combine(_folder, "model.safetensors");
        ModelFile.Save(path, Create("flow fourier"));
        var file = SafetensorsFile.Read(path);
        Assert.Equal(
            ["time_mlp.0.W", "time_mlp.1.weight", "time_mlp.1.bias", "time_mlp.3.weight", "time_mlp.3.bias"],
            file.Tensors.Keys.Take(5));
        Assert.Equal([3], file["time_mlp.0.W"].Shape);
        Assert.Equal([4, 6], file["time_mlp.1.weight"].Shape);
        Assert.Equal("fourier", file.Metadata["conditioning"]);
        Assert.Equal("time", file.Metadata["embedding_of"]);
        Assert.Equal("1", file.Metadata["embedding_scale"]);
        Assert.Equal("silu", file.Metadata["activation"]);
    }

    [Fact]
    public void A_file_without_an_activation_has_silu()
    {
        string path = Path.Combine(_folder, "older.safetensors");
        Rewrite(Create("ddpm"), path, metadataKey: "activation");
        Assert.False(SafetensorsFile.Read(path).Metadata.ContainsKey("activation"));
        Assert.Equal(Create("ddpm").Network.Architecture, ModelFile.Load(path).Network.Architecture);
    }

    [Theory]
    [InlineData("embedding_of", null)]
    [InlineData("embedding_of", "frequency")]
    [InlineData("embedding_of", "log-sigma")]
    [InlineData("embedding_scale", null)]
    [InlineData("embedding_scale", "0")]
    [InlineData("embedding_scale", "-1")]
    [InlineData("conditioning", "sinusoidal")]
    [InlineData("activation", "sine")]
    public void Wrong_metadata_of_features_is_named(string key, string? value)
    {
        string path = Path.Combine(_folder, "broken.safetensors");
        Rewrite(Create("flow fourier"), path, metadataKey: key, metadataValue: value);
        AssertNames(path, value ?? key);
    }

    [Fact]
    public void Wrong_tensors_of_features_are_named()
    {
        string path = Path.Combine(_folder, "broken.safetensors");
        Rewrite(Create("flow fourier"), path, drop: "time_mlp.0.W");
        AssertNames(path, "conditioning", "fourier");
        Rewrite(Create("flow fourier"), path, replace: Tensor.FromSingles("time_mlp.0.W", [3], [1, float.NaN, 2]));
        AssertNames(path, "time_mlp.0.W", "NaN");
        Rewrite(Create("flow fourier"), path, replace: Tensor.FromSingles("time_mlp.0.W", [2], [1, 2]));
        AssertNames(path, "time_mlp.1.weight", "[4, 4]");
        Rewrite(Create("flow fourier"), path, drop: "time_mlp.3.bias");
        AssertNames(path, "time_mlp.3.bias");
    }

    [Fact]
    public void The_alias_of_the_sigma_embedding_is_read()
    {
        var model = Create("ncsn");
        string path = Path.Combine(_folder, "alias.safetensors");
        Rewrite(model, path, rename: name => name.Replace("sigma_emb.", "emb.", StringComparison.Ordinal));
        Assert.Contains("emb.0.weight", SafetensorsFile.Read(path).Tensors.Keys);
        Assert.Equal(model.Network.Values, ModelFile.Load(path).Network.Values);
    }

    [Theory]
    [InlineData("net.2.bias")]
    [InlineData("net.0.weight")]
    [InlineData("net.0.bias")]
    [InlineData("time_embed.2.weight")]
    [InlineData("net.4.bias")]
    public void A_missing_tensor_is_named(string missing)
    {
        string path = Path.Combine(_folder, "broken.safetensors");
        Rewrite(Create("ddpm"), path, drop: missing);
        AssertNames(path, missing);
    }

    [Fact]
    public void A_tensor_too_many_is_named()
    {
        string path = Path.Combine(_folder, "broken.safetensors");
        Rewrite(Create("ddpm"), path, add: Tensor.FromSingles("stranger", [2], [1, 2]));
        AssertNames(path, "stranger");
    }

    [Fact]
    public void Both_names_of_the_embedding_at_once_are_refused()
    {
        string path = Path.Combine(_folder, "broken.safetensors");
        Rewrite(Create("ncsn"), path, add: Tensor.FromSingles("emb.0.weight", [4, 1], new float[4]));
        AssertNames(path, "sigma_emb");
    }

    [Fact]
    public void A_wrong_shape_type_or_value_is_named()
    {
        string path = Path.Combine(_folder, "broken.safetensors");
        Rewrite(Create("ddpm"), path, replace: Tensor.FromSingles("net.2.weight", [9, 8], new float[72]));
        AssertNames(path, "net.2.weight", "[9, 9]");
        Rewrite(Create("ddpm"), path, replace: Tensor.FromSingles("net.2.weight", [81], new float[81]));
        AssertNames(path, "net.2.weight");
        Rewrite(Create("ddpm"), path, replace: Tensor.FromSingles("net.0.weight", [72], new float[72]));
        AssertNames(path, "net.0.weight", "2 dimensions");
        Rewrite(Create("ddpm"), path, replace: Tensor.FromDoubles("net.2.bias", [9], new double[9]));
        AssertNames(path, "net.2.bias", "F32");
        float[] values = new float[9];
        values[7] = float.NaN;
        Rewrite(Create("ddpm"), path, replace: Tensor.FromSingles("net.2.bias", [9], values));
        AssertNames(path, "value 7", "net.2.bias", "NaN");
    }

    [Theory]
    [InlineData("format", null)]
    [InlineData("format", "other")]
    [InlineData("format_version", "2")]
    [InlineData("network", "unet")]
    [InlineData("conditioning", "none")]
    [InlineData("dimension", "4")]
    [InlineData("hidden", "10")]
    [InlineData("hidden", "nine")]
    [InlineData("layers", "3")]
    [InlineData("embedding", null)]
    [InlineData("predict", "noise")]
    [InlineData("process", "snr")]
    [InlineData("weight", "heavy")]
    [InlineData("steps", "11")]
    [InlineData("steps", "-1")]
    [InlineData("beta_start", "NaN")]
    [InlineData("beta_start", null)]
    [InlineData("beta_end", "1.5")]
    [InlineData("data", null)]
    [InlineData("colour", "red")]
    public void Wrong_metadata_is_named(string key, string? value)
    {
        string path = Path.Combine(_folder, "broken.safetensors");
        Rewrite(Create("ddpm"), path, metadataKey: key, metadataValue: value);
        string message = Assert.Throws<InputException>(() => ModelFile.Load(path)).Message;
        Assert.Contains(path, message, StringComparison.Ordinal);
        if (value is not null)
        {
            Assert.Contains(value, message, StringComparison.Ordinal);
        }
        else
        {
            Assert.Contains(key, message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_network_that_cannot_be_told_the_time_is_refused()
    {
        var network = new Network(new NetworkArchitecture(2, 4, 1, new NoConditioning()));
        Assert.Throws<InputException>(() => new Model(network, Prediction.Epsilon, new DdpmModelProcess(10), "x"));
        Assert.Throws<InputException>(() => new Model(network, Prediction.Score, new GeometricModelProcess(), "x"));
        var timed = new Network(new NetworkArchitecture(2, 4, 1, new LearnedEmbedding(9, 3)));
        Assert.Throws<InputException>(() => new Model(timed, Prediction.Epsilon, new DdpmModelProcess(10), "x"));
        Assert.Throws<InputException>(() => new Model(timed, Prediction.Score, new SingleSigmaModelProcess(1), "x"));
    }

    [Fact]
    public void A_prediction_that_the_process_lacks_is_refused()
    {
        var timed = new Network(new NetworkArchitecture(2, 4, 1, new LearnedEmbedding(10, 3)));
        Assert.Contains("velocity", Assert.Throws<InputException>(
            () => new Model(timed, Prediction.Velocity, new DdpmModelProcess(10), "x")).Message);
        var conditional = new Network(new NetworkArchitecture(2, 4, 1, new LogSigmaEmbedding(3)));
        Assert.Contains("edm", Assert.Throws<InputException>(() => new Model(
            conditional, Prediction.Preconditioned, new ContinuousModelProcess(new VpProcess()), "x")).Message);
        Assert.Throws<InputException>(
            () => new Model(timed, Prediction.Epsilon, new ContinuousModelProcess(new VpProcess()), "x"));
    }

    private static Model WithFeatures(Model model, string features)
    {
        var process = model.Process;
        TimeConditioning conditioning = features == "fourier"
            ? FourierEmbedding.Draw(6, 4, process.FourierScale, process.FeatureInput, 16, 3)
            : new SinusoidalEmbedding(6, 4, process.SinusoidalScale, process.FeatureInput);
        var architecture = model.Network.Architecture with { Conditioning = conditioning };
        return new Model(Network.Create(architecture, 1), model.Predicts, process, model.Data);
    }

    internal static Model Create(string kind) => kind switch
    {
        "tanh" or "gelu" => new Model(
            Network.Create(
                new NetworkArchitecture(2, 7, 1, new NoConditioning()) { Activation = Activations.Parse(kind) }, 2),
            Prediction.Score,
            new SingleSigmaModelProcess(0.5),
            "two-gaussians"),
        _ when kind.Split(' ') is [var process, var features] => WithFeatures(Create(process), features),
        "ddpm" => new Model(
            Network.Create(new NetworkArchitecture(3, 9, 2, new LearnedEmbedding(10, 5)), 1),
            Prediction.Epsilon,
            new DdpmModelProcess(10, 1e-4, 1.0 / 3.0),
            "ring8"),
        "dsm" => new Model(
            Network.Create(new NetworkArchitecture(2, 7, 1, new NoConditioning()), 2),
            Prediction.Score,
            new SingleSigmaModelProcess(0.5),
            "two-gaussians"),
        "hyvarinen" => new Model(
            Network.Create(new NetworkArchitecture(1, 6, 3, new NoConditioning()), 3),
            Prediction.Score,
            new SingleSigmaModelProcess(0),
            "points \"quoted\" ünïcode.csv"),
        "ncsn" => new Model(
            Network.Create(new NetworkArchitecture(2, 8, 2, new LogSigmaEmbedding(4)), 4),
            Prediction.Score,
            new GeometricModelProcess(10, 0.01, 12),
            "four-gaussians"),
        _ => new Model(
            Network.Create(new NetworkArchitecture(2, 8, 2, new LogSigmaEmbedding(4)), 4),
            kind == "edm-preconditioned" ? Prediction.Preconditioned : Prediction.Velocity,
            new ContinuousModelProcess(Process(kind)),
            "four-gaussians")
        {
            Objective = "velocity",
            Weight = LossWeight.Likelihood,
        },
    };

    private static ContinuousProcess Process(string kind) => kind switch
    {
        "vp" => new VpProcess(0.2, 1.0 / 3.0),
        "sub-vp" => new SubVpProcess(0.2, 19.0),
        "ve" => new VeProcess(0.02, 7.0),
        "cosine" => new CosineProcess(0.01),
        "flow" => new FlowProcess(),
        "edm" => new EdmProcess(0.01, 33.0),
        _ => new PreconditionedEdmProcess(0.3, 0.01, 33.0),
    };

    private static void AssertNames(string path, params string[] parts)
    {
        string message = Assert.Throws<InputException>(() => ModelFile.Load(path)).Message;
        Assert.Contains(path, message, StringComparison.Ordinal);
        Assert.All(parts, part => Assert.Contains(part, message, StringComparison.Ordinal));
    }

    private static void Rewrite(
        Model model,
        string path,
        Func<string, string>? rename = null,
        string? drop = null,
        Tensor? add = null,
        Tensor? replace = null,
        string? metadataKey = null,
        string? metadataValue = null)
    {
        ModelFile.Save(path, model);
        var file = SafetensorsFile.Read(path);
        var metadata = file.Metadata.Where(entry => entry.Key != metadataKey).ToList();
        if (metadataKey is not null && metadataValue is not null)
        {
            metadata.Add(new(metadataKey, metadataValue));
        }

        var tensors = file.Tensors.Values
            .Where(tensor => tensor.Name != drop)
            .Select(tensor => tensor.Name == replace?.Name ? replace : tensor)
            .Select(tensor => rename is null
                ? tensor
                : Tensor.FromSingles(rename(tensor.Name), tensor.Shape, tensor.ToSingles()));
        SafetensorsFile.Write(path, metadata, add is null ? tensors : tensors.Append(add));
    }
}
