namespace ScoreGpu.Kernels.Gpu;

/// <summary>
/// Log-density and score of a Gaussian mixture, ln p(x) = ln Σₖ exp eₖ(x) with
/// eₖ(x) = sₖ − ½ (x − μₖ)ᵀ Pₖ (x − μₖ).
/// </summary>
/// <remarks>
/// A work-item a point; the mixture is small and stays in the cache. Two passes over the components:
/// <code>
///   1.  m = max eₖ,  S = Σ exp(eₖ − m)     in one go: S shrinks by exp(m − m′) where the maximum grows
///       ln p = m + ln S
///   2.  score = − Σ exp(eₖ − ln p) Pₖ (x − μₖ)
/// </code>
/// Subtracting the maximum keeps both right thousands of standard deviations from every mode.
/// </remarks>
public static class MixtureScoreKernel
{
    /// <summary>The number of work-items in a group.</summary>
    public const int GroupSize = 64;

    /// <summary>Evaluates a mixture and its score at points.</summary>
    /// <param name="points">x, [count, dimension].</param>
    /// <param name="means">μ, [components, dimension].</param>
    /// <param name="precisions">P = Σ⁻¹, [components, dimension, dimension], symmetric.</param>
    /// <param name="logScales">s = ln w − ½ dimension·ln 2π − ½ ln det Σ, [components].</param>
    /// <param name="logDensities">Receives ln p(x), [count].</param>
    /// <param name="scores">Receives ∇ ln p(x), [count, dimension].</param>
    /// <param name="count">The number of points.</param>
    /// <param name="components">The number of components.</param>
    /// <param name="dimension">The dimension of a point.</param>
    [Kernel(GroupSize = GroupSize)]
    [KernelCost(
        "point",
        Flops = "components * (4 * dimension * dimension + 8 * dimension + 8)",
        Bytes = "8 * dimension + 4")]
    public static void Run(
        FloatView points,
        FloatView means,
        FloatView precisions,
        FloatView logScales,
        FloatView logDensities,
        FloatView scores,
        int count,
        int components,
        int dimension)
    {
        int n = (Grid.IdxX * Group.DimX) + Group.IdxX;
        if (n >= count)
        {
            return;
        }

        FloatView x = points.SubView(n * dimension, dimension);
        FloatView score = scores.SubView(n * dimension, dimension);

        float largest = logScales[0] - (0.5f * Distance(x, means, precisions, 0, dimension));
        float sum = 1f;
        for (int k = 1; k < components; k++)
        {
            float exponent = logScales[k] - (0.5f * Distance(x, means, precisions, k, dimension));
            float larger = MathF.Max(largest, exponent);
            sum = (sum * MathF.Exp(largest - larger)) + MathF.Exp(exponent - larger);
            largest = larger;
        }

        float logDensity = largest + MathF.Log(sum);
        logDensities[n] = logDensity;

        for (int i = 0; i < dimension; i++)
        {
            score[i] = 0f;
        }

        for (int k = 0; k < components; k++)
        {
            float exponent = logScales[k] - (0.5f * Distance(x, means, precisions, k, dimension));
            float share = MathF.Exp(exponent - logDensity);
            for (int i = 0; i < dimension; i++)
            {
                score[i] -= share * Pull(x, means, precisions, k, dimension, i);
            }
        }
    }

    /// <summary>(x − μₖ)ᵀ Pₖ (x − μₖ).</summary>
    private static float Distance(FloatView x, FloatView means, FloatView precisions, int k, int dimension)
    {
        float distance = 0f;
        for (int i = 0; i < dimension; i++)
        {
            float difference = x[i] - means[(k * dimension) + i];
            distance = MathF.FusedMultiplyAdd(difference, Pull(x, means, precisions, k, dimension, i), distance);
        }

        return distance;
    }

    /// <summary>Entry i of Pₖ (x − μₖ).</summary>
    private static float Pull(FloatView x, FloatView means, FloatView precisions, int k, int dimension, int i)
    {
        int row = ((k * dimension) + i) * dimension;
        float pull = 0f;
        for (int j = 0; j < dimension; j++)
        {
            pull = MathF.FusedMultiplyAdd(precisions[row + j], x[j] - means[(k * dimension) + j], pull);
        }

        return pull;
    }
}
