using ScoreGpu.Engine.Data;
using ScoreGpu.Engine.Devices;
using ScoreGpu.Engine.Processes;
using ScoreGpu.Engine.Samplers;

namespace ScoreGpu.Viz.Labs.ScoreFunctions;

/// <summary>Exercise 4: what the start does to the samples, as the schedule does not end in pure noise.</summary>
/// <param name="Data">The data that everything is measured against, and its own statistics.</param>
/// <param name="FloorDistances">Energy distances between that set and other sets of the same data.</param>
/// <param name="Sets">Every set of samples.</param>
/// <param name="MatchedStd">√(ᾱ_T·v + 1 − ᾱ_T), v the data's variance in a coordinate.</param>
/// <param name="Marginal">The distribution of x_T.</param>
/// <param name="MarginalStarts">Points of it, [N, 2].</param>
internal sealed record StartStudy(
    SampleQuality Data,
    IReadOnlyList<double> FloorDistances,
    IReadOnlyList<SampleQuality> Sets,
    double MatchedStd,
    Engine.Distributions.GaussianMixture Marginal,
    float[] MarginalStarts)
{
    // A mean over few of them, but each costs as much as a set of samples.
    private const int FreshSets = 3;

    /// <summary>The root mean square of the distances between sets of the same data.</summary>
    public double Floor => Math.Sqrt(FloorDistances.Average(distance => distance * distance));

    /// <summary>A set by its key.</summary>
    public SampleQuality this[string key] => Sets.First(set => set.Key == key);

    /// <summary>Samples from every start and measures.</summary>
    /// <param name="context">The device, the seed, and what stops the run.</param>
    /// <param name="settings">How many samples.</param>
    /// <param name="models">The three models.</param>
    /// <param name="crowds">The samples from N(0, 2²·I) of the ODE and the SDE, of which the first are taken.</param>
    /// <param name="progress">Told the share done.</param>
    public static StartStudy Compute(
        LabContext context,
        ScoreFunctionsSettings settings,
        LabModels models,
        (float[] Ode, float[] Sde) crowds,
        IProgress<double> progress)
    {
        int count = settings.QualitySamples;
        DdpmSchedule schedule = DdpmTraining.ProcessOf(models.Long).Schedule;
        int last = schedule.Steps - 1;
        var mixture = NamedMixtures.FourGaussians;
        var marginal = mixture.Noised(schedule.Alpha(last), schedule.Sigma(last));
        double variance = VarianceOfACoordinate(mixture);
        double matched = Math.Sqrt((schedule.AlphaBars[last] * variance) + 1.0 - schedule.AlphaBars[last]);
        float[] normal = StartingPoints.Draw(1.0, count, Key(LabDraw.NormalStarts));
        float[] matchedStarts = StartingPoints.Draw(matched, count, Key(LabDraw.MatchedStarts));
        float[] marginalStarts = marginal.Sample(count, Key(LabDraw.MarginalStarts));
        PointSet data = new(mixture.Sample(count, Key(LabDraw.ReferenceData)), count, 2);
        double withinData = Engine.Metrics.EnergyDistance.MeanDistanceWithin(data);
        List<SampleQuality> sets = [];
        const int Expected = 14;

        AddBoth("normal", "20,000-step", "N(0, I)", models.LongNetwork, schedule, normal);
        Add("double_normal_ode", "20,000-step", "ODE", "N(0, 4·I)", crowds.Ode[..(2 * count)]);
        Add("double_normal_sde", "20,000-step", "SDE", "N(0, 4·I)", crowds.Sde[..(2 * count)]);
        AddBoth("matched", "20,000-step", "matched Gaussian", models.LongNetwork, schedule, matchedStarts);
        AddBoth("marginal", "20,000-step", "true x(T)", models.LongNetwork, schedule, marginalStarts);
        Add("exact_normal_ode", "exact score", "ODE", "N(0, I)", Exact(normal));
        Add("exact_marginal_ode", "exact score", "ODE", "true x(T)", Exact(marginalStarts));
        AddBoth(
            "schedule",
            "longer schedule",
            "N(0, I)",
            models.RemedyNetwork,
            DdpmTraining.ProcessOf(models.Remedy).Schedule,
            normal);
        AddBoth("short_normal", "300-step", "N(0, I)", models.ShortNetwork, schedule, normal);

        SampleQuality[] fresh =
        [
            .. Enumerable.Range(0, FreshSets)
                .Select(i => SampleQuality.Of("data", "", "", "", Further(i), data, withinData)),
        ];
        double[] floor = [.. fresh.Select(set => set.EnergyDistance)];
        return new StartStudy(fresh[0], floor, sets, matched, marginal, marginalStarts);

        ulong Key(LabDraw draw) => LabKeys.Of(context.Seed, draw);

        float[] Further(int index) =>
            mixture.Sample(count, LabKeys.Of(context.Seed, LabDraw.FurtherData, index));

        float[] Exact(float[] starts) => ExactScoreSampler.Run(mixture, schedule, starts, context.Cancellation);

        void AddBoth(
            string key, string model, string start, IDeviceNetwork network, DdpmSchedule along, float[] starts)
        {
            Add(key + "_ode", model, "ODE", start, Sample(network, DdimSampler.Create(along), starts));
            Add(key + "_sde", model, "SDE", start, Sample(network, DdpmSampler.Create(along), starts));
        }

        float[] Sample(IDeviceNetwork network, StepProgram program, float[] starts) =>
            network.Sample(program, new SampleRequest
            {
                Count = count,
                Seed = Key(LabDraw.QualityRun),
                Start = starts,
                Cancellation = context.Cancellation,
            }).Points;

        void Add(string key, string model, string sampler, string start, float[] points)
        {
            context.Cancellation.ThrowIfCancellationRequested();
            sets.Add(SampleQuality.Of(key, model, sampler, start, points, data, withinData));
            progress.Report((double)sets.Count / Expected);
        }
    }

    // The same in both coordinates, and the means of the coordinates are zero.
    private static double VarianceOfACoordinate(Engine.Distributions.GaussianMixture mixture)
    {
        double variance = 0.0;
        for (int k = 0; k < mixture.ComponentCount; k++)
        {
            variance += mixture.Weights[k] * ((mixture.Mean(k)[0] * mixture.Mean(k)[0]) + mixture.Covariance(k)[0]);
        }

        return variance;
    }
}
