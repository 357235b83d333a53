using ScoreGpu.Engine.Naming;
using ScoreGpu.Engine.Processes;

namespace ScoreGpu.Engine.Models;

/// <summary>What a model's network says about a noisy point x_t = α·x₀ + σ·ε.</summary>
public enum Prediction
{
    /// <summary>The noise ε.</summary>
    Epsilon,

    /// <summary>The score ∇ log p_t(x), −ε/σ for one noisy point.</summary>
    Score,

    /// <summary>The data x₀.</summary>
    Denoised,

    /// <summary>v = α·ε − σ·x₀.</summary>
    V,

    /// <summary>The velocity of the path, α′·x₀ + σ′·ε.</summary>
    Velocity,

    /// <summary>EDM's F, for <see cref="PreconditionedEdmProcess"/>.</summary>
    Preconditioned,
}

/// <summary>The predictions by name and by formula.</summary>
public static class Predictions
{
    private static readonly string[] AllNames = ["epsilon", "score", "x0", "v", "velocity", "edm"];

    /// <summary>The names that files and the command line use.</summary>
    public static IReadOnlyList<string> Names => AllNames;

    /// <summary>The name of a prediction.</summary>
    public static string NameOf(Prediction prediction) => AllNames[(int)prediction];

    /// <summary>The prediction of a name.</summary>
    /// <exception cref="InputException">There is none.</exception>
    public static Prediction Parse(string name)
    {
        int index = Array.IndexOf(AllNames, name);
        return index >= 0 ? (Prediction)index : throw NearestNames.Unknown("prediction", name, AllNames);
    }

    /// <summary>c₀ and c₁ of a prediction at a time.</summary>
    /// <exception cref="InputException">The process has no such prediction.</exception>
    public static PredictionForm FormAt(this Prediction prediction, DiffusionProcess process, double time)
    {
        prediction.RequireFits(process);
        return prediction switch
        {
            Prediction.Epsilon => PredictionForms.Epsilon,
            Prediction.Score => PredictionForms.Score(process, time),
            Prediction.Denoised => PredictionForms.Denoised,
            Prediction.V => PredictionForms.V(process, time),
            Prediction.Velocity => PredictionForms.Velocity((ContinuousProcess)process, time),
            _ => PredictionForms.Preconditioned((PreconditionedEdmProcess)process, time),
        };
    }

    /// <summary>Checks that a process has a prediction.</summary>
    /// <exception cref="InputException">It has not.</exception>
    public static void RequireFits(this Prediction prediction, DiffusionProcess process)
    {
        ArgumentNullException.ThrowIfNull(process);
        string? lacks = prediction switch
        {
            Prediction.Velocity when process is not ContinuousProcess => "has steps, and no velocity in between",
            Prediction.Preconditioned when process is not PreconditionedEdmProcess => "has no preconditioning",
            _ => null,
        };
        if (lacks is not null)
        {
            throw InputException.For(
                "predict", NameOf(prediction), $"another prediction: the process {process.Name} {lacks}");
        }
    }
}
