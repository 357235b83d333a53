using ScoreGpu.Engine.Naming;

namespace ScoreGpu.Engine.Models;

/// <summary>What can be asked of a model at a point and a time.</summary>
public enum ModelQuantity
{
    /// <summary>ε, [N, D].</summary>
    Epsilon,

    /// <summary>∇ log p_t(x), [N, D].</summary>
    Score,

    /// <summary>x̂₀ = E[x₀ | x_t], [N, D].</summary>
    Denoised,

    /// <summary>The divergence of the score, the trace of its Jacobian, [N].</summary>
    Divergence,
}

/// <summary>The names of the quantities on the command line.</summary>
public static class ModelQuantities
{
    private static readonly Dictionary<string, ModelQuantity> ByName =
        Enum.GetValues<ModelQuantity>().ToDictionary(quantity => quantity.ToString(), StringComparer.OrdinalIgnoreCase);

    /// <summary>The names, in lower case.</summary>
    public static IReadOnlyList<string> Names { get; } = ["epsilon", "score", "denoised", "divergence"];

    /// <summary>The quantity of a name, in any case.</summary>
    /// <exception cref="InputException">There is none.</exception>
    public static ModelQuantity Parse(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return ByName.TryGetValue(name, out ModelQuantity quantity)
            ? quantity
            : throw InputException.For(
                "quantity", name, $"one of {string.Join(", ", NearestNames.Find(name, Names, Names.Count))}");
    }
}
