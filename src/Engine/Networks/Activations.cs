using ScoreGpu.Engine.Naming;
using ScoreGpu.Kernels;

namespace ScoreGpu.Engine.Networks;

/// <summary>The names of the activations in files and on the command line.</summary>
public static class Activations
{
    private static readonly string[] All = ["silu", "tanh", "relu", "gelu"];

    /// <summary>The names, in the order of <see cref="Activation"/> without the first.</summary>
    public static IReadOnlyList<string> Names => All;

    /// <summary>The name of an activation other than <see cref="Activation.None"/>.</summary>
    public static string NameOf(Activation activation) => All[(int)activation - 1];

    /// <summary>The activation of a name.</summary>
    /// <exception cref="InputException">There is none.</exception>
    public static Activation Parse(string name)
    {
        int index = Array.IndexOf(All, name);
        return index >= 0 ? (Activation)(index + 1) : throw NearestNames.Unknown("activation", name, All);
    }
}
