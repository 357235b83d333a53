using System.CommandLine;
using ScoreGpu.Engine;
using ScoreGpu.Engine.Models;
using ScoreGpu.Engine.Samplers;
using ScoreGpu.Engine.Samplers.Host;

namespace ScoreGpu.Cli.Options;

/// <summary>Which sampler, and its numbers.</summary>
internal sealed class SamplerOptions
{
    // A row of a program is a few hundred bytes and one network evaluation a sample.
    private const int MostRows = 1_000_000;

    private static readonly Dictionary<string, TimeSpacing> Spacings = new()
    {
        ["uniform"] = TimeSpacing.Uniform,
        ["quadratic"] = TimeSpacing.Quadratic,
        ["karras"] = TimeSpacing.Karras,
        ["log-snr"] = TimeSpacing.LogSnr,
    };

    private readonly Option<string?> _sampler = NameOption.Create(
        "--sampler",
        "How to sample. [default: what suits the model: ddpm, dpm-solver++2m for vp, sub-vp and cosine, edm for edm "
        + "and ve, heun for the velocity or v of flow, annealed-langevin for ncsn, langevin for one noise level] "
        + string.Join("; ", SamplerCatalog.All.Select(sampler => $"{sampler.Name}: {sampler.Use}")) + ".",
        SamplerCatalog.Names,
        null);

    private readonly Option<int?> _steps = NumberOption.OptionalWhole(
        "--steps",
        "Steps, of which some samplers take several evaluations each; annealed-langevin: steps a level. [default: all "
        + "of a ddpm model's for ddpm and ddim, 1000 for langevin, mala and euler-maruyama, 100 a level, and as few as "
        + "the sampler is good for otherwise]",
        1,
        MostRows);

    private readonly Option<string?> _schedule = NameOption.Create(
        "--schedule",
        "Where the steps are: uniform in t; quadratic, denser at the data; karras, equal steps of sigma^(1/7), for "
        + "edm; log-snr, equal steps of the logarithm of signal over noise, for the dpm-solvers. [default: the "
        + "sampler's own]",
        [.. Spacings.Keys],
        null);

    private readonly Option<double> _eta = NumberOption.Real(
        "--eta", "ddim: the share of ddpm's noise; 0 is deterministic.", 0, RealRange.Fraction);

    private readonly Option<double?> _clip = NumberOption.OptionalReal(
        "--clip",
        "ddim, dpm-solver++2m and its sde form: the largest |x0| that a step may predict; 0 clips nothing. [default: 5 "
        + "for ddim with a ddpm model, else 0]",
        RealRange.NotNegative);

    private readonly Option<string?> _variance = NameOption.Create(
        "--variance",
        "ddpm: the variance of its noise; beta-tilde, the posterior's, is better with few steps.",
        ["beta", "beta-tilde"],
        "beta");

    private readonly Option<double> _churn = NumberOption.Real(
        "--churn",
        "edm: how much noise is added before the steps, all together; 0 is deterministic.",
        0,
        RealRange.NotNegative);

    private readonly Option<double> _snr = NumberOption.Real(
        "--snr",
        "predictor-corrector: signal over noise in a corrector step; more takes longer steps.",
        PredictorCorrectorSampler.UsualSnr,
        RealRange.Positive);

    private readonly Option<int> _correctorSteps = NumberOption.Whole(
        "--corrector-steps", "predictor-corrector: corrector steps after each step.", 1, 1, 1000);

    private readonly Option<string?> _correctorNorm = NameOption.Create(
        "--corrector-norm",
        "predictor-corrector: expected takes the norms of pure noise, so that a sample does not depend on the others; "
        + "batch measures them over the batch, as Song's code; sample measures each one's, which spreads samples of "
        + "few dimensions too far.",
        ["expected", "batch", "sample"],
        "expected");

    private readonly Option<double> _rtol =
        NumberOption.Real("--rtol", "rk45: the relative tolerance.", 1e-5, RealRange.Positive);

    private readonly Option<double> _atol =
        NumberOption.Real("--atol", "rk45: the absolute tolerance.", 1e-5, RealRange.Positive);

    private readonly Option<double?> _stepSize = NumberOption.OptionalReal(
        "--step-size",
        "langevin, mala: the step size [default: 0.01]; annealed-langevin: that at the last level [default: 2e-05].",
        RealRange.Positive);

