using ScoreGpu.Engine;
using ScoreGpu.Engine.Data;
using ScoreGpu.Engine.Devices.Cpu;
using ScoreGpu.Engine.Files;
using ScoreGpu.Engine.Models;
using ScoreGpu.Engine.Networks;
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

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_preconditioned_model_is_asked_for_noisy_data_as_they_are(bool hasScale)
    {
        DataScale? scale = hasScale ? new DataScale([1.0, -2.0], [3.0, 0.5]) : null;
        Model model = new(
            Network.Create(new NetworkArchitecture(2, 16, 2, new LogSigmaEmbedding(8)), 3),
            Prediction.Preconditioned,
            new ContinuousModelProcess(new PreconditionedEdmProcess(0.7)),
            "x",
            scale);
        using var device = new CpuDevice(1);
        using var network = device.Load(model.Network);
        DataUnitsEvaluator evaluator = new(model, network);
        const double Time = 0.4;
        const float Step = 1e-2f;
        float[] points = [1.2f, -1.7f, 0.5f, -2.2f];
        float[] score = evaluator.Evaluate(ModelQuantity.Score, points, Time);
        float[] denoised = evaluator.Evaluate(ModelQuantity.Denoised, points, Time);
        float[] divergence = evaluator.Evaluate(ModelQuantity.Divergence, points, Time);
        double[] std = hasScale ? [3.0, 0.5] : [1.0, 1.0];
        double[] traces = new double[2];
        for (int i = 0; i < points.Length; i++)
        {
            // Tweedie's formula with alpha = 1; sigma counts in standard deviations of the data.
            double sigma = Time * std[i % 2];
            Assert.Equal(points[i] + (sigma * sigma * score[i]), denoised[i], 1e-4);
            traces[i / 2] += (At(i, Step) - At(i, -Step)) / (2 * Step);
        }

        Assert.Equal(traces[0], divergence[0], 1e-2 * Math.Abs(traces[0]));
        Assert.Equal(traces[1], divergence[1], 1e-2 * Math.Abs(traces[1]));

        double At(int i, float step)
        {
            float[] moved = [.. points];
            moved[i] += step;
            return evaluator.Evaluate(ModelQuantity.Score, moved, Time)[i];
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
