using ScoreGpu.Engine;
using ScoreGpu.Engine.Data;
using ScoreGpu.Engine.Devices;
using ScoreGpu.Engine.Devices.Cpu;
using ScoreGpu.Engine.Metrics;
using ScoreGpu.Engine.Networks;
using ScoreGpu.Engine.Training;

namespace ScoreGpu.Tests.Engine;

public sealed class CosineDecayTests
{
    [Fact]
    public void The_rate_falls_along_half_a_cosine()
    {
        CosineDecay decay = new(2e-3, 1e-5);

        Assert.Equal(2e-3, decay.At(0, 100), 1e-15);
        Assert.Equal(1e-5 + (0.5 * 1.99e-3), decay.At(50, 100), 1e-15);
        Assert.Equal(1e-5, decay.At(100, 100), 1e-15);
    }

    [Theory]
    [InlineData(0.0, 1e-5)]
    [InlineData(1e-3, -1.0)]
    [InlineData(1e-3, double.NaN)]
    public void Rates_are_positive(double first, double last) =>
        Assert.Throws<InputException>(() => new CosineDecay(first, last));

    [Fact]
    public void A_run_sets_the_rate_of_each_step()
    {
        using CpuDevice device = new(1);
        using ITrainer trainer = device.Train(
            Network.Create(new NetworkArchitecture(2, 8, 1, new NoConditioning()), 0),
            Objectives.DenoisingScore(0.5),
            new MixtureData(NamedMixtures.TwoGaussians),
            new TrainingOptions { BatchSize = 16, LearningRate = 0.5 });
        CosineDecay decay = new(1e-2, 1e-4);

        new TrainingRun(trainer) { Decay = decay }.Advance(10, null, TestContext.Current.CancellationToken);

        Assert.Equal(decay.At(9, 10), trainer.LearningRate);
        Assert.Throws<InputException>(() => trainer.LearningRate = 0.0);
    }

    [Fact]
    public void A_known_spread_of_the_reference_changes_no_energy_distance()
    {
        PointSet first = new(NamedMixtures.TwoGaussians.Sample(70, 1), 70, 2);
        PointSet second = new(NamedMixtures.TwoGaussians.Sample(50, 2), 50, 2);

        Assert.Equal(
            EnergyDistance.Between(first, second),
            EnergyDistance.Between(first, second, EnergyDistance.MeanDistanceWithin(second)));
    }
}
