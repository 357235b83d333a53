using ScoreGpu.Engine;
using ScoreGpu.Engine.Devices.Cpu;
using ScoreGpu.Engine.Models;
using ScoreGpu.Engine.Networks;
using ScoreGpu.Engine.Processes;
using ScoreGpu.Engine.Samplers;
using ScoreGpu.Engine.Training;
using ScoreGpu.Tests.Reference;

namespace ScoreGpu.Tests.Models;

/// <summary>For data N(0, s²·I) every quantity is linear in x and known; the networks here are linear too.</summary>
public sealed class ModelEvaluatorTests
{
    private static readonly float[] Points = [1f, -2f, 0.25f, 3f, 0f, 0f];

    [Theory]
    [InlineData(Prediction.Score)]
    [InlineData(Prediction.Epsilon)]
    public void Quantities_of_Gaussian_data_are_exact(Prediction predicts)
    {
        const double Sigma = 0.5;
        const double DataVariance = 2.0;
        double total = DataVariance + (Sigma * Sigma);
        double slope = predicts == Prediction.Score ? -1 / total : Sigma / total;
        var network = LinearNetworks.Create(new[,] { { slope, 0 }, { 0, slope } });
        var model = new Model(network, predicts, new SingleSigmaModelProcess(Sigma), "gaussian");
        using var device = new CpuDevice(1);
        using var loaded = device.Load(network);
        var evaluator = new ModelEvaluator(model, loaded);

        AssertMultiple(-1 / total, evaluator.Evaluate(ModelQuantity.Score, Points, 0));
        AssertMultiple(Sigma / total, evaluator.Evaluate(ModelQuantity.Epsilon, Points, 0));
        AssertMultiple(DataVariance / total, evaluator.Evaluate(ModelQuantity.Denoised, Points, 0));
        float[] divergence = evaluator.Evaluate(ModelQuantity.Divergence, Points, 0);
        Assert.Equal(3, divergence.Length);
        Assert.All(divergence, value => Assert.Equal(-2 / total, value, 1e-6));
    }

    [Theory]
    [InlineData(Prediction.Score)]
    [InlineData(Prediction.Epsilon)]
    [InlineData(Prediction.Denoised)]
    [InlineData(Prediction.V)]
    [InlineData(Prediction.Velocity)]
    [InlineData(Prediction.Preconditioned)]
    public void Every_prediction_of_Gaussian_data_gives_the_same_quantities(Prediction predicts)
    {
        // Of N(0, s²) every prediction is E[c₀x₀ + c₁ε | x] = (c₀αs² + c₁σ)/(α²s² + σ²)·x.
        const double DataVariance = 2.0;
        const double Time = 0.7;
        var process = new PreconditionedEdmProcess(1.1, 0.01, 10);
        double alpha = process.Alpha(Time);
        double sigma = process.Sigma(Time);
        double total = (alpha * alpha * DataVariance) + (sigma * sigma);
        var (clean, noise) = process.FormOf(predicts, Time);
        double slope = ((clean * alpha * DataVariance) + (noise * sigma)) / total;
        var linear = LinearNetworks.Create(new[,] { { slope, 0 }, { 0, slope } });
        var model = new Model(
            new Network(new NetworkArchitecture(2, 4, 1, new LogSigmaEmbedding(3))),
            predicts,
            new ContinuousModelProcess(process),
            "gaussian");
        using var device = new CpuDevice(1);
        using var loaded = device.Load(linear);
        var evaluator = new ModelEvaluator(model, loaded);

        AssertMultiple(-1 / total, evaluator.Evaluate(ModelQuantity.Score, Points, Time));
        AssertMultiple(sigma / total, evaluator.Evaluate(ModelQuantity.Epsilon, Points, Time));
        AssertMultiple(alpha * DataVariance / total, evaluator.Evaluate(ModelQuantity.Denoised, Points, Time));
        Assert.All(
            evaluator.Evaluate(ModelQuantity.Divergence, Points, Time),
            value => Assert.Equal(-2 / total, value, 1e-5));
        Assert.Throws<InputException>(() => evaluator.Evaluate(ModelQuantity.Score, Points, 11));
    }

