using ScoreGpu.Engine.Processes;
using ScoreGpu.Engine.Samplers;
using ScoreGpu.Engine.Samplers.Host;

namespace ScoreGpu.Viz.Labs.Sde;

/// <summary>Exercise 5: how fast the solvers of the probability flow approach its exact ends.</summary>
/// <param name="Curves">One a solver.</param>
internal sealed record SolverOrders(IReadOnlyList<SolverCurve> Curves)
{
    /// <summary>The solvers, and what each takes a step.</summary>
    public static IReadOnlyList<(string Name, int Evaluations)> Solvers { get; } =
        [("euler", 1), ("heun", 2), ("rk4", 4), ("dpm-solver-2", 2), ("dpm-solver++2m", 1)];

    /// <summary>A solver's curve.</summary>
    public SolverCurve this[string name] => Curves.First(curve => curve.Name == name);

    /// <summary>Runs every solver of VP's flow with the exact score from the same starts, between t = 1 and 10⁻³.
    /// </summary>
    public static SolverOrders Measure(SdeSettings settings, ulong seed, CancellationToken cancellation)
    {
        SamplerModel model = new(SdeProcesses.Vp, Prediction.Epsilon);
        ExactNetwork network = new(SdeProcesses.Plane, model);
        HostRequest request = new()
        {
            Count = settings.OrderStarts,
            Seed = LabKeys.Of(seed, SdeDraw.Orders),
            Cancellation = cancellation,
        };
        AdaptiveOptions tight = new() { RelativeTolerance = 1e-10, AbsoluteTolerance = 1e-10 };
        double[] exact = AdaptiveFlowSampler.Run(model, Grid(1), network, request, tight).Points;
        return new SolverOrders(
        [
            .. Solvers.Select(solver => new SolverCurve(
                solver.Name,
                [
                    .. settings.OrderBudgets.Where(budget => budget >= solver.Evaluations).Select(budget =>
                    {
                        TimeGrid grid = Grid(budget / solver.Evaluations);
                        StepProgram program =
                            SamplerCatalog.Find(solver.Name).Create!(model, grid, new SamplerSettings());
                        double[] ends = HostProgram.Run(program, network, request).Points;
                        double squares = exact.Zip(ends, (a, b) => (a - b) * (a - b)).Sum();
                        return new SolverError(program.Nfe, Math.Sqrt(squares / request.Count));
                    }),
                ])),
        ]);

        // Equal steps of ln(α/σ), in which every solver does well.
        static TimeGrid Grid(int steps) =>
            TimeGrid.Create(SdeProcesses.Vp, TimeSpacing.LogSnr, steps, endsAtData: false);
    }
}

/// <summary>A solver's errors.</summary>
/// <param name="Name">The solver.</param>
/// <param name="Errors">One a budget, rising.</param>
internal sealed record SolverCurve(string Name, IReadOnlyList<SolverError> Errors)
{
    private const int Finest = 3;

    /// <summary>The order over the three finest grids.</summary>
    public double Order => -LogSlope.Of(
        Errors.TakeLast(Finest).Select(error => (double)error.Nfe), Errors.TakeLast(Finest).Select(error => error.Rms));
}

/// <summary>The root mean square distance from the exact ends after some evaluations.</summary>
internal sealed record SolverError(int Nfe, double Rms);
