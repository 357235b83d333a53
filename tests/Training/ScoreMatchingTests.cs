using ScoreGpu.Engine.Data;
using ScoreGpu.Engine.Devices;
using ScoreGpu.Engine.Devices.Cpu;
using ScoreGpu.Engine.Distributions;
using ScoreGpu.Engine.Networks;
using ScoreGpu.Engine.Training;
using ScoreGpu.Tests.Reference;

namespace ScoreGpu.Tests.Training;

/// <summary>
/// Hyvärinen's, Vincent's and Song's theorems: on average, all score matching losses have the gradient of the explicit
/// one.
/// </summary>
public sealed class ScoreMatchingTests
{
    private const double Sigma = 0.8;
    private const int Batches = 64;
    private const int BatchSize = 2048;

    private static readonly GaussianMixture Mixture = new(
        [0.6, 0.4],
        [[1.0, -0.5], [-1.2, 0.3]],
        [new[,] { { 0.8, 0.3 }, { 0.3, 0.6 } }, new[,] { { 0.5, -0.1 }, { -0.1, 0.9 } }]);

    private static readonly Network Network = Network.Create(new NetworkArchitecture(2, 8, 1, new NoConditioning()), 4);

    [Theory]
    [InlineData("hyvarinen")]
    [InlineData("gaussian")]
    [InlineData("rademacher")]
    [InlineData("projected")]
    [InlineData("dsm")]
    public void Every_score_matching_loss_has_the_explicit_ones_gradient_on_average(string name)
    {
        Objective objective = name switch
        {
            "hyvarinen" => new HyvarinenObjective(),
            "gaussian" => new SlicedObjective(),
            "rademacher" => new SlicedObjective(ProbeKind.Rademacher),
            "projected" => new SlicedObjective(ReducesVariance: false),
            _ => Objectives.DenoisingScore(Sigma),
        };

        // E‖s − ∇log p‖² is twice Hyvärinen's and Song's, and Vincent's up to a constant.
        double factor = name == "dsm" ? 1 : 0.5;
        var target = name == "dsm" ? Mixture.Noised(1, Sigma) : Mixture;
        using CpuDevice device = new();
        using var explicitTrainer = device.Train(
            Network, Objectives.ExplicitScore, new MixtureData(Mixture), new TrainingOptions());
        using var trainer = device.Train(Network, objective, new MixtureData(Mixture), new TrainingOptions());
        ExactScoreBatches exact = new(target, BatchSize, 1);
        var (explicitMean, explicitVariance) = Moments(explicitTrainer, exact.Next);
        var (mean, variance) = Moments(trainer, step => Draw(objective, step));

        double sum = 0;
        for (int i = 0; i < mean.Length; i++)
        {
            double error = mean[i] - (factor * explicitMean[i]);
            double z = error / Math.Sqrt((variance[i] + (factor * factor * explicitVariance[i])) / Batches);
            Assert.InRange(Math.Abs(z), 0, 5);
            sum += z * z;
        }

        Assert.InRange(sum / mean.Length, 0.2, 2.5);
        Assert.True(explicitMean.Max(Math.Abs) > 20 * Math.Sqrt(explicitVariance.Max() / Batches));
    }

    [Fact]
    public void The_exact_score_has_no_explicit_loss()
    {
        GaussianMixture gaussian = new([1.0], [[0.0, 0.0]], [new[,] { { 2.0, 0.6 }, { 0.6, 1.0 } }]);
        double determinant = 2.0 - 0.36;
        var network = LinearNetworks.Create(
            new[,] { { -1 / determinant, 0.6 / determinant }, { 0.6 / determinant, -2 / determinant } });
        using CpuDevice device = new(1);
        using var trainer = device.Train(
            network, Objectives.ExplicitScore, new MixtureData(gaussian), new TrainingOptions());
        ExactScoreBatches batches = new(gaussian, 300, 5);
        Assert.InRange(trainer.Loss(batches.Next(2)), 0, 1e-11);
        Assert.Equal(batches.Next(2).Clean, batches.Next(2).Clean);
        Assert.NotEqual(batches.Next(2).Clean, batches.Next(3).Clean);
    }

    private static TrainingBatch Draw(Objective objective, int step)
    {
        // A seed a batch: the points of a seed do not depend on the batch.
        PointSet points = new(Mixture.Sample(BatchSize, 1000 + (ulong)step), BatchSize, 2);
        return new HeldOutSplit(new MixtureData(Mixture), points).Batch(objective, 2000 + (ulong)step);
    }

    private static (double[] Mean, double[] Variance) Moments(ITrainer trainer, Func<int, TrainingBatch> next)
    {
        double[] sum = new double[Network.Values.Length];
        double[] squares = new double[sum.Length];
        float[] gradient = new float[sum.Length];
        for (int step = 0; step < Batches; step++)
        {
            trainer.Gradient(next(step), gradient);
            for (int i = 0; i < sum.Length; i++)
            {
                sum[i] += gradient[i];
                squares[i] += (double)gradient[i] * gradient[i];
            }
        }

        double[] mean = [.. sum.Select(value => value / Batches)];
        return (mean, [.. squares.Select((value, i) => ((value / Batches) - (mean[i] * mean[i])) * Batches / (Batches - 1))]);
    }
}
