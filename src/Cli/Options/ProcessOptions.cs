using System.CommandLine;
using ScoreGpu.Engine;
using ScoreGpu.Engine.Data;
using ScoreGpu.Engine.Models;
using ScoreGpu.Engine.Processes;
using ScoreGpu.Engine.Training;

namespace ScoreGpu.Cli.Options;

/// <summary>What is trained: the process, what the network predicts, and the numbers of both.</summary>
internal sealed class ProcessOptions
{
    private const string Ddpm = "ddpm";
    private const string Vp = "vp";
    private const string SubVp = "sub-vp";
    private const string Ve = "ve";
    private const string Cosine = "cosine";
    private const string Edm = "edm";
    private const string Flow = "flow";
    private const string Dsm = "dsm";
    private const string Ncsn = "ncsn";
    private const string Hyvarinen = "hyvarinen";
    private const string Sliced = "sliced";
    private const string Exact = "esm";

    private readonly Option<string?> _process = NameOption.Create(
        "--process",
        "How data become noise. In steps: ddpm, the usual start. In continuous time: vp, its limit; sub-vp, for "
        + "likelihoods; ve, noise that is added alone; cosine, slower at both ends; edm, sigma as the time; flow, the "
        + "straight path. A score alone: ncsn, for each of several sigmas; dsm, at one sigma; hyvarinen (exact trace, few "
        + "dimensions) and sliced (random directions, many), of the data as they are; esm, the exact score of a mixture, "
        + "to compare with.",
        [Ddpm, Vp, SubVp, Ve, Cosine, Edm, Flow, Dsm, Ncsn, Hyvarinen, Sliced, Exact],
        Ddpm);

    private readonly Option<string?> _predict = NameOption.Create(
        "--predict",
        "What the network predicts. epsilon: the noise, hard where there is little; x0: the data, hard where there is much "
        + "noise; v: alpha*epsilon - sigma*x0, even at both ends; velocity: of the path, for flow; score: -epsilon/sigma; "
        + "edm: what is left once EDM's scales are taken off, for edm. Each can be turned into any other. [default: "
        + "velocity with flow, edm with edm, epsilon with the other diffusions, score with the rest]",
        Predictions.Names,
        null);

    private readonly NetworkOptions _network = new();

    private readonly Option<int> _timeSteps = NumberOption.Whole(
        "--time-steps", "ddpm: steps T of the schedule.", 100, 1, DdpmModelProcess.MaximumSteps);

    private readonly Option<double> _betaStart =
        NumberOption.Real("--beta-start", "ddpm: beta at the first step.", 1e-4, RealRange.OpenFraction);

    private readonly Option<double> _betaEnd =
        NumberOption.Real("--beta-end", "ddpm: beta at the last step.", 0.02, RealRange.OpenFraction);

    private readonly Option<double> _betaMin =
        NumberOption.Real("--beta-min", "vp, sub-vp: beta at t = 0.", 0.1, RealRange.Positive);

    private readonly Option<double> _betaMax =
        NumberOption.Real("--beta-max", "vp, sub-vp: beta at t = 1.", 20, RealRange.Positive);

    private readonly Option<double> _sigma =
        NumberOption.Real("--sigma", "dsm: the noise level.", 0.5, RealRange.Positive);

    private readonly Option<double?> _sigmaMax = NumberOption.OptionalReal(
        "--sigma-max", "ncsn, ve, edm: the largest noise level. [default: 10, 50, 80]", RealRange.Positive);

    private readonly Option<double?> _sigmaMin = NumberOption.OptionalReal(
        "--sigma-min", "ncsn, ve, edm: the smallest noise level. [default: 0.01, 0.01, 0.002]", RealRange.Positive);

    private readonly Option<double> _sigmaData = NumberOption.Real(
        "--sigma-data", "--predict edm: the standard deviation of the data's coordinates.", 0.5, RealRange.Positive);

    private readonly ObjectiveOptions _objective = new();

    /// <summary>All options, in the order of the help.</summary>
    public IReadOnlyList<Option> All =>
        [_process, _predict, .. _network.All, .. OfProcesses];

    private IReadOnlyList<Option> OfProcesses =>
    [
        _timeSteps, _betaStart, _betaEnd, _betaMin, _betaMax, _sigma, _sigmaMax, _sigmaMin, _sigmaData,
        .. _objective.All,
    ];

    /// <summary>The objective that was asked for.</summary>
    /// <exception cref="InputException">It does not go with the process.</exception>
    public Objective CreateObjective(ParseResult parsed, Model model)
    {
        string name = parsed.GetValue(_process)!;
        return name == Sliced
            ? _objective.CreateSliced(parsed)
            : ModelObjectives.Create(
                model,
                name is Hyvarinen or Exact ? name : ModelObjectives.NamesFor(model)[0],
                model.Weight,
                _objective.Times(parsed, model));
    }

