using System.CommandLine;
using ScoreGpu.Engine;
using ScoreGpu.Engine.Devices;
using ScoreGpu.Engine.Likelihoods;
using ScoreGpu.Engine.Models;
using ScoreGpu.Engine.Samplers.Host;
using ScoreGpu.Engine.Training;

namespace ScoreGpu.Cli.Options;

/// <summary>How a density is worked out: the divergence, and the solver of the flow.</summary>
internal sealed class LikelihoodOptions
{
    private const int UsualProbes = 16;
    private const int MostSteps = 1_000_000;

    private readonly Option<string?> _divergence = NameOption.Create(
        "--divergence",
        "exact takes a tangent pass a dimension; hutchinson takes one a probe, which is less work where the dimensions "
        + "outnumber the probes, and is right on average, with a standard error.",
        ["exact", "hutchinson"],
        "exact");

    private readonly Option<int> _probes = NumberOption.Whole(
        "--probes",
        "hutchinson: random directions a point, kept along its way; the error falls with their root.",
        UsualProbes,
        1,
        1_000_000);

    private readonly Option<string?> _probe = NameOption.Create(
        "--probe",
        "hutchinson: rademacher takes entries of -1 or 1 and has the least variance; gaussian takes normals.",
        ["rademacher", "gaussian"],
        "rademacher");

    private readonly Option<string?> _solver = NameOption.Create(
        "--solver",
        "Of the probability flow from the data to the noise. rk4: order 4, for exact results; heun and euler: orders 2 "
        + "and 1, for a quick look, and the two that a ddpm model can take, which knows whole steps alone; rk45: steps "
        + "of each point's own to a tolerance, on the host. [default: rk4, or heun for a ddpm model]",
        ["euler", "heun", "rk4", "rk45"],
        null);

    private readonly Option<int?> _steps = NumberOption.OptionalWhole(
        "--steps",
        $"euler, heun, rk4: steps. [default: {ModelLikelihood.UsualSteps}, or all of a ddpm model's]",
        1,
        MostSteps);

    private readonly Option<double?> _time = NumberOption.OptionalReal(
        "--time",
        "The time at which the points are taken, so that theirs is the density of the data with its noise: a step of a "
        + "ddpm model, sigma of an ncsn or edm model, t of another. [default: the least that samplers visit]",
        RealRange.NotNegative);

    private readonly Option<double> _rtol =
        NumberOption.Real("--rtol", "rk45: the relative tolerance.", 1e-5, RealRange.Positive);

    private readonly Option<double> _atol =
        NumberOption.Real("--atol", "rk45: the absolute tolerance.", 1e-5, RealRange.Positive);

    /// <summary>All options, in the order of the help.</summary>
    public IReadOnlyList<Option> All => [_divergence, _probes, _probe, _solver, _steps, _time, _rtol, _atol];

    /// <summary>What was asked for.</summary>
    /// <param name="parsed">The arguments.</param>
    /// <param name="model">The model.</param>
    /// <param name="seed">The option of the probes' seed.</param>
    /// <exception cref="InputException">The model has no density, or an option does not go with the others.</exception>
    public ChosenLikelihood Create(ParseResult parsed, Model model, Option<ulong> seed)
    {
        ModelLikelihood.Require(model);
        bool isExact = parsed.GetValue(_divergence) == "exact";
        if (isExact)
        {
            UnusedOptions.Refuse(parsed, $"{_divergence.Name} exact", [_probes, _probe, seed], []);
        }

        var estimator = isExact
            ? TraceEstimator.Exact
            : new TraceEstimator(
                parsed.GetValue(_probes),
                parsed.GetValue(_probe) == "gaussian" ? ProbeKind.Gaussian : ProbeKind.Rademacher);
        bool isDiscrete = model.Process is DdpmModelProcess;
        string solver = parsed.GetValue(_solver) ?? (isDiscrete ? "heun" : "rk4");
        if (isDiscrete && solver is ("rk4" or "rk45"))
        {
            throw InputException.For(
                _solver.Name,
                solver,
                "euler or heun for a ddpm model: it was trained at whole steps, and this one asks at times in between");
        }

        bool isAdaptive = solver == "rk45";
        Option[] own = isAdaptive ? [_rtol, _atol] : [_steps];
        UnusedOptions.Refuse(parsed, $"{_solver.Name} {solver}", [_steps, _rtol, _atol], own);
        var described = ModelSamplers.Describe(model);
        var grid = ModelLikelihood.Grid(model, isAdaptive ? 1 : parsed.GetValue(_steps), parsed.GetValue(_time));
        if (!isAdaptive)
        {
            var program = LikelihoodProgram.Create(described, grid, solver switch
            {
                "euler" => FlowMethod.Euler,
                "heun" => FlowMethod.Heun,
                _ => FlowMethod.RungeKutta,
            });
            return new ChosenLikelihood(
                solver, estimator, program.Time, (network, request) => FlowLikelihood.Run(program, network, request));
        }

        var options = new AdaptiveOptions
        {
            RelativeTolerance = parsed.GetValue(_rtol),
            AbsoluteTolerance = parsed.GetValue(_atol),
        };
        return new ChosenLikelihood(solver, estimator, grid.Times[0], (network, request) => HostLikelihood.RunAdaptive(
            described,
            grid,
            new DeviceBatchNetwork(network),
            new HostRequest
            {
                Count = request.Points.Length / network.Dimension,
                Start = Array.ConvertAll(request.Points, value => (double)value),
                Seed = request.Seed,
                FirstSample = request.FirstSample,
                Progress = request.Progress,
                Cancellation = request.Cancellation,
            },
            request.Estimator,
            options));
    }
}

/// <summary>The likelihood that was asked for.</summary>
/// <param name="Solver">The solver's name.</param>
/// <param name="Estimator">How the divergence is worked out.</param>
/// <param name="Time">The time at which the points are taken.</param>
/// <param name="Run">The run.</param>
internal sealed record ChosenLikelihood(
    string Solver, TraceEstimator Estimator, double Time, Func<IDeviceNetwork, TraceRequest, LogLikelihoods> Run);
