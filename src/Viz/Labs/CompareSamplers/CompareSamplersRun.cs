using ScoreGpu.Engine.Data;
using ScoreGpu.Engine.Devices;
using ScoreGpu.Engine.Distributions;
using ScoreGpu.Engine.Models;
using ScoreGpu.Engine.Samplers;
using ScoreGpu.Engine.Samplers.Host;
using ScoreGpu.Viz.Labs.Quality;

namespace ScoreGpu.Viz.Labs.CompareSamplers;

/// <summary>The lab's computations, stage by stage.</summary>
internal static class CompareSamplersRun
{
    private const double TrainingWeight = 2;
    private const double CurveWeight = 6;
    private const double FinalWeight = 2;
    private const double UsualTolerance = 1e-4;

    private static readonly string[] Curved =
        [ComparedModel.Vp, ComparedModel.Flow, ComparedModel.Ncsn, ComparedModel.Dsm];

    /// <summary>The sum of the stages' weights.</summary>
    public static double TotalWeight =>
        (ComparedModel.All.Count * (TrainingWeight + FinalWeight)) + (2 * Curved.Length * CurveWeight);

    /// <summary>Computes everything.</summary>
    public static CompareSamplersData Compute(LabContext context, CompareSamplersSettings settings, LabClock clock)
    {
        List<SamplerCurves> curves = [];
        List<(string, SamplerScore)> finals = [];
        foreach (ComparedModel compared in ComparedModel.All)
        {
            Model model = clock.Run(
                $"training {compared.Key}", TrainingWeight, _ => compared.Train(context, settings));
            SamplerTarget target = Target(compared, settings, context.Seed);
            using IDeviceNetwork network = context.Device.Load(model.Network);
            SampledModel trained = SampledModel.Of(model, network);
            IReadOnlyList<SamplerInfo> samplers = [.. ModelSamplers.NamesFor(model).Select(SamplerCatalog.Find)];
            finals.AddRange(clock.Run($"sampling {compared.Key}", FinalWeight, progress => samplers
                .Select((sampler, i) =>
                {
                    progress.Report((double)i / samplers.Count);
                    return (compared.Key, Score(sampler, trained, null, UsualTolerance, target));
                })
                .ToArray()));
            if (!Curved.Contains(compared.Key))
            {
                continue;
            }

            SampledModel exact = SampledModel.Exact(
                CompareSamplersLab.Data, compared.Process, compared.Predicts);
            foreach ((SampledModel subject, bool isExact) in new[] { (trained, false), (exact, true) })
            {
                curves.Add(clock.Run(
                    $"curves of {compared.Key}{(isExact ? ", exact score" : "")}",
                    CurveWeight,
                    progress => new SamplerCurves(
                        compared.Key, isExact, Curve(samplers, subject, target, progress))));
            }
        }

        SamplerTarget data = SamplerTarget.Of(CompareSamplersLab.Data, settings.Reference, context.Seed);
        SamplerScore truth = SamplerScore.Of(
            "true samples",
            0,
            CompareSamplersLab.Data.Sample(
                settings.Samples, context.Seed, DataSource.FirstReferencePoint + (uint)settings.Reference),
            data,
            settings.Directions);
        return new CompareSamplersData(
            settings,
            context.Seed,
            truth.Energy.NullError,
            truth,
            curves,
            finals);

        SamplerScore Score(
            SamplerInfo sampler, SampledModel subject, int? budget, double tolerance, SamplerTarget target)
        {
            (float[] points, double nfe) = subject.Sample(sampler, budget, tolerance, new HostRequest
            {
                Count = settings.Samples,
                Seed = context.Seed,
                Cancellation = context.Cancellation,
            });
            return SamplerScore.Of(sampler.Name, nfe, points, target, settings.Directions);
        }

        List<SamplerScore> Curve(
            IReadOnlyList<SamplerInfo> samplers, SampledModel subject, SamplerTarget target, IProgress<double> progress)
        {
            List<SamplerScore> scores = [];
            for (int i = 0; i < samplers.Count; i++)
            {
                SamplerInfo sampler = samplers[i];
                progress.Report((double)i / samplers.Count);
                scores.AddRange(sampler is { Course: SamplerCourse.Grid, IsTable: false }
                    ? settings.Tolerances.Select(tolerance => Score(sampler, subject, null, tolerance, target))
                    : settings.Budgets.Select(budget => Score(
                        sampler,
                        subject,
                        sampler.Course == SamplerCourse.Grid ? budget : settings.LangevinFactor * budget,
                        0,
                        target)));
            }

            return scores;
        }
    }

    // A model of one level knows the data with that noise.
    private static SamplerTarget Target(ComparedModel compared, CompareSamplersSettings settings, ulong seed)
    {
        GaussianMixture distribution = compared.Process is SingleSigmaModelProcess single
            ? CompareSamplersLab.Data.Noised(1, single.Sigma)
            : CompareSamplersLab.Data;
        return SamplerTarget.Of(distribution, settings.Reference, seed);
    }
}
