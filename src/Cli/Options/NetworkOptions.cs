using System.CommandLine;
using ScoreGpu.Engine;
using ScoreGpu.Engine.Models;
using ScoreGpu.Engine.Networks;

namespace ScoreGpu.Cli.Options;

/// <summary>The network that is trained: its size, its activation, and how it is told the time.</summary>
internal sealed class NetworkOptions
{
    private const string Learned = "learned";
    private const string LogSigma = "log-sigma";
    private const string Sinusoidal = "sinusoidal";
    private const string Fourier = "fourier";
    private const int LogSigmaWidth = 32;
    private const int FeatureCount = 64;
    private const int FeatureWidth = 64;

    private readonly Option<int> _hidden = NumberOption.Whole("--hidden", "Features of a hidden layer.", 128, 1, 65536);
    private readonly Option<int> _layers = NumberOption.Whole("--layers", "Hidden layers.", 3, 1, 64);

    private readonly Option<string?> _activation = NameOption.Create(
        "--activation",
        "What follows each layer. silu: smooth, the usual one; gelu: much alike, in its tanh form, for networks that came "
        + "from transformers; tanh: smooth and bounded, for small networks and smooth densities; relu: the cheapest, with "
        + "kinks in the score, not for hyvarinen and sliced, which need second derivatives.",
        Activations.Names,
        "silu");

    private readonly Option<string?> _conditioning = NameOption.Create(
        "--conditioning",
        "How the network is told the time. learned: a table with a row a step, ddpm alone; log-sigma: ln(sigma/alpha), few "
        + "weights; sinusoidal: sines and cosines of t, for many steps or times; fourier: the same at random frequencies, "
        + "which tell close times apart. [default: learned with ddpm, log-sigma with continuous time and ncsn]",
        [Learned, LogSigma, Sinusoidal, Fourier],
        null);

    private readonly Option<double> _fourierScale = NumberOption.Real(
        "--fourier-scale",
        "--conditioning fourier: the standard deviation of the frequencies; less is smoother in time.",
        FourierEmbedding.UsualDeviation,
        RealRange.Positive);

    /// <summary>All options, in the order of the help.</summary>
    public IReadOnlyList<Option> All => [_hidden, _layers, _activation, _conditioning, _fourierScale];

    /// <summary>A network with random weights.</summary>
    /// <param name="parsed">The arguments.</param>
    /// <param name="dimension">The data's dimension.</param>
    /// <param name="process">The process whose times it is told.</param>
    /// <param name="seed">The seed of the weights and of the frequencies.</param>
    /// <exception cref="InputException">The combination does not exist, or a number is out of range.</exception>
    public Network Create(ParseResult parsed, int dimension, ModelProcess process, ulong seed)
    {
        int hidden = parsed.GetValue(_hidden);
        var conditioning = Conditioning(parsed, hidden, process, seed);
        try
        {
            NetworkArchitecture architecture = new(dimension, hidden, parsed.GetValue(_layers), conditioning)
            {
                Activation = Activations.Parse(parsed.GetValue(_activation)!),
            };
            return Network.Create(architecture, seed);
        }
        catch (InputException exception)
        {
            throw new InputException($"{_hidden.Name}, {_layers.Name}: {exception.Message}", exception);
        }
    }

    private TimeConditioning Conditioning(ParseResult parsed, int hidden, ModelProcess process, ulong seed)
    {
        IReadOnlyList<string> possible = process switch
        {
            SingleSigmaModelProcess => [],
            DdpmModelProcess => [Learned, Sinusoidal, Fourier],
            _ => [LogSigma, Sinusoidal, Fourier],
        };
        string? asked = parsed.GetValue(_conditioning);
        if (asked is not null && !possible.Contains(asked))
        {
            throw InputException.For(
                _conditioning.Name,
                asked,
                possible.Count == 0
                    ? $"it left out: the process {process.Name} has one noise level, which the network is not told"
                    : $"{string.Join(" or ", possible)} with the process {process.Name}");
        }

        string? chosen = asked ?? (possible.Count == 0 ? null : possible[0]);
        if (chosen != Fourier)
        {
            UnusedOptions.Refuse(parsed, chosen is null ? process.Name : $"{_conditioning.Name} {chosen}", [_fourierScale], []);
        }

        return chosen switch
        {
            null => new NoConditioning(),
            Learned => new LearnedEmbedding(((DdpmModelProcess)process).Steps, hidden),
            LogSigma => new LogSigmaEmbedding(LogSigmaWidth),
            Sinusoidal => new SinusoidalEmbedding(
                FeatureCount, FeatureWidth, process.SinusoidalScale, process.FeatureInput),
            _ => FourierEmbedding.Draw(
                FeatureCount,
                FeatureWidth,
                process.FourierScale,
                process.FeatureInput,
                parsed.GetValue(_fourierScale),
                seed),
        };
    }
}
