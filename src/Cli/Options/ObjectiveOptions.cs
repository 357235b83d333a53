using System.CommandLine;
using ScoreGpu.Engine;
using ScoreGpu.Engine.Models;
using ScoreGpu.Engine.Processes;
using ScoreGpu.Engine.Training;

namespace ScoreGpu.Cli.Options;

/// <summary>How the loss is put together: which times, how much each counts, which directions.</summary>
internal sealed class ObjectiveOptions
{
    private const string Uniform = "uniform";
    private const string LogUniform = "log-uniform";
    private const string LogNormal = "log-normal";
    private const string LogitNormal = "logit-normal";

    private readonly Option<string?> _weight = NameOption.Create(
        "--weight",
        "How much the score's error counts at each time. prediction: as the error of what is predicted, the usual choice "
        + "for samples; sigma2: as the error of epsilon, for scores; uniform: the same at each time, so that small noise "
        + "dominates; likelihood: g^2, a bound of the likelihood. [default: sigma2 with --predict score, else prediction]",
        LossWeights.Names,
        null);

    private readonly Option<int?> _levels = NumberOption.OptionalWhole(
        "--levels",
        "ncsn: noise levels [default: 12]; in continuous time: the times that stand for all [default: 1000].",
        1,
        TimeDistribution.MostLevels);

    private readonly Option<string?> _times = NameOption.Create(
        "--times",
        "Which times are drawn in continuous time. uniform: all alike; log-uniform, log-normal: edm's sigma at every order "
        + "of magnitude, or where there is most to learn; logit-normal: the middle more often than the ends, for flow. "
        + "[default: log-normal with --predict edm, log-uniform with edm else, uniform with the others]",
        [Uniform, LogUniform, LogNormal, LogitNormal],
        null);

    private readonly Option<double?> _timesMean = NumberOption.OptionalReal(
        "--times-mean",
        "The normal's mean. [default: for log-normal -1.2, with --predict edm -1.2 + ln(sigma-data / 0.5); for "
        + "logit-normal 0]",
        RealRange.Any);

    private readonly Option<double?> _timesDeviation = NumberOption.OptionalReal(
        "--times-deviation",
        "The normal's standard deviation. [default: 1.2 for log-normal, 1 for logit-normal]",
        RealRange.Positive);

    private readonly Option<string?> _probe = NameOption.Create(
        "--probe",
        "sliced: the random directions. gaussian, as published; rademacher: signs, of the least variance.",
        ["gaussian", "rademacher"],
        "gaussian");

    private readonly Option<bool> _projected = new("--projected")
    {
        Description = "sliced: the score's square along the direction alone, without variance reduction.",
    };

    /// <summary>All options, in the order of the help.</summary>
    public IReadOnlyList<Option> All =>
        [_weight, _levels, _times, _timesMean, _timesDeviation, _probe, _projected];

    /// <summary>Those of processes in continuous time.</summary>
    public IReadOnlyList<Option> OfContinuousTime => [_weight, _levels, _times, _timesMean, _timesDeviation];

    /// <summary>Those of sliced score matching.</summary>
    public IReadOnlyList<Option> OfSliced => [_probe, _projected];

    /// <summary><c>--weight</c>.</summary>
    public Option WeightOption => _weight;

    /// <summary><c>--levels</c>.</summary>
    public Option LevelsOption => _levels;

    /// <summary>The weight that was asked for, or null.</summary>
    public LossWeight? Weight(ParseResult parsed) =>
        parsed.GetValue(_weight) is { } name ? LossWeights.Parse(name) : null;

    /// <summary>Checks that a process has the weight that was asked for.</summary>
    /// <exception cref="InputException">It has not.</exception>
    public void RequireWeight(ParseResult parsed, ModelProcess process)
    {
        if (Weight(parsed) == LossWeight.Likelihood && process.Diffusion is not ContinuousProcess)
        {
            throw InputException.For(
                _weight.Name, "likelihood", $"another one: {process.Name} has steps, and no g in between");
        }
    }

    /// <summary>The number of levels that was asked for, or null.</summary>
    public int? Levels(ParseResult parsed) => parsed.GetValue(_levels);

    /// <summary>Sliced score matching as it was asked for.</summary>
    public SlicedObjective CreateSliced(ParseResult parsed) => new(
        parsed.GetValue(_probe) == "rademacher" ? ProbeKind.Rademacher : ProbeKind.Gaussian,
        !parsed.GetValue(_projected));

    /// <summary>The times of a process in continuous time; null for the others.</summary>
    /// <exception cref="InputException">The distribution does not go with the process.</exception>
    public IReadOnlyList<double>? Times(ParseResult parsed, Model model) =>
        model.Process is ContinuousModelProcess { Process: var process }
            ? Distribution(parsed, process, model.Predicts).Midpoints(Levels(parsed) ?? TimeDistribution.UsualLevels)
            : null;

    private TimeDistribution Distribution(ParseResult parsed, ContinuousProcess process, Prediction predicts)
    {
        bool timeIsSigma = process is EdmProcess or PreconditionedEdmProcess;
        TimeDistribution usual = ModelObjectives.UsualTimes(process, predicts);
        string name = parsed.GetValue(_times)
            ?? (usual is LogNormalTime ? LogNormal : usual is LogUniformTime ? LogUniform : Uniform);
        double? mean = parsed.GetValue(_timesMean);
        double? deviation = parsed.GetValue(_timesDeviation);
        switch (name)
        {
            case LogNormal when timeIsSigma:
                var logNormal = usual as LogNormalTime ?? new LogNormalTime();
                return new LogNormalTime(mean ?? logNormal.Mean, deviation ?? logNormal.Deviation);
            case LogitNormal when !timeIsSigma:
                return new LogitNormalTime(process.TimeRange, mean ?? 0, deviation ?? 1);
            case Uniform:
            case LogUniform when timeIsSigma:
                UnusedOptions.Refuse(parsed, $"{_times.Name} {name}", [_timesMean, _timesDeviation], []);
                return name == Uniform ? new UniformTime(process.TimeRange) : new LogUniformTime(process.TimeRange);
            default:
                throw InputException.For(
                    _times.Name,
                    name,
                    timeIsSigma
                        ? $"{Uniform}, {LogUniform} or {LogNormal} with edm, whose time is sigma and has no middle"
                        : $"{Uniform} or {LogitNormal}: time is sigma with edm alone");
        }
    }
}
