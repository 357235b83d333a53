using ScoreGpu.Engine;
using ScoreGpu.Engine.Data;
using ScoreGpu.Engine.Devices.Cpu;
using ScoreGpu.Engine.Files;
using ScoreGpu.Engine.Models;
using ScoreGpu.Engine.Processes;
using ScoreGpu.Tests.Engine;
using ScoreGpu.Tests.Reference;

namespace ScoreGpu.Tests.Models;

/// <summary>A model of standardised points, u = (x − m)/s, whose network is the linear map A·u.</summary>
public sealed class DataUnitsTests : IDisposable
{
    private const double Sigma = 0.5;

    private static readonly double[] Mean = [30.0, -4.0];
    private static readonly double[] Std = [10.0, 0.25];
    private static readonly double[,] Matrix = { { -0.8, 0.3 }, { 0.2, -0.5 } };
    private static readonly float[] Points = [31f, -4f, 10f, -3.75f, 30f, -4.5f];

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Quantities_follow_the_chain_rule()
    {
        Model model = Create();
        using var device = new CpuDevice(1);
        using var network = device.Load(model.Network);
        DataUnitsEvaluator evaluator = new(model, network);
        float[] score = evaluator.Evaluate(ModelQuantity.Score, Points, 0);
        float[] epsilon = evaluator.Evaluate(ModelQuantity.Epsilon, Points, 0);
        float[] denoised = evaluator.Evaluate(ModelQuantity.Denoised, Points, 0);
        float[] divergence = evaluator.Evaluate(ModelQuantity.Divergence, Points, 0);
        for (int n = 0; n < 3; n++)
        {
            double u0 = (Points[2 * n] - Mean[0]) / Std[0];
            double u1 = (Points[(2 * n) + 1] - Mean[1]) / Std[1];
            for (int j = 0; j < 2; j++)
            {
                double inModelUnits = (Matrix[j, 0] * u0) + (Matrix[j, 1] * u1);
                double clean = (j == 0 ? u0 : u1) + (Sigma * Sigma * inModelUnits);
                Assert.Equal(inModelUnits / Std[j], score[(2 * n) + j], 1e-5);
                Assert.Equal(-Sigma * inModelUnits, epsilon[(2 * n) + j], 1e-5);
                Assert.Equal(Mean[j] + (Std[j] * clean), denoised[(2 * n) + j], 1e-4);
            }

            double trace = (Matrix[0, 0] / (Std[0] * Std[0])) + (Matrix[1, 1] / (Std[1] * Std[1]));
            Assert.Equal(trace, divergence[n], 1e-5);
        }
    }

    [Fact]
    public void Without_a_scale_data_units_are_model_units()
    {
        Model model = new(LinearNetworks.Create(Matrix), Prediction.Score, new SingleSigmaModelProcess(Sigma), "x");
        using var device = new CpuDevice(1);
        using var network = device.Load(model.Network);
        foreach (ModelQuantity quantity in Enum.GetValues<ModelQuantity>())
        {
            Assert.Equal(
                new ModelEvaluator(model, network).Evaluate(quantity, Points, 0),
                new DataUnitsEvaluator(model, network).Evaluate(quantity, Points, 0));
        }
    }

    [Fact]
    public void A_scale_comes_back_bit_for_bit()
    {
        string path = _folder.PathOf("m.safetensors");
        ModelFile.Save(path, Create(1.0 / 3.0));
        Model loaded = ModelFile.Load(path);

        Assert.Equal([1.0 / 3.0, -4.0], loaded.Scale!.Mean);
        Assert.Equal(Std, loaded.Scale.StandardDeviation);
        Assert.Equal("0.3333333333333333 -4", SafetensorsFile.Read(path).Metadata["data_mean"]);

        ModelFile.Save(path, ModelFileTests.Create("dsm"));
        Assert.Null(ModelFile.Load(path).Scale);
        Assert.DoesNotContain("data_mean", SafetensorsFile.Read(path).Metadata.Keys);
    }

    [Theory]
    [InlineData("data_mean", null)]
    [InlineData("data_std", null)]
    [InlineData("data_mean", "1")]
    [InlineData("data_mean", "1 2 3")]
    [InlineData("data_mean", "1 NaN")]
    [InlineData("data_mean", "1  2")]
    [InlineData("data_std", "1 0")]
    [InlineData("data_std", "1,2")]
    [InlineData("data_std", "")]
    public void Broken_scales_are_refused(string key, string? value)
    {
        string path = _folder.PathOf("m.safetensors");
        ModelFile.Save(path, Create());
        var file = SafetensorsFile.Read(path);
        List<KeyValuePair<string, string>> metadata = [.. file.Metadata.Where(entry => entry.Key != key)];
        if (value is not null)
        {
            metadata.Add(new(key, value));
        }

        SafetensorsFile.Write(path, metadata, file.Tensors.Values);

        Assert.Contains(
            path, Assert.Throws<InputException>(() => ModelFile.Load(path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_scale_of_another_dimension_is_refused() =>
        Assert.Throws<InputException>(() => new Model(
            LinearNetworks.Create(Matrix),
            Prediction.Score,
            new SingleSigmaModelProcess(Sigma),
            "x",
            new DataScale([0.0], [1.0])));

    private static Model Create(double mean = 30.0) => new(
        LinearNetworks.Create(Matrix),
        Prediction.Score,
        new SingleSigmaModelProcess(Sigma),
        "points.csv",
        new DataScale([mean, Mean[1]], Std));
}
