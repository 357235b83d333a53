using ScoreGpu.Engine.Devices;
using ScoreGpu.Engine.Metrics;
using ScoreGpu.Engine.Models;
using ScoreGpu.Engine.Processes;
using ScoreGpu.Viz.Labs.Quality;
using ScoreGpu.Viz.Labs.Training;

namespace ScoreGpu.Viz.Labs.FlowMatching;

/// <summary>The lab's computations, stage by stage.</summary>
internal static class FlowMatchingRun
{
    private const double TrainingWeight = 20;

    /// <summary>The sum of the weights below.</summary>
    public static double TotalWeight => 76 + (PathModel.All.Count * TrainingWeight);

    /// <summary>Computes everything.</summary>
    public static FlowMatchingData Compute(LabContext context, FlowMatchingSettings settings, LabClock clock)
    {
        FlowProcess flow = new();
        VpProcess vp = new();
        float[] clean = FlowData.Mixture.Sample(settings.ConditionalPairs, Key(FlowMatchingDraw.ConditionalClean));
        float[] noise = FlowData.Noise.Sample(settings.ConditionalPairs, Key(FlowMatchingDraw.ConditionalNoise));
        ConditionalPaths[] conditional = clock.Run("paths between pairs", 2, _ => new ContinuousProcess[]
        {
            flow, vp, new CosineProcess(),
        }.Select(process => ConditionalPaths.Measure(process, clean, noise)).ToArray());
        VelocityDirection[] directions = clock.Run("directions", 1, _ => VelocityDirection.Times
            .Select(t => VelocityDirection.Measure(t, clean, noise)).ToArray());

        float[] starts = FlowData.Noise.Sample(settings.ExactPaths, Key(FlowMatchingDraw.ExactStarts));
        double[] exactStarts = Array.ConvertAll(starts, value => (double)value);
        (MarginalPaths ofFlow, MarginalPaths ofVp) = clock.Run("exact paths", 8, _ => (
            MarginalPaths.Follow(FlowData.Mixture, flow, exactStarts, settings.ExactSteps, context.Cancellation),
            MarginalPaths.Follow(FlowData.Mixture, vp, exactStarts, settings.ExactSteps, context.Cancellation)));
        SameFlow same = clock.Run(
            "one flow", 5, _ => SameFlow.Measure(exactStarts, settings.ExactSteps, context.Cancellation));

        IReadOnlyList<ScaleStudy> scales = clock.Run(
            "sizes of the data", 6, _ => ScaleStudy.Measure(exactStarts, settings.ExactSteps, context.Cancellation));

        SamplerTarget target = SamplerTarget.Of(
            FlowData.Mixture, settings.QualitySamples, Key(FlowMatchingDraw.Reference));
        TwoSampleEstimate truth = HeadToHead.Truth(context, settings, target);
        IReadOnlyList<EulerSamples> exactEuler = clock.Run("exact velocities, few steps", 4, _ => EulerStudy.Exact(
            settings,
            exactStarts,
            new Dictionary<string, MarginalPaths> { [flow.Name] = ofFlow, [vp.Name] = ofVp },
            target,
            context.Cancellation));

        Dictionary<PathModel, IReadOnlyList<TrainedModel>> models = [];
        foreach (PathModel path in PathModel.All)
        {
            models[path] = clock.Run($"training {path.Label}", TrainingWeight, progress => Enumerable
                .Range(0, settings.Repeats)
                .Select(repeat => path.Train(
                    context, settings, repeat, new Part(progress, repeat, settings.Repeats)))
                .ToArray());
        }

        double[] values = Conversions.Normals(Key(FlowMatchingDraw.Conversions), 2 * settings.ConversionPoints);
        double[] anyClean = values[..settings.ConversionPoints];
        double[] anyNoise = values[settings.ConversionPoints..];
        (Conversions[] conversions, WrittenFormulas formulas) = clock.Run("conversions", 1, _ => (
            new ContinuousProcess[] { flow, vp }
                .Select(process => Conversions.Measure(process, anyClean, anyNoise)).ToArray(),
            WrittenFormulas.Measure(anyClean, anyNoise)));

        FirstRuns firsts = clock.Run("networks against what is exact", 4, _ => MeasureFirstRuns(
            context, settings, models, starts, target));
        IReadOnlyList<QualityCurve> curves = clock.Run("equal evaluations", 30, progress => MeasureCurves(
            context, settings, models, target, progress));
        RectifiedFlow rectified = clock.Run("rectified flow", 15, progress => RectifiedFlow.Compute(
            context, settings, models[PathModel.Flow][0].Model, starts, target, progress));
        return new FlowMatchingData(
            settings,
            context.Seed,
            conditional,
            ofFlow,
            ofVp,
            same,
            scales,
            directions,
            exactEuler,
            firsts.Euler,
            models,
            firsts.Errors,
            conversions,
            formulas,
            firsts.Sign,
            curves,
            truth,
            rectified);

        ulong Key(FlowMatchingDraw draw) => LabKeys.Of(context.Seed, draw);
    }

