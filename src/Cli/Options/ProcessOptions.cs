using System.CommandLine;
using ScoreGpu.Engine;
using ScoreGpu.Engine.Data;
using ScoreGpu.Engine.Models;
using ScoreGpu.Engine.Networks;
using ScoreGpu.Engine.Processes;

namespace ScoreGpu.Cli.Options;

/// <summary>What is trained: the process, what the network predicts, and the numbers of both.</summary>
internal sealed class ProcessOptions
{
    private const string Ddpm = "ddpm";
    private const string Dsm = "dsm";
    private const string Ncsn = "ncsn";
    private const string Hyvarinen = "hyvarinen";
    private const string Sliced = "sliced";
    private const int LogSigmaWidth = 32;

    private readonly Option<string?> _process = NameOption.Create(
        "--process",
        "ddpm: noise prediction over a linear schedule; dsm: denoising score matching at one sigma; ncsn: a score for "
        + "each of several sigmas; hyvarinen, sliced: score matching without noise.",
        [Ddpm, Dsm, Ncsn, Hyvarinen, Sliced],
        Ddpm);

    private readonly Option<string?> _predict = NameOption.Create(
        "--predict",
        "What the network predicts: epsilon with ddpm, the score with all others. [default: the one that fits]",
        ["epsilon", "score"],
        null);

    private readonly Option<int> _hidden = NumberOption.Whole("--hidden", "Features of a hidden layer.", 128, 1, 65536);
    private readonly Option<int> _layers = NumberOption.Whole("--layers", "Hidden layers.", 3, 1, 64);

    private readonly Option<int> _timeSteps = NumberOption.Whole(
        "--time-steps", "ddpm: steps T of the schedule.", 100, 1, DdpmModelProcess.MaximumSteps);

    private readonly Option<double> _betaStart =
        NumberOption.Real("--beta-start", "ddpm: beta at the first step.", 1e-4, RealRange.OpenFraction);

    private readonly Option<double> _betaEnd =
        NumberOption.Real("--beta-end", "ddpm: beta at the last step.", 0.02, RealRange.OpenFraction);

    private readonly Option<double> _sigma =
        NumberOption.Real("--sigma", "dsm: the noise level.", 0.5, RealRange.Positive);

    private readonly Option<double> _sigmaMax =
        NumberOption.Real("--sigma-max", "ncsn: the largest noise level.", 10, RealRange.Positive);

    private readonly Option<double> _sigmaMin =
        NumberOption.Real("--sigma-min", "ncsn: the smallest noise level.", 0.01, RealRange.Positive);

    private readonly Option<int> _levels = NumberOption.Whole(
        "--levels", "ncsn: noise levels.", 12, 2, GeometricModelProcess.MaximumLevels);

    /// <summary>All options, in the order of the help.</summary>
    public IReadOnlyList<Option> All =>
        [_process, _predict, _hidden, _layers, .. OfProcesses];

    private IReadOnlyList<Option> OfProcesses =>
        [_timeSteps, _betaStart, _betaEnd, _sigma, _sigmaMax, _sigmaMin, _levels];

    /// <summary>The network's largest gradient norm in training, +∞ for any.</summary>
    public static double ClipNorm(Model model) =>
        model.Process is GeometricModelProcess ? 1.0 : double.PositiveInfinity;

    /// <summary>The name of the objective that was asked for, among those of <see cref="ModelObjectives"/>.</summary>
    public string ObjectiveName(ParseResult parsed) => parsed.GetValue(_process) switch
    {
        Ddpm => "epsilon",
        { } name => name,
        null => throw InputException.For(_process.Name, null, "a process"),
    };

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
        UnusedOptions.Refuse(parsed, $"--process {name}", OfProcesses, UsedBy(name));
        Prediction predicts = name == Ddpm ? Prediction.Epsilon : Prediction.Score;
        string fitting = name == Ddpm ? "epsilon" : "score";
        if (parsed.GetValue(_predict) is { } asked && asked != fitting)
        {
            throw InputException.For(_predict.Name, asked, $"{fitting} with --process {name}");
        }

        ModelProcess process = CreateProcess(parsed, name);
        int hidden = parsed.GetValue(_hidden);
        TimeConditioning conditioning = process switch
        {
            DdpmModelProcess ddpm => new LearnedEmbedding(ddpm.Steps, hidden),
            GeometricModelProcess => new LogSigmaEmbedding(LogSigmaWidth),
            _ => new NoConditioning(),
        };
        NetworkArchitecture architecture = new(dimension, hidden, parsed.GetValue(_layers), conditioning);
        try
        {
            return new Model(Network.Create(architecture, seed), predicts, process, data, scale);
        }
        catch (InputException exception)
        {
            throw new InputException($"{_hidden.Name}, {_layers.Name}: {exception.Message}", exception);
        }
    }

    private ModelProcess CreateProcess(ParseResult parsed, string name)
    {
        switch (name)
        {
            case Ddpm:
                return new DdpmModelProcess(
                    parsed.GetValue(_timeSteps), parsed.GetValue(_betaStart), parsed.GetValue(_betaEnd));
            case Dsm:
                return new SingleSigmaModelProcess(parsed.GetValue(_sigma));
            case Ncsn:
                double sigmaMin = parsed.GetValue(_sigmaMin);
                double sigmaMax = parsed.GetValue(_sigmaMax);
                return sigmaMax > sigmaMin
                    ? new GeometricModelProcess(sigmaMax, sigmaMin, parsed.GetValue(_levels))
                    : throw InputException.For(
                        _sigmaMax.Name,
                        sigmaMax,
                        FormattableString.Invariant($"a number above {_sigmaMin.Name}, {sigmaMin}"));
            default:
                return new SingleSigmaModelProcess(0);
        }
    }

    private IReadOnlyList<Option> UsedBy(string name) => name switch
    {
        Ddpm => [_timeSteps, _betaStart, _betaEnd],
        Dsm => [_sigma],
        Ncsn => [_sigmaMax, _sigmaMin, _levels],
        _ => [],
    };
}
