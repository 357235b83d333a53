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
        var described = Describe(model);
        string usual = model.Process switch
        {
            SingleSigmaModelProcess => "langevin",
            GeometricModelProcess => "annealed-langevin",
            _ => "ddpm",
        };
        return
        [
            usual,
            .. SamplerCatalog.All
                .Where(sampler => sampler.Name != usual && sampler.ReasonAgainst(described) is null)
                .Select(sampler => sampler.Name),
        ];
    }

    /// <summary>The sampler of a name, where it goes with a model.</summary>
    /// <exception cref="InputException">It does not; the message says why.</exception>
    public static SamplerInfo Find(Model model, string name)
    {
        var sampler = SamplerCatalog.Find(name);
        return sampler.ReasonAgainst(Describe(model)) is { } reason
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
                TimeGrid.Create(
                    described.Process, sampler.SpacingFor(described.Process), sampler.StepsFor(described.Process)),
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
