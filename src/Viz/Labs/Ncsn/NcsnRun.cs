using ScoreGpu.Engine.Data;
using ScoreGpu.Engine.Devices;
using ScoreGpu.Engine.Models;
using ScoreGpu.Engine.Training;
using ScoreGpu.Viz.Labs.Training;
using ScoreGpu.Viz.Pages;

namespace ScoreGpu.Viz.Labs.Ncsn;

/// <summary>The lab's computations, stage by stage.</summary>
internal static class NcsnRun
{
    /// <summary>The sum of the weights below: about tenths of a second on two cores.</summary>
    public const double TotalWeight = 225;

    /// <summary>Computes everything.</summary>
    public static NcsnData Compute(LabContext context, NcsnSettings settings, LabClock clock)
    {
        TrainedModel weighted = clock.Run($"training, {Numerals.Count(settings.WeightTraining)} steps, weight σ²", 11, progress =>
            NcsnTraining.Train(context, settings, LossWeight.NoiseVariance, settings.WeightTraining, progress));
        TrainedModel plain = clock.Run($"training, {Numerals.Count(settings.WeightTraining)} steps, no weight", 11, progress =>
            NcsnTraining.Train(context, settings, LossWeight.Uniform, settings.WeightTraining, progress));
        TrainedModel model = clock.Run($"training, {Numerals.Count(settings.Training)} steps", 88, progress =>
            NcsnTraining.Train(context, settings, LossWeight.NoiseVariance, settings.Training, progress));
        using IDeviceNetwork network = context.Device.Load(model.Model.Network);

        (LevelAgreement[] levels, EmptyRegion[] empty, WeightStudy weights) = clock.Run("errors at every level", 3, _ => (
            LevelAgreement.Measure(
                new ModelEvaluator(model.Model, network),
                NcsnTraining.LevelsOf(model),
                settings.ComparisonPoints,
                context.Seed),
            EmptyRegion.Measure(new ModelEvaluator(model.Model, network), NcsnTraining.LevelsOf(model)[^1]),
            WeightStudy.Compute(context, settings, weighted, plain)));
        AnnealingStudy annealing = clock.Run("annealed and single-level sampling", 50, progress =>
            AnnealingStudy.Compute(context, settings, model, network, progress));
        StepSizeStudy sizes = clock.Run("step sizes", 30, _ => StepSizeStudy.Compute(
            context,
            settings,
            NamedMixtures.Ring8,
            NcsnTraining.LevelsOf(model),
            network,
            annealing.OneLevelAlpha));
        (EndPointStudy ends, ConversionStudy conversions) = clock.Run("end points and conversions", 1, _ => (
            EndPointStudy.Compute(context.Seed, settings.EndPoints),
            ConversionStudy.Compute(context.Seed, settings.ConvertedPoints)));
        LikelihoodStudy likelihood = clock.Run(
            "likelihoods", 11, _ => LikelihoodStudy.Compute(context, settings, model, network));
        FarModes far = clock.Run("far modes", 15, _ => FarModes.Compute(context, settings, NamedMixtures.Ring8));
        Motion motion = clock.Run("moving figures", 5, _ => Motion.Compute(
            context, settings, model, network, annealing.OneLevelAlpha));
        return new NcsnData(
            settings,
            context.Seed,
            model,
            levels,
            empty,
            weights,
            annealing,
            sizes,
            ends,
            conversions,
            likelihood,
            far,
            motion);
    }
}
