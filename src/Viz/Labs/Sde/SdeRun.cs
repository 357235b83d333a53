using ScoreGpu.Engine.Data;
using ScoreGpu.Engine.Devices;
using ScoreGpu.Viz.Labs.Quality;
using ScoreGpu.Viz.Labs.Training;

namespace ScoreGpu.Viz.Labs.Sde;

/// <summary>The lab's computations, stage by stage.</summary>
internal static class SdeRun
{
    /// <summary>The sum of the weights below: about tenths of a second on two cores.</summary>
    public const double TotalWeight = 190;

    // The time at which the equations are checked: the peaks are merging, and p changes everywhere.
    private const double EquationTime = 0.3;

    /// <summary>Computes everything.</summary>
    public static SdeData Compute(LabContext context, SdeSettings settings, LabClock clock)
    {
        ulong seed = context.Seed;
        CancellationToken stop = context.Cancellation;
        ScoreProperties properties = clock.Run("score properties", 10, _ => ScoreProperties.Measure(settings, seed));
        ForwardStudy[] forward = clock.Run("forward processes", 10, _ => SdeProcesses.Three(settings)
            .Select(named => ForwardStudy.Measure(named.Name, named.Process, settings, seed)).ToArray());
        DdpmLimit limit = clock.Run("DDPM towards VP", 10, _ => DdpmLimit.Measure(settings, seed, stop));
        IReadOnlyList<ReverseVariant> variants =
            clock.Run("reverse SDE and variants", 25, _ => ReverseVariant.Measure(settings, seed, stop));
        ReverseStudy reverse = clock.Run("SDE beside flow", 20, _ => ReverseStudy.Measure(settings, seed, stop));
        FokkerPlanckStudy equations = clock.Run(
            "Fokker–Planck on a grid", 3, _ => FokkerPlanckStudy.Measure(EquationTime, settings.Spacings));
        TrainedModel model = clock.Run(
            "training", 25, progress => SdeTraining.Train(context, settings, progress));
        using IDeviceNetwork network = context.Device.Load(model.Model.Network);

        SolverOrders orders = clock.Run("orders of solvers", 5, _ => SolverOrders.Measure(settings, seed, stop));
        SamplerTarget target = SamplerTarget.Of(
            SdeProcesses.Plane, settings.Reference, LabKeys.Of(seed, SdeDraw.Reference));
        SolverQuality exact = clock.Run("quality, exact score", 25, progress =>
            SolverQuality.Measure(model.Model, null, settings, target, seed, progress, stop));
        SolverQuality trained = clock.Run("quality, network", 20, progress =>
            SolverQuality.Measure(model.Model, network, settings, target, seed, progress, stop));
        CorrectorStudy correctors = clock.Run(
            "correctors", 12, _ => CorrectorStudy.Measure(settings, seed, stop));
        LikelihoodStudy likelihood = clock.Run(
            "likelihoods", 15, _ => LikelihoodStudy.Measure(context, settings, model.Model, network));
        TraceStudy traces = clock.Run(
            "trace estimates", 10, _ => TraceStudy.Measure(context, settings, model.Model, network));
        SamplerScore truth = SamplerScore.Of(
            "true samples",
            0,
            SdeProcesses.Plane.Sample(
                settings.QualitySamples, target.Seed, DataSource.FirstReferencePoint + (uint)settings.Reference),
            target,
            directions: 32);
        return new SdeData(
            settings,
            seed,
            properties,
            forward,
            limit,
            variants,
            reverse,
            equations,
            model,
            orders,
            exact,
            trained,
            truth,
            correctors,
            likelihood,
            traces);
    }
}
