using ScoreGpu.Engine.Devices;
using ScoreGpu.Engine.Distributions;
using ScoreGpu.Engine.Models;
using ScoreGpu.Engine.Processes;
using ScoreGpu.Engine.Samplers;
using ScoreGpu.Engine.Samplers.Host;

namespace ScoreGpu.Viz.Labs.Quality;

/// <summary>What samplers are run on: a trained network, or the exact score of the same process.</summary>
/// <param name="model">What samplers know of it.</param>
/// <param name="process">The model's process, which has the levels of the Langevin samplers.</param>
/// <param name="network">The network, for samplers that the host drives.</param>
/// <param name="run">Runs a table of rows.</param>
internal sealed class SampledModel(
    SamplerModel model, ModelProcess process, IBatchNetwork network, Func<StepProgram, HostRequest, float[]> run)
{
    /// <summary>A trained network on a device.</summary>
    public static SampledModel Of(Model model, IDeviceNetwork network) => new(
        ModelSamplers.Describe(model),
        model.Process,
        new DeviceBatchNetwork(network),
        (program, request) => network.Sample(program, new SampleRequest
        {
            Count = request.Count,
            Seed = request.Seed,
            Cancellation = request.Cancellation,
        }).Points);

    /// <summary>The exact score of a mixture under a model's process, as its network would say it.</summary>
    /// <param name="data">The distribution of x₀.</param>
    /// <param name="process">The process.</param>
    /// <param name="predicts">What the network would predict.</param>
    public static SampledModel Exact(GaussianMixture data, ModelProcess process, Prediction predicts)
    {
        SamplerModel model = new(process.Diffusion, predicts);
        ExactNetwork network = new(data, model);
        return new SampledModel(
            model,
            process,
            network,
            (program, request) => Single(HostProgram.Run(program, network, request).Points));
    }

    /// <summary>Runs a sampler with about a number of evaluations, or with a tolerance.</summary>
    /// <param name="sampler">The sampler.</param>
    /// <param name="budget">Network evaluations a sample; null takes the sampler's usual steps.</param>
    /// <param name="tolerance">rk45: both tolerances.</param>
    /// <param name="request">The batch.</param>
    /// <returns>The samples, and the evaluations that they took on average.</returns>
    public (float[] Points, double Nfe) Sample(
        SamplerInfo sampler, int? budget, double tolerance, HostRequest request)
    {
        if (sampler is { Course: SamplerCourse.Grid, IsTable: false })
        {
            TimeGrid ends = TimeGrid.Create(model.Process, TimeSpacing.Uniform, 2);
            AdaptiveOptions options = new() { RelativeTolerance = tolerance, AbsoluteTolerance = tolerance };
            HostResult adaptive = AdaptiveFlowSampler.Run(model, ends, network, request, options);
            return (Single(adaptive.Points), adaptive.MeanNfe);
        }

        int steps = Steps(sampler, budget);
        if (!sampler.IsTable)
        {
            HostResult chains = MalaSampler.Run(
                model, process.FirstTime, network, request, steps, LangevinSampler.UsualStepSize);
            return (Single(chains.Points), chains.MeanNfe);
        }

        StepProgram program = (sampler.Create, process) switch
        {
            ({ } create, _) => create(model, sampler.GridFor(model, steps), new SamplerSettings()),
            (_, GeometricModelProcess geometric) => AnnealedLangevinSampler.Create(
                model, geometric.Levels.Sigmas, steps, AnnealedLangevinSampler.UsualEps, denoises: false),
            _ => LangevinSampler.Create(model, process.FirstTime, steps, LangevinSampler.UsualStepSize),
        };
        return (run(program, request), program.Nfe);
    }

    // Steps whose evaluations come closest to the budget; the last step of some takes but one.
    private int Steps(SamplerInfo sampler, int? budget)
    {
        if (budget is not { } evaluations)
        {
            return sampler.StepsFor(model.Process);
        }

        double each = sampler.Evaluations switch
        {
            "1" => 1,
            "4" => 4,
            _ => 2,
        };
        double steps = process is GeometricModelProcess geometric && sampler.Create is null
            ? (double)evaluations / geometric.Levels.Count
            : sampler.Course == SamplerCourse.OneLevel ? evaluations / each : (evaluations + each - 1) / each;
        return Math.Max(1, (int)Math.Round(steps));
    }

    private static float[] Single(double[] values) => Array.ConvertAll(values, value => (float)value);
}
