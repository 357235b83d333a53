using ScoreGpu.Engine.Devices;
using ScoreGpu.Engine.Models;
using ScoreGpu.Engine.Processes;
using ScoreGpu.Engine.Samplers;
using ScoreGpu.Engine.Samplers.Host;
using ScoreGpu.Viz.Labs.Quality;

namespace ScoreGpu.Viz.Labs.Sde;

/// <summary>Exercise 5: the quality of samples against network evaluations.</summary>
/// <param name="IsExact">Whether the exact score was in place of the network.</param>
/// <param name="Runs">One a solver and budget.</param>
internal sealed record SolverQuality(bool IsExact, IReadOnlyList<SamplerScore> Runs)
{
    /// <summary>Predictor–corrector with the norms of the whole batch, which is no table.</summary>
    public const string BatchCorrector = "predictor-corrector, batch norms";

    private const int Directions = 32;

    /// <summary>The solvers in the order of the legend.</summary>
    public static IReadOnlyList<string> Solvers { get; } =
    [
        "euler-maruyama", "predictor-corrector", BatchCorrector, "euler", "heun", "rk4", "dpm-solver-2", "dpm-solver++2m",
    ];

    /// <summary>A solver's runs, the evaluations rising.</summary>
    public IReadOnlyList<SamplerScore> Of(string solver) =>
        [.. Runs.Where(run => run.Sampler == solver).OrderBy(run => run.Nfe)];

    /// <summary>
    /// The fewest evaluations from which on a solver's samples are within three standard errors of data; NaN where even
    /// the most are not enough.
    /// </summary>
    public double Needed(string solver)
    {
        double needed = double.NaN;
        foreach (SamplerScore run in Of(solver).Reverse())
        {
            if (ClearDifference.IsShown(run.Energy))
            {
                break;
            }

            needed = run.Nfe;
        }

        return needed;
    }

    /// <summary>Runs every solver with every budget.</summary>
    /// <param name="model">The trained model.</param>
    /// <param name="network">It on the device; null takes the exact score in its place.</param>
    /// <param name="settings">How much.</param>
    /// <param name="target">What the samples are compared with.</param>
    /// <param name="seed">The lab's seed.</param>
    /// <param name="progress">Told the share done.</param>
    /// <param name="cancellation">Stops the run.</param>
    public static SolverQuality Measure(
        Model model,
        IDeviceNetwork? network,
        SdeSettings settings,
        SamplerTarget target,
        ulong seed,
        IProgress<double> progress,
        CancellationToken cancellation)
    {
        SamplerModel described = network is null
            ? new SamplerModel(SdeProcesses.Vp, Prediction.Epsilon)
            : ModelSamplers.Describe(model);
        IBatchNetwork onHost = network is null
            ? new ExactNetwork(SdeProcesses.Plane, described)
            : new DeviceBatchNetwork(network);
        SampledModel subject = network is null
            ? SampledModel.Exact(SdeProcesses.Plane, model.Process, Prediction.Epsilon)
            : SampledModel.Of(model, network);
        HostRequest request = new()
        {
            Count = settings.QualitySamples,
            Seed = LabKeys.Of(seed, SdeDraw.Quality),
            Cancellation = cancellation,
        };
        List<SamplerScore> runs = [];
        foreach (string solver in Solvers)
        {
            foreach (int budget in settings.QualityBudgets)
            {
                (float[] points, double nfe) = solver == BatchCorrector
                    ? Corrected(budget)
                    : subject.Sample(SamplerCatalog.Find(solver), budget, double.NaN, request);
                runs.Add(SamplerScore.Of(solver, nfe, points, target, Directions));
                progress.Report(runs.Count / (double)(Solvers.Count * settings.QualityBudgets.Count));
            }
        }

        return new SolverQuality(network is null, runs);

        // A step takes two evaluations, the last one.
        (float[] Points, double Nfe) Corrected(int budget)
        {
            TimeGrid grid = TimeGrid.Create(SdeProcesses.Vp, TimeSpacing.Uniform, (budget + 1) / 2);
            HostResult result = BatchPredictorCorrector.Run(described, grid, onHost, request);
            return (Array.ConvertAll(result.Points, value => (float)value), result.MeanNfe);
        }
    }
}