    [Fact]
    public void The_schedule_enters_at_the_time_asked_for()
    {
        var model = ModelFileTests.Create("ddpm");
        var schedule = ((DdpmModelProcess)model.Process).Schedule;
        using var device = new CpuDevice(1);
        using var loaded = device.Load(model.Network);
        var evaluator = new ModelEvaluator(model, loaded);
        float[] epsilon = evaluator.Evaluate(ModelQuantity.Epsilon, Points, 7);
        float[] output = new float[6];
        loaded.Evaluate(Points, [7f], output);
        Assert.Equal(output, epsilon);
        float[] score = evaluator.Evaluate(ModelQuantity.Score, Points, 7);
        float[] denoised = evaluator.Evaluate(ModelQuantity.Denoised, Points, 7);
        double alphaBar = schedule.AlphaBars[7];
        for (int i = 0; i < 6; i++)
        {
            Assert.Equal(-output[i] / Math.Sqrt(1 - alphaBar), score[i], 1e-6);
            double clean = (Points[i] - (Math.Sqrt(1 - alphaBar) * output[i])) / Math.Sqrt(alphaBar);
            Assert.Equal(clean, denoised[i], 1e-5);
        }
    }

    [Fact]
    public void Times_and_lengths_out_of_range_are_refused()
    {
        using var device = new CpuDevice(1);
        var ddpm = ModelFileTests.Create("ddpm");
        using var loaded = device.Load(ddpm.Network);
        var evaluator = new ModelEvaluator(ddpm, loaded);
        Assert.Throws<InputException>(() => evaluator.Evaluate(ModelQuantity.Score, Points, 10));
        Assert.Throws<InputException>(() => evaluator.Evaluate(ModelQuantity.Score, Points, 0.5));
        Assert.Throws<InputException>(() => evaluator.Evaluate(ModelQuantity.Score, Points.AsSpan(1), 0));
        var ncsn = ModelFileTests.Create("ncsn");
        using var conditional = device.Load(ncsn.Network);
        Assert.Throws<InputException>(() => new ModelEvaluator(ncsn, conditional).Evaluate(ModelQuantity.Score, Points, 11));

        var clean = new Model(
            ModelFileTests.Create("dsm").Network, Prediction.Epsilon, new SingleSigmaModelProcess(0), "x");
        using var unconditional = device.Load(clean.Network);
        Assert.Throws<InputException>(
            () => new ModelEvaluator(clean, unconditional).Evaluate(ModelQuantity.Score, Points, 0));
    }

    [Fact]
    public void Quantities_have_names()
    {
        foreach (string name in ModelQuantities.Names)
        {
            Assert.Equal(name, ModelQuantities.Parse(name).ToString().ToLowerInvariant());
        }

        Assert.Contains("score", Assert.Throws<InputException>(() => ModelQuantities.Parse("scor")).Message);
    }

    [Fact]
    public void Every_kind_has_its_objective_and_sampler()
    {
        Assert.Equal("epsilon", ModelObjectives.Default(ModelFileTests.Create("ddpm")).Name);
        Assert.Equal("dsm", ModelObjectives.Default(ModelFileTests.Create("dsm")).Name);
        Assert.Equal("ncsn", ModelObjectives.Default(ModelFileTests.Create("ncsn")).Name);
        Assert.IsType<SlicedObjective>(ModelObjectives.Create(ModelFileTests.Create("hyvarinen"), "sliced"));
        Assert.Throws<InputException>(() => ModelObjectives.Create(ModelFileTests.Create("dsm"), "sliced"));
        Assert.Equal("ddpm", ModelSamplers.Default(ModelFileTests.Create("ddpm")).Name);
        Assert.Equal("ddim", ModelSamplers.Create(ModelFileTests.Create("ddpm"), "ddim").Name);
        Assert.Equal(1200, ModelSamplers.Default(ModelFileTests.Create("ncsn")).Nfe);
        Assert.Equal(1000, ModelSamplers.Default(ModelFileTests.Create("dsm")).Nfe);
        Assert.Throws<InputException>(() => ModelSamplers.Create(ModelFileTests.Create("dsm"), "ddpm"));

        var epsilon = new Model(
            ModelFileTests.Create("dsm").Network, Prediction.Epsilon, new SingleSigmaModelProcess(0.5), "x");
        var row = ModelSamplers.Default(epsilon).Rows[0];
        Assert.Equal((float)LangevinSampler.Create(1, 0.01).Rows[0].Update.X.Output * -2f, row.Update.X.Output, 1e-7f);
    }

    private static void AssertMultiple(double factor, float[] actual)
    {
        for (int i = 0; i < Points.Length; i++)
        {
            Assert.Equal(factor * Points[i], actual[i], 1e-6);
        }
    }
}