    private readonly Option<string?> _convention = NameOption.Create(
        "--step-convention",
        "langevin, mala: full is x + h s + sqrt(2h) z; half is x + h/2 s + sqrt(h) z, the same for twice the step "
        + "size.",
        ["full", "half"],
        "full");

    private readonly Option<bool> _denoise = new("--denoise")
    {
        Description = "annealed-langevin: a last step that takes the last level's noise away.",
    };

    /// <summary>Creates the options.</summary>
    public SamplerOptions() => _sampler.HelpName = "NAME"; // The names are in the description; the column has no room.

    /// <summary><c>--encode</c>.</summary>
    public Option<bool> Encode { get; } = new("--encode")
    {
        Description = "Leads the points of --start from data to noise; any sampler that adds none leads them back.",
    };

    /// <summary><c>--start-scale</c>.</summary>
    public Option<double> StartScale { get; } = NumberOption.Real(
        "--start-scale",
        "langevin, mala: the standard deviation of the start.",
        LangevinSampler.UsualStartScale,
        RealRange.NotNegative);

    /// <summary>All options, in the order of the help.</summary>
    public IReadOnlyList<Option> All => [_sampler, .. OfSamplers];

    private IReadOnlyList<Option> OfSamplers =>
    [
        _steps, _schedule, _eta, _clip, _variance, _churn, _snr, _correctorSteps, _correctorNorm, _rtol, _atol,
        _stepSize, _convention, _denoise, StartScale, Encode,
    ];

    /// <summary>The sampler that was asked for.</summary>
    /// <exception cref="InputException">The sampler does not go with the model, or an option not with the sampler.
    /// </exception>
    public ChosenSampler Create(ParseResult parsed, Model model)
    {
        var sampler = Find(parsed, model);
        string name = sampler.Name;
        UnusedOptions.Refuse(parsed, $"--sampler {name}", OfSamplers, UsedBy(sampler));
        return (sampler.Course, model.Process) switch
        {
            (SamplerCourse.Grid, _) => CreateOnGrid(parsed, model, sampler),
            (SamplerCourse.Levels, GeometricModelProcess levels) =>
                new ChosenSampler(name, CreateAnnealed(parsed, model, sampler, levels), null),
            _ => CreateAtOneLevel(parsed, model, sampler),
        };
    }

    private SamplerInfo Find(ParseResult parsed, Model model)
    {
        var names = ModelSamplers.NamesFor(model);
        string name = parsed.GetValue(_sampler) ?? names[0];
        var sampler = SamplerCatalog.Find(name);
        return ModelSamplers.ReasonAgainst(model, sampler) is { } reason
            ? throw new InputException(
                $"{_sampler.Name} is '{name}'; expected one of {string.Join(", ", names)} for this model: {reason}.")
            : sampler;
    }

    private ChosenSampler CreateOnGrid(ParseResult parsed, Model model, SamplerInfo sampler)
    {
        var described = ModelSamplers.Describe(model);
        var process = described.Process;
        bool encodes = parsed.GetValue(Encode);
        RequireEncodes(parsed, sampler, encodes);
        var spacing = parsed.GetValue(_schedule) is { } schedule ? Spacings[schedule] : sampler.SpacingFor(described);

        // The adaptive solver has but a first and a last time.
        int steps = sampler.IsTable ? parsed.GetValue(_steps) ?? sampler.StepsFor(process) : 2;
        TimeGrid grid;
        try
        {
            grid = encodes || !sampler.IsTable
                ? TimeGrid.Create(process, spacing, steps)
                : sampler.GridFor(described, steps, spacing);
        }
        catch (InputException exception)
        {
            throw new InputException($"{_steps.Name}: {exception.Message}", exception);
        }

        grid = encodes ? grid.Reversed() : grid;
        if (!sampler.IsTable)
        {
            var options = new AdaptiveOptions
            {
                RelativeTolerance = parsed.GetValue(_rtol),
                AbsoluteTolerance = parsed.GetValue(_atol),
            };
            return new ChosenSampler(
                sampler.Name,
                null,
                (network, request) => AdaptiveFlowSampler.Run(described, grid, network, request, options));
        }

        var settings = Settings(parsed, model, sampler, encodes);
        string norm = parsed.GetValue(_correctorNorm)!;
        if (sampler.Name == "predictor-corrector" && norm != "expected")
        {
            var kind = norm == "batch" ? CorrectorNorm.BatchMean : CorrectorNorm.PerSample;
            return new ChosenSampler(sampler.Name, null, (network, request) => BatchPredictorCorrector.Run(
                described, grid, network, request, kind, settings.Snr, settings.CorrectorSteps))
            {
                ReasonAgainstParts = norm == "batch"
                    ? $"{_correctorNorm.Name} batch takes means over all samples of a run"
                    : null,
            };
        }

        StepProgram program;
        try
        {
            program = sampler.Create!(described, grid, settings);
        }
        catch (InputException exception)
        {
            throw new InputException($"{_sampler.Name} {sampler.Name}: {exception.Message}", exception);
        }

        return new ChosenSampler(sampler.Name, program, null);
    }