    private static FirstRuns MeasureFirstRuns(
        LabContext context,
        FlowMatchingSettings settings,
        Dictionary<PathModel, IReadOnlyList<TrainedModel>> models,
        float[] starts,
        SamplerTarget target)
    {
        float[] clean = FlowData.Mixture.Sample(
            settings.ErrorPoints, LabKeys.Of(context.Seed, FlowMatchingDraw.ErrorClean));
        float[] noise = FlowData.Noise.Sample(
            settings.ErrorPoints, LabKeys.Of(context.Seed, FlowMatchingDraw.ErrorNoise));
        Dictionary<PathModel, NetworkErrors> errors = [];
        List<EulerSamples> euler = [];
        SignStudy? sign = null;
        foreach ((PathModel path, IReadOnlyList<TrainedModel> runs) in models)
        {
            Model model = runs[0].Model;
            using IDeviceNetwork network = context.Device.Load(model.Network);
            errors[path] = NetworkErrors.Measure(model, network, clean, noise);
            if (path == PathModel.Flow || path == PathModel.Vp)
            {
                euler.AddRange(EulerStudy.Trained(context, settings, model, network, starts, target));
            }

            if (path == PathModel.Flow)
            {
                sign = SignStudy.Measure(context, settings, network, starts, target);
            }
        }

        return new FirstRuns(errors, euler, sign!);
    }

    private static QualityCurve[] MeasureCurves(
        LabContext context,
        FlowMatchingSettings settings,
        Dictionary<PathModel, IReadOnlyList<TrainedModel>> models,
        SamplerTarget target,
        IProgress<double> progress)
    {
        var runs = HeadToHead.Pairs.ToDictionary(pair => pair, _ => new List<IReadOnlyList<SamplerScore>>());
        int done = 0;
        foreach ((PathModel path, IReadOnlyList<TrainedModel> trained) in models)
        {
            for (int repeat = 0; repeat < trained.Count; repeat++)
            {
                Model model = trained[repeat].Model;
                using IDeviceNetwork network = context.Device.Load(model.Network);
                foreach ((PathModel Model, string Sampler) pair in HeadToHead.Pairs.Where(pair => pair.Model == path))
                {
                    runs[pair].Add(HeadToHead.Curve(
                        context, settings, model, pair.Sampler, network, target, repeat));
                    progress.Report(++done / (double)(HeadToHead.Pairs.Count * trained.Count));
                }
            }
        }

        return [.. runs.Select(run => new QualityCurve(run.Key.Model, run.Key.Sampler, run.Value))];
    }

    private sealed record FirstRuns(
        IReadOnlyDictionary<PathModel, NetworkErrors> Errors, IReadOnlyList<EulerSamples> Euler, SignStudy Sign);

    private sealed class Part(IProgress<double> whole, int index, int count) : IProgress<double>
    {
        public void Report(double value) => whole.Report((index + value) / count);
    }
}
