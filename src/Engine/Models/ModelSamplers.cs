using ScoreGpu.Engine.Processes;
using ScoreGpu.Engine.Samplers;

namespace ScoreGpu.Engine.Models;

/// <summary>The samplers that go with a model, by name, with the settings of the field.</summary>
public static class ModelSamplers
{
    /// <summary>The sampler of a model where nobody says otherwise.</summary>
    /// <exception cref="InputException">No sampler goes with the model's prediction and process.</exception>
    public static StepProgram Default(Model model) => Create(model, NamesFor(model)[0]);

    /// <summary>The names of the samplers that go with a model, the usual one first.</summary>
    public static IReadOnlyList<string> NamesFor(Model model)
    {
        string usual = UsualFor(model);
        return
        [
            usual,
            .. SamplerCatalog.All
                .Where(sampler => sampler.Name != usual && ReasonAgainst(model, sampler) is null)
                .Select(sampler => sampler.Name),
        ];
    }

    /// <summary>Why a sampler does not go with a model; null where it does.</summary>
    public static string? ReasonAgainst(Model model, SamplerInfo sampler)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(sampler);
        return sampler.ReasonAgainst(Describe(model))
            ?? (sampler.Course == SamplerCourse.Levels && model.Process is not GeometricModelProcess
                ? $"{sampler.Name} walks over the levels that an ncsn model knows, and this one's sigma is continuous"
                : null);
    }

    /// <summary>The sampler of a name, where it goes with a model.</summary>
    /// <exception cref="InputException">It does not; the message says why.</exception>
    public static SamplerInfo Find(Model model, string name)
    {
        var sampler = SamplerCatalog.Find(name);
        return ReasonAgainst(model, sampler) is { } reason
            ? throw new InputException(
                $"sampler is '{name}'; expected one of {string.Join(", ", NamesFor(model))} for this model: {reason}.")
            : sampler;
    }

    /// <summary>The program of a name: Langevin with 1000 steps of 0.01, annealed Langevin with 100 a level.</summary>
    /// <exception cref="InputException">It does not go with the model, or is no table.</exception>
    public static StepProgram Create(Model model, string name)
    {
        var sampler = Find(model, name);
        var described = Describe(model);
        return (sampler.Create, model.Process) switch
        {
            ({ } create, _) => create(
                described,
                sampler.GridFor(described, sampler.StepsFor(described.Process)),
                new SamplerSettings { Clip = ClipFor(model, name) }),
            (_, GeometricModelProcess geometric) when sampler.IsTable => AnnealedLangevinSampler.Create(
                described,
                geometric.Levels.Sigmas,
                sampler.UsualSteps,
                AnnealedLangevinSampler.UsualEps,
                denoises: false),
            _ when sampler.IsTable => LangevinSampler.Create(
                described, model.Process.FirstTime, sampler.UsualSteps, LangevinSampler.UsualStepSize),
            _ => throw InputException.For("sampler", name, "one that is a table of rows, and not driven by the host"),
        };
    }

    // Few evaluations, and near the data with every prediction of every process.
    private static string UsualFor(Model model) => model.Process switch
    {
        SingleSigmaModelProcess => "langevin",
        GeometricModelProcess => "annealed-langevin",
        DdpmModelProcess => "ddpm",
        ContinuousModelProcess { Process: FlowProcess } when model.Predicts is Prediction.Velocity or Prediction.V =>
            "heun",
        ContinuousModelProcess { Process: EdmProcess or PreconditionedEdmProcess or VeProcess } => "edm",
        _ => "dpm-solver++2m",
    };

    /// <summary>The bound of x̂₀ where nobody says otherwise: 5 for DDIM on standardised data, else none.</summary>
    public static double ClipFor(Model model, string name) =>
        name == "ddim" && model.Process is DdpmModelProcess ? 5.0 : double.PositiveInfinity;

    /// <summary>What samplers know of a model.</summary>
    public static SamplerModel Describe(Model model)
    {
        ArgumentNullException.ThrowIfNull(model);
        return new SamplerModel(model.Process.Diffusion, model.Predicts, model.ConditionAt);
    }
}