    private void RequireEncodes(ParseResult parsed, SamplerInfo sampler, bool encodes)
    {
        bool addsNoise = sampler.Noise == SamplerNoise.Always
            || (sampler.Noise == SamplerNoise.Optional && (parsed.GetValue(_eta) > 0 || parsed.GetValue(_churn) > 0));
        if (encodes && addsNoise)
        {
            throw new InputException(
                $"{Encode.Name} means nothing with noise on the way; expected a sampler that adds none: "
                + $"{string.Join(", ", SamplerCatalog.All.Where(each => each.Noise == SamplerNoise.Never)
                    .Select(each => each.Name))}, or ddim and edm without noise.");
        }
    }

    private SamplerSettings Settings(ParseResult parsed, Model model, SamplerInfo sampler, bool encodes)
    {
        double usual = encodes ? double.PositiveInfinity : ModelSamplers.ClipFor(model, sampler.Name);
        double clip = parsed.GetValue(_clip) ?? usual;
        return new SamplerSettings
        {
            Eta = parsed.GetValue(_eta),
            Clip = clip > 0 ? clip : double.PositiveInfinity,
            Variance = parsed.GetValue(_variance) == "beta" ? DdpmVariance.Beta : DdpmVariance.BetaTilde,
            Churn = new EdmChurn(parsed.GetValue(_churn)),
            Snr = parsed.GetValue(_snr),
            CorrectorSteps = parsed.GetValue(_correctorSteps),
        };
    }

    private ChosenSampler CreateAtOneLevel(ParseResult parsed, Model model, SamplerInfo sampler)
    {
        var described = ModelSamplers.Describe(model);
        int steps = parsed.GetValue(_steps) ?? sampler.UsualSteps;
        double size = parsed.GetValue(_stepSize) ?? LangevinSampler.UsualStepSize;
        double scale = parsed.GetValue(StartScale);
        var convention = parsed.GetValue(_convention) == "full" ? LangevinConvention.Full : LangevinConvention.Half;
        double time = model.Process.FirstTime;
        return sampler.IsTable
            ? new ChosenSampler(
                sampler.Name, LangevinSampler.Create(described, time, steps, size, scale, convention), null)
            : new ChosenSampler(sampler.Name, null, (network, request) => MalaSampler.Run(
                described,
                time,
                network,
                request,
                steps,
                convention == LangevinConvention.Full ? size : 0.5 * size,
                scale));
    }

    private StepProgram CreateAnnealed(
        ParseResult parsed, Model model, SamplerInfo sampler, GeometricModelProcess process)
    {
        int steps = parsed.GetValue(_steps) ?? sampler.UsualSteps;
        int most = MostRows / process.Levels.Count;
        return steps <= most
            ? AnnealedLangevinSampler.Create(
                ModelSamplers.Describe(model),
                process.Levels.Sigmas,
                steps,
                parsed.GetValue(_stepSize) ?? AnnealedLangevinSampler.UsualEps,
                parsed.GetValue(_denoise))
            : throw InputException.For(
                _steps.Name, steps, $"at most {most} for the {process.Levels.Count} levels of this model");
    }

    private IReadOnlyList<Option> UsedBy(SamplerInfo sampler)
    {
        IReadOnlyList<Option> own = sampler.Name switch
        {
            "ddpm" => [_variance],
            "ddim" => [_eta, _clip],
            "dpm-solver++2m" or "sde-dpm-solver++2m" => [_clip],
            "edm" => [_churn],
            "predictor-corrector" => [_snr, _correctorSteps, _correctorNorm],
            "rk45" => [_rtol, _atol],
            _ => [],
        };
        return sampler.Course switch
        {
            SamplerCourse.Levels => [_stepSize, _steps, _denoise],
            SamplerCourse.OneLevel => [_stepSize, _convention, _steps, StartScale],
            _ when !sampler.IsTable => [.. own, Encode],
            _ => [.. own, _steps, _schedule, Encode],
        };
    }
}
