using ScoreGpu.Engine.Devices;
using ScoreGpu.Engine.Metrics;
using ScoreGpu.Engine.Models;
using ScoreGpu.Engine.Processes;
using ScoreGpu.Engine.Samplers;
using ScoreGpu.Viz.Labs.Quality;

namespace ScoreGpu.Viz.Labs.FlowMatching;

/// <summary>A model with a sampler, over numbers of evaluations.</summary>
/// <param name="Model">The model.</param>
/// <param name="Sampler">The sampler.</param>
/// <param name="Runs">One list a training run, each by rising evaluations.</param>
internal sealed record QualityCurve(PathModel Model, string Sampler, IReadOnlyList<IReadOnlyList<SamplerScore>> Runs)
{
    /// <summary>The evaluations.</summary>
    public double[] Nfe => [.. Runs[0].Select(score => score.Nfe)];

    /// <summary>The squared energy distance, the mean over training runs.</summary>
    public double[] Energies => Means(score => score.Energy.Value);

    /// <summary>The share of samples more than 4 standard deviations from every mode, the mean over training runs.
    /// </summary>
    public double[] Outliers => Means(score => score.OutlierShare);

    /// <summary>The squared sliced Wasserstein-2 distance, the mean over training runs.</summary>
    public double[] Wassersteins => Means(score => score.Wasserstein);

    /// <summary>The least and the greatest energy distance of the training runs with as many evaluations.</summary>
    public (double Least, double Greatest) Range(int index) => (
        Runs.Min(run => run[index].Energy.Value), Runs.Max(run => run[index].Energy.Value));

    /// <summary>The least evaluations from which on the mean distance stays below a limit; NaN where none do.</summary>
    public double EvaluationsBelow(double limit)
    {
        double[] energies = Energies;
        int from = energies.Length;
        while (from > 0 && energies[from - 1] <= limit)
        {
            from--;
        }

        return from < energies.Length ? Nfe[from] : double.NaN;
    }

    private double[] Means(Func<SamplerScore, double> value) =>
        [.. Enumerable.Range(0, Runs[0].Count).Select(i => Runs.Average(run => value(run[i])))];
}

/// <summary>The samplers that models are compared with, at equal evaluations.</summary>
internal static class HeadToHead
{
    /// <summary>The pairs of model and sampler.</summary>
    public static IReadOnlyList<(PathModel Model, string Sampler)> Pairs { get; } =
    [
        (PathModel.Flow, "euler"),
        (PathModel.Flow, "heun"),
        (PathModel.Flow, "dpm-solver++2m"),
        (PathModel.Vp, "ddpm"),
        (PathModel.Vp, "euler"),
        (PathModel.Vp, "ddim"),
        (PathModel.Vp, "dpm-solver++2m"),
        (PathModel.VpV, "ddim"),
        (PathModel.VpV, "dpm-solver++2m"),
        (PathModel.FlowEpsilon, "ddim"),
    ];

    /// <summary>Samples one training run's model with one sampler.</summary>
    public static IReadOnlyList<SamplerScore> Curve(
        LabContext context,
        FlowMatchingSettings settings,
        Model model,
        string sampler,
        IDeviceNetwork network,
        SamplerTarget target,
        int repeat) =>
    [
        .. settings.Budgets.Select(budget =>
        {
            StepProgram program = Program(model, sampler, budget);
            float[] points = network.Sample(program, new SampleRequest
            {
                Count = settings.QualitySamples,
                Seed = LabKeys.Of(context.Seed, FlowMatchingDraw.QualityRun, repeat),
                Cancellation = context.Cancellation,
            }).Points;
            return SamplerScore.Of(sampler, program.Nfe, points, target, settings.Directions);
        }),
    ];

    /// <summary>The program of about a number of evaluations.</summary>
    /// <remarks>
    /// Solvers in t on a velocity take even steps from 1 to the data; VP's Euler likewise. The rest have the grid that the
    /// command line gives them.
    /// </remarks>
    public static StepProgram Program(Model model, string sampler, int budget)
    {
        var process = (ContinuousProcess)model.Process.Diffusion;
        SamplerModel described = ModelSamplers.Describe(model);
        if (sampler == "euler")
        {
            return EulerSampler.Create(described, ExactFlow.EulerGrid(process, budget, 1.0));
        }

        // Two evaluations a step, and one for the last.
        if (sampler == "heun")
        {
            int steps = Math.Max(1, (int)Math.Round((budget + 1) / 2.0));
            return HeunSampler.Create(described, ExactFlow.GridToData(process, steps, 1.0));
        }

        SamplerInfo info = ModelSamplers.Find(model, sampler);
        return info.Create!(described, info.GridFor(described, budget), new SamplerSettings());
    }

    /// <summary>The distance between data and other data of as many points: what nobody can be below.</summary>
    public static TwoSampleEstimate Truth(LabContext context, FlowMatchingSettings settings, SamplerTarget target)
    {
        ulong key = LabKeys.Of(context.Seed, FlowMatchingDraw.Truth);
        float[] points = FlowData.Mixture.Sample(settings.QualitySamples, key);
        return EnergyDistance.Estimate(new Engine.Data.PointSet(points, points.Length / 2, 2), target.Points);
    }
}
