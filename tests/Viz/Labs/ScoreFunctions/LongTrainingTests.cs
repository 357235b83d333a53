using ScoreGpu.Engine.Data;
using ScoreGpu.Engine.Devices;
using ScoreGpu.Engine.Devices.Cpu;
using ScoreGpu.Engine.Models;
using ScoreGpu.Viz;
using ScoreGpu.Viz.Labs;
using ScoreGpu.Viz.Labs.ScoreFunctions;
using ScoreGpu.Viz.Labs.Training;

namespace ScoreGpu.Tests.Viz.Labs.ScoreFunctions;

/// <summary>The lab's second model, trained in full.</summary>
public sealed class LongTrainingTests
{
    [Fact]
    public void Twenty_thousand_steps_find_the_score()
    {
        ScoreFunctionsSettings settings = new();
        DdpmModelProcess process = new();
        using CpuDevice device = new();
        TrainedModel trained = DdpmTraining.Train(
            new LabContext(device, 1, Theme.Dark, ""),
            settings,
            process,
            settings.LongTraining,
            settings.LongRate,
            settings.LongFinalRate,
            new Progress<double>());
        using IDeviceNetwork network = device.Load(trained.Model.Network);
        float[] clean = NoisyPoints.CleanPoints(1, settings.ComparisonPoints);
        NoisyPoints[] points =
        [
            .. settings.ComparedSteps.Select(t => NoisyPoints.Create(
                NamedMixtures.FourGaussians, process.Schedule, clean, settings.ComparisonPoints, t, 2)),
        ];

        ModelAgreement agreement = ModelAgreement.Measure(new ModelEvaluator(trained.Model, network), points, []);

        Assert.Equal(settings.LongTraining, trained.Losses.Count);
        Assert.All(agreement.Compared, row => Assert.True(
            row.CosineToExact >= (row.Step == 10 ? 0.96 : 0.985), $"{row.CosineToExact} at t = {row.Step}"));
    }
}
