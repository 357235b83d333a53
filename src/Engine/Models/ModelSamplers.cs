using ScoreGpu.Engine.Processes;
using ScoreGpu.Engine.Samplers;

namespace ScoreGpu.Engine.Models;

/// <summary>The samplers that go with a model, by name, with the settings of the field.</summary>
public static class ModelSamplers
{
    /// <summary>The sampler of a model where nobody says otherwise.</summary>
    /// <exception cref="InputException">No sampler goes with the model's prediction and process.</exception>
    public static StepProgram Default(Model model) => Create(model, NamesFor(model)[0]);

    /// <summary>The names that <see cref="Create"/> takes for a model.</summary>
    /// <exception cref="InputException">No sampler goes with the model's prediction and process.</exception>
    public static IReadOnlyList<string> NamesFor(Model model)
    {
        ArgumentNullException.ThrowIfNull(model);
        return (model.Process, model.Predicts) switch
        {
            (DdpmModelProcess, Prediction.Epsilon) => ["ddpm", "ddim"],
            (SingleSigmaModelProcess, Prediction.Score) => ["langevin"],
            (SingleSigmaModelProcess { Sigma: > 0 }, Prediction.Epsilon) => ["langevin"],
            (GeometricModelProcess, Prediction.Score) => ["annealed-langevin"],
            _ => throw InputException.For(
                "predict", model.Predicts, $"{(model.Process is DdpmModelProcess ? "epsilon" : "score")} for sampling"),
        };
    }

    /// <summary>The sampler of a name: Langevin with 1000 steps of 0.01, annealed Langevin with 100 a level.</summary>
    /// <exception cref="InputException">It does not go with the model.</exception>
    public static StepProgram Create(Model model, string name)
    {
        var names = NamesFor(model);
        if (!names.Contains(name, StringComparer.Ordinal))
        {
            throw InputException.For("sampler", name, $"{string.Join(" or ", names)} for this model");
        }

        return (name, model.Process) switch
        {
            ("ddpm", DdpmModelProcess ddpm) => DdpmSampler.Create(ddpm.Schedule),
            ("ddim", DdpmModelProcess ddpm) => DdimSampler.Create(ddpm.Schedule),
            (_, GeometricModelProcess geometric) => AnnealedLangevinSampler.Create(geometric.Levels.Sigmas, 100),
            _ => LangevinSampler.Create(Describe(model), model.Process.FirstTime, 1000, 0.01),
        };
    }

    /// <summary>What samplers know of a model.</summary>
    public static SamplerModel Describe(Model model)
    {
        ArgumentNullException.ThrowIfNull(model);
        return new SamplerModel(model.Process.Diffusion, model.Predicts);
    }
}
