using System.CommandLine;
using ScoreGpu.Engine;
using ScoreGpu.Engine.Models;
using ScoreGpu.Engine.Samplers;

namespace ScoreGpu.Cli.Options;

/// <summary>Which sampler, and its numbers.</summary>
internal sealed class SamplerOptions
{
    private const string Ddpm = "ddpm";
    private const string Ddim = "ddim";
    private const string Langevin = "langevin";
    private const string AnnealedLangevin = "annealed-langevin";

    // A row of a program is a few hundred bytes and one network evaluation a sample.
    private const int MostRows = 1_000_000;

    private readonly Option<string?> _sampler = NameOption.Create(
        "--sampler",
        "How to sample. [default: ddpm, langevin or annealed-langevin, as the model was trained]",
        [Ddpm, Ddim, Langevin, AnnealedLangevin],
        null);

    private readonly Option<double> _eta = NumberOption.Real(
        "--eta", "ddim: the share of ddpm's noise; 0 is deterministic.", 0, RealRange.Fraction);

    private readonly Option<double> _clip = NumberOption.Real(
        "--clip", "ddim: the largest |x0| that a step may predict; 0 clips nothing.", 5, RealRange.NotNegative);

    private readonly Option<double?> _stepSize = NumberOption.OptionalReal(
        "--step-size",
        "langevin: the step size [default: 0.01]; annealed-langevin: that at the last level [default: 2e-05].",
        RealRange.Positive);

    private readonly Option<int?> _steps = NumberOption.OptionalWhole(
        "--sampler-steps",
        "langevin: steps [default: 1000]; annealed-langevin: steps a level [default: 100].",
        1,
        MostRows);

    /// <summary><c>--start-scale</c>.</summary>
    public Option<double> StartScale { get; } = NumberOption.Real(
        "--start-scale", "langevin: the standard deviation of the start.", 3, RealRange.NotNegative);

    /// <summary>All options, in the order of the help.</summary>
    public IReadOnlyList<Option> All => [_sampler, .. OfSamplers];

    private IReadOnlyList<Option> OfSamplers => [_eta, _clip, _stepSize, _steps, StartScale];

    /// <summary>The program that was asked for.</summary>
    /// <exception cref="InputException">The sampler does not go with the model, or an option not with the sampler.
    /// </exception>
    public StepProgram Create(ParseResult parsed, Model model)
    {
        IReadOnlyList<string> names = ModelSamplers.NamesFor(model);
        string name = parsed.GetValue(_sampler) ?? names[0];
        if (!names.Contains(name))
        {
            throw InputException.For(_sampler.Name, name, $"{string.Join(" or ", names)} for this model");
        }

        UnusedOptions.Refuse(parsed, $"--sampler {name}", OfSamplers, UsedBy(name));
        double clip = parsed.GetValue(_clip);
        return (name, model.Process) switch
        {
            (Ddpm, DdpmModelProcess ddpm) => DdpmSampler.Create(ddpm.Schedule),
            (Ddim, DdpmModelProcess ddpm) => DdimSampler.Create(
                ddpm.Schedule, parsed.GetValue(_eta), clip > 0 ? clip : double.PositiveInfinity),
            (AnnealedLangevin, GeometricModelProcess geometric) => CreateAnnealed(parsed, geometric),
            _ => LangevinSampler.Create(
                ModelSamplers.Describe(model),
                model.Process.FirstTime,
                parsed.GetValue(_steps) ?? 1000,
                parsed.GetValue(_stepSize) ?? 0.01,
                parsed.GetValue(StartScale)),
        };
    }

    private StepProgram CreateAnnealed(ParseResult parsed, GeometricModelProcess process)
    {
        int steps = parsed.GetValue(_steps) ?? 100;
        int most = MostRows / process.Levels.Count;
        return steps <= most
            ? AnnealedLangevinSampler.Create(process.Levels.Sigmas, steps, parsed.GetValue(_stepSize) ?? 2e-5)
            : throw InputException.For(
                _steps.Name, steps, $"at most {most} for the {process.Levels.Count} levels of this model");
    }

    private IReadOnlyList<Option> UsedBy(string name) => name switch
    {
        Ddpm => [],
        Ddim => [_eta, _clip],
        Langevin => [_stepSize, _steps, StartScale],
        _ => [_stepSize, _steps],
    };
}
