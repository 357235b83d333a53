using ScoreGpu.Engine.Processes;
using ScoreGpu.Engine.Training;

namespace ScoreGpu.Engine.Models;

/// <summary>The training objectives that go with a model, by name.</summary>
public static class ModelObjectives
{
    /// <summary>The objective that a model is trained with where nobody says otherwise.</summary>
    /// <exception cref="InputException">No objective goes with the model's prediction and process.</exception>
    public static Objective Default(Model model) => Create(model, NamesFor(model)[0]);

    /// <summary>The names that <see cref="Create"/> takes for a model.</summary>
    /// <exception cref="InputException">No objective goes with the model's prediction and process.</exception>
    public static IReadOnlyList<string> NamesFor(Model model)
    {
        ArgumentNullException.ThrowIfNull(model);
        return (model.Process, model.Predicts) switch
        {
            (DdpmModelProcess, Prediction.Epsilon) => ["epsilon"],
            (SingleSigmaModelProcess { Sigma: > 0 }, Prediction.Score) => ["dsm"],
            (SingleSigmaModelProcess, Prediction.Score) => ["hyvarinen", "sliced"],
            (GeometricModelProcess, Prediction.Score) => ["ncsn"],
            _ => throw InputException.For(
                "predict", model.Predicts, $"{(model.Process is DdpmModelProcess ? "epsilon" : "score")} for training"),
        };
    }

    /// <summary>The objective of a name.</summary>
    /// <exception cref="InputException">It does not go with the model.</exception>
    public static Objective Create(Model model, string name)
    {
        var names = NamesFor(model);
        if (!names.Contains(name, StringComparer.Ordinal))
        {
            throw InputException.For("objective", name, $"{string.Join(" or ", names)} for this model");
        }

        int dimension = model.Network.Architecture.Dimension;
        return (name, model.Process) switch
        {
            ("epsilon", DdpmModelProcess ddpm) => Objectives.Epsilon(ddpm.Schedule, dimension),
            ("dsm", SingleSigmaModelProcess single) => Objectives.DenoisingScore(single.Sigma),
            ("ncsn", GeometricModelProcess geometric) =>
                Objectives.NoiseConditionalScore(geometric.Levels.Sigmas, dimension),
            ("sliced", _) => new SlicedObjective(),
            _ => new HyvarinenObjective(),
        };
    }
}