    /// <summary>A model with random weights.</summary>
    /// <param name="parsed">The arguments.</param>
    /// <param name="dimension">The data's dimension.</param>
    /// <param name="seed">The weights' seed.</param>
    /// <param name="data">The data's name.</param>
    /// <param name="scale">How the data were standardised; null where they are taken as they are.</param>
    /// <exception cref="InputException">The combination does not exist, or a number is out of range.</exception>
    public Model Create(ParseResult parsed, int dimension, ulong seed, string data, DataScale? scale = null)
    {
        string name = parsed.GetValue(_process)!;
        Prediction predicts = parsed.GetValue(_predict) is { } asked ? Predictions.Parse(asked) : UsualPrediction(name);
        UnusedOptions.Refuse(parsed, $"--process {name}", OfProcesses, UsedBy(name, predicts));
        ModelProcess process = CreateProcess(parsed, name, predicts);
        RequirePrediction(predicts, process, name);
        _objective.RequireWeight(parsed, process);
        bool hasWeight = process is not SingleSigmaModelProcess;
        return new Model(_network.Create(parsed, dimension, process, seed), predicts, process, data, scale)
        {
            Objective = name is Dsm or Ncsn or Hyvarinen or Sliced or Exact ? name : Predictions.NameOf(predicts),
            Weight = hasWeight ? _objective.Weight(parsed) ?? ModelObjectives.UsualWeight(predicts) : null,
        };
    }

    private static Prediction UsualPrediction(string process) => process switch
    {
        Flow => Prediction.Velocity,
        Edm => Prediction.Preconditioned,
        Ddpm or Vp or SubVp or Ve or Cosine => Prediction.Epsilon,
        _ => Prediction.Score,
    };

    private void RequirePrediction(Prediction predicts, ModelProcess process, string name)
    {
        bool isWithoutNoise = process is SingleSigmaModelProcess { Sigma: 0 };
        if (isWithoutNoise && predicts != Prediction.Score)
        {
            throw InputException.For(
                _predict.Name, Predictions.NameOf(predicts), $"score with --process {name}, which adds no noise");
        }

        try
        {
            process.Diffusion.RequirePrediction(predicts);
        }
        catch (InputException exception)
        {
            throw new InputException($"--{exception.Message}", exception);
        }
    }

    private ModelProcess CreateProcess(ParseResult parsed, string name, Prediction predicts)
    {
        switch (name)
        {
            case Ddpm:
                return new DdpmModelProcess(
                    parsed.GetValue(_timeSteps), parsed.GetValue(_betaStart), parsed.GetValue(_betaEnd));
            case Vp:
            case SubVp:
                var (betaMin, betaMax) = (parsed.GetValue(_betaMin), parsed.GetValue(_betaMax));
                RequireOrder(_betaMin, betaMin, _betaMax, betaMax);
                return new ContinuousModelProcess(
                    name == Vp ? new VpProcess(betaMin, betaMax) : new SubVpProcess(betaMin, betaMax));
            case Cosine:
                return new ContinuousModelProcess(new CosineProcess());
            case Flow:
                return new ContinuousModelProcess(new FlowProcess());
            case Ve:
                var (veMin, veMax) = Sigmas(parsed, 0.01, 50);
                return new ContinuousModelProcess(new VeProcess(veMin, veMax));
            case Edm:
                var (edmMin, edmMax) = Sigmas(parsed, 0.002, 80);
                return new ContinuousModelProcess(
                    predicts == Prediction.Preconditioned
                        ? new PreconditionedEdmProcess(parsed.GetValue(_sigmaData), edmMin, edmMax)
                        : new EdmProcess(edmMin, edmMax));
            case Dsm:
                return new SingleSigmaModelProcess(parsed.GetValue(_sigma));
            case Ncsn:
                var (least, most) = Sigmas(parsed, 0.01, 10);
                return new GeometricModelProcess(most, least, _objective.Levels(parsed) ?? 12);
            default:
                return new SingleSigmaModelProcess(0);
        }
    }

    private (double Least, double Most) Sigmas(ParseResult parsed, double usualLeast, double usualMost)
    {
        double least = parsed.GetValue(_sigmaMin) ?? usualLeast;
        double most = parsed.GetValue(_sigmaMax) ?? usualMost;
        RequireOrder(_sigmaMin, least, _sigmaMax, most);
        return (least, most);
    }

    private static void RequireOrder(Option leastOption, double least, Option mostOption, double most)
    {
        if (most <= least)
        {
            throw InputException.For(
                mostOption.Name, most, FormattableString.Invariant($"a number above {leastOption.Name}, {least}"));
        }
    }

    private IReadOnlyList<Option> UsedBy(string name, Prediction predicts) => name switch
    {
        Ddpm => [_timeSteps, _betaStart, _betaEnd, _objective.WeightOption],
        Vp or SubVp => [_betaMin, _betaMax, .. _objective.OfContinuousTime],
        Ve => [_sigmaMax, _sigmaMin, .. _objective.OfContinuousTime],
        Edm when predicts == Prediction.Preconditioned =>
            [_sigmaMax, _sigmaMin, _sigmaData, .. _objective.OfContinuousTime],
        Edm => [_sigmaMax, _sigmaMin, .. _objective.OfContinuousTime],
        Cosine or Flow => _objective.OfContinuousTime,
        Dsm => [_sigma],
        Ncsn => [_sigmaMax, _sigmaMin, _objective.LevelsOption, _objective.WeightOption],
        Sliced => _objective.OfSliced,
        _ => [],
    };
}
