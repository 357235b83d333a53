using ScoreGpu.Engine.Data;
using ScoreGpu.Engine.Devices.Cpu;
using ScoreGpu.Engine.Models;
using ScoreGpu.Engine.Networks;
using ScoreGpu.Engine.Processes;
using ScoreGpu.Engine.Training;

namespace ScoreGpu.Tests.Training;

/// <summary>Short runs of every process and prediction, held against the mixture's exact score.</summary>
public sealed class ContinuousTrainingTests
{
    private const int Points = 2000;

    [Theory]
    [InlineData("vp", Prediction.Epsilon, LossWeight.Prediction)]
    [InlineData("sub-vp", Prediction.V, LossWeight.Prediction)]
    [InlineData("ve", Prediction.Score, LossWeight.NoiseVariance)]
    [InlineData("cosine", Prediction.Denoised, LossWeight.Prediction)]
    [InlineData("flow", Prediction.Velocity, LossWeight.Prediction)]
    [InlineData("edm", Prediction.Preconditioned, LossWeight.Prediction)]
    public void Training_finds_the_exact_posterior_mean_of_the_noise(
        string name, Prediction prediction, LossWeight weight)
    {
        ContinuousProcess process = name switch
        {
            "vp" => new VpProcess(),
            "sub-vp" => new SubVpProcess(),
            "ve" => new VeProcess(0.05, 10),
            "cosine" => new CosineProcess(),
            "flow" => new FlowProcess(),
            _ => new PreconditionedEdmProcess(2),
        };
        var mixture = NamedMixtures.TwoPeaks;
        Model model = new(
            Network.Create(new NetworkArchitecture(2, 64, 3, new LogSigmaEmbedding(16)), 1),
            prediction,
            new ContinuousModelProcess(process),
            "two-peaks");
        var objective = ModelObjectives.Create(model, Predictions.NameOf(prediction), weight);
        TrainingOptions options = new()
        {
            BatchSize = 512,
            LearningRate = 5e-3,
            Average = new WeightAverage(0.99),
            Seed = 2,
        };
        using CpuDevice device = new();
        using (var trainer = device.Train(model.Network, objective, new MixtureData(mixture), options))
        {
            TrainingRun run = new(trainer) { Decay = new CosineDecay(5e-3, 1e-4), WarmUp = new LinearWarmUp(30) };
            run.Advance(2000, null, TestContext.Current.CancellationToken);
            run.CopyTo(model.Network);
        }

        using var network = device.Load(model.Network);
        ModelEvaluator evaluator = new(model, network);

        // The same noise for every process: at less of it, ε can hardly be told from x_t, and its mean is small.
        foreach (double ratio in (double[])[0.7, 2, 5])
        {
            double t = TimeOf(process, ratio);
            var noised = mixture.Noised(process.Alpha(t), process.Sigma(t));
            float[] points = noised.Sample(Points, 7);
            float[] scores = noised.Scores(points);
            float[] epsilon = evaluator.Evaluate(ModelQuantity.Epsilon, points, t);
            double error = 0;
            double size = 0;
            for (int i = 0; i < points.Length; i++)
            {
                double expected = -process.Sigma(t) * scores[i];
                error += Math.Pow(epsilon[i] - expected, 2);
                size += expected * expected;
            }

            TestContext.Current.TestOutputHelper?.WriteLine($"{name} {prediction} {weight} t={t:g3}: {error / size:g3}");
            Assert.InRange(error / size, 0, 0.02);
        }
    }

    /// <summary>The time at which σ/α has a value, by bisection.</summary>
    private static double TimeOf(ContinuousProcess process, double ratio)
    {
        double low = process.TimeRange.Start;
        double high = process.TimeRange.End;
        for (int i = 0; i < 60; i++)
        {
            double middle = 0.5 * (low + high);
            (low, high) = process.Sigma(middle) < ratio * process.Alpha(middle) ? (middle, high) : (low, middle);
        }

        return low;
    }
}
