using ScoreGpu.Engine.Data;
using ScoreGpu.Engine.Models;
using ScoreGpu.Engine.Processes;
using ScoreGpu.Engine.Samplers;
using ScoreGpu.Viz.Labs.Training;
using ScoreGpu.Viz.Pages;

namespace ScoreGpu.Viz.Labs.ScoreFunctions;

/// <summary>The lab's computations, stage by stage.</summary>
internal static class ScoreFunctionsRun
{
    /// <summary>The sum of the weights below: about tenths of a second on two cores.</summary>
    public const double TotalWeight = 160;

    /// <summary>Computes everything.</summary>
    public static ScoreFunctionsData Compute(LabContext context, ScoreFunctionsSettings settings, LabClock clock)
    {
        AnalyticScores analytic = clock.Run("scores on the line", 1, _ => AnalyticScores.Compute());
        NoisyFields fields = clock.Run(
            "score fields", 1, _ => NoisyFields.Compute(context.Seed, settings.ComparisonPoints));

        DdpmModelProcess process = new(settings.DiffusionSteps, settings.BetaStart, settings.BetaEnd);
        DdpmModelProcess longer = new(settings.DiffusionSteps, settings.BetaStart, settings.LongBetaEnd);
        TrainedModel brief = clock.Run($"training, {Numerals.Count(settings.ShortTraining)} steps", 2, progress => DdpmTraining.Train(
            context, settings, process, settings.ShortTraining, settings.ShortRate, lastRate: null, progress));
        TrainedModel thorough = clock.Run($"training, {Numerals.Count(settings.LongTraining)} steps", 85, progress =>
            DdpmTraining.Train(
                context,
                settings,
                process,
                settings.LongTraining,
                settings.LongRate,
                settings.LongFinalRate,
                progress));
        TrainedModel remedy = clock.Run("training, longer schedule", 21, progress => DdpmTraining.Train(
            context, settings, longer, settings.RemedyTraining, settings.LongRate, settings.LongFinalRate, progress));
        using LabModels models = new(context.Device, brief, thorough, remedy);

        float[] clean = NoisyPoints.CleanPoints(context.Seed, settings.ComparisonPoints);
        NoisyPoints[] points =
            [.. settings.ComparedSteps.Select(t => Noised(process.Schedule, clean, settings.ComparisonPoints, t))];
        (ModelAgreement ofShort, ModelAgreement ofLong, FieldCourse course) = clock.Run("implied scores", 4, _ =>
        {
            NoisyPoints[] curve =
            [
                .. Enumerable.Range(0, process.Steps)
                    .Select(t => Noised(process.Schedule, clean, settings.CurvePoints, t)),
            ];
            ModelEvaluator first = new(brief.Model, models.ShortNetwork);
            ModelEvaluator second = new(thorough.Model, models.LongNetwork);
            return (
                ModelAgreement.Measure(first, points, curve),
                ModelAgreement.Measure(second, points, curve),
                FieldCourse.Compute(process.Schedule, first, second));
        });

        TrajectoryPairs pairs = clock.Run(
            "trajectories", 2, _ => TrajectoryPairs.Compute(context, settings, process, models.LongNetwork));
        TrajectoryCrowd ode = clock.Run("ODE crowd", 20, progress => TrajectoryCrowd.Compute(
            context, settings, models.LongNetwork, DdimSampler.Create(process.Schedule), progress));
        TrajectoryCrowd sde = clock.Run("SDE crowd", 20, progress => TrajectoryCrowd.Compute(
            context, settings, models.LongNetwork, DdpmSampler.Create(process.Schedule), progress));
        (StartStudy starts, MovingClouds clouds) = clock.Run("samples and starts", 60, progress =>
        {
            StartStudy study = StartStudy.Compute(context, settings, models, (ode.Points, sde.Points), progress);
            return (study, MovingClouds.Compute(
                context, settings, models.LongNetwork, process.Schedule, study.MarginalStarts));
        });
        return new ScoreFunctionsData(
            settings,
            context.Seed,
            analytic,
            fields,
            brief,
            thorough,
            remedy,
            points,
            ofShort,
            ofLong,
            course,
            pairs,
            ode,
            sde,
            starts,
            clouds);

        NoisyPoints Noised(DdpmSchedule schedule, float[] from, int count, int t) => NoisyPoints.Create(
            NamedMixtures.FourGaussians, schedule, from, count, t, LabKeys.Of(context.Seed, LabDraw.CleanPoints));
    }
}
