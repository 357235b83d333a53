using ScoreGpu.Engine.Naming;

namespace ScoreGpu.Engine.Processes;

/// <summary>The names of the predictions in files and on the command line.</summary>
public static class Predictions
{
    private static readonly string[] All = ["epsilon", "score", "x0", "v", "velocity", "edm"];

    /// <summary>The names, in the order of <see cref="Prediction"/>.</summary>
    public static IReadOnlyList<string> Names => All;

    /// <summary>The name of a prediction.</summary>
    public static string NameOf(Prediction prediction) => All[(int)prediction];

    /// <summary>The prediction of a name.</summary>
    /// <exception cref="InputException">There is none.</exception>
    public static Prediction Parse(string name)
    {
        int index = Array.IndexOf(All, name);
        return index >= 0 ? (Prediction)index : throw NearestNames.Unknown("prediction", name, All);
    }
}
