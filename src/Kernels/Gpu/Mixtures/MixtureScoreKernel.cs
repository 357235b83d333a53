namespace ScoreGpu.Kernels.Gpu;

/// <summary>
/// Log-density and score of a Gaussian mixture, ln p(x) = ln Σₖ exp eₖ(x) with
/// eₖ(x) = sₖ − ½ |yₖ|², yₖ = Lₖ⁻¹ (x − μₖ), Σₖ = Lₖ Lₖᵀ.
/// </summary>
/// <remarks>
/// A work-item a point; the mixture is small and stays in the cache. Two passes over the components:
/// <code>
///   1.  m = max eₖ,  S = Σ exp(eₖ − m)     in one go: S shrinks by exp(m − m′) where the maximum grows
///       ln p = m + ln S
///   2.  score = − Σ exp(eₖ − m) / S · Lₖ⁻ᵀ yₖ
/// </code>
/// Subtracting the maximum keeps both right thousands of standard deviations from every mode. Whitening by L⁻¹ loses
/// √κ of the digits where the covariance has the condition number κ; the quadratic form of Σ⁻¹ would lose κ.
/// </remarks>
public static class MixtureScoreKernel
{
    /// <summary>The number of work-items in a group.</summary>
    public const int GroupSize = 64;

    /// <summary>Evaluates a mixture and its score at points.</summary>
    /// <param name="points">x, [count, dimension].</param>
    /// <param name="means">μ, [components, dimension].</param>
    /// <param name="whitenings">L⁻¹, [components, dimension, dimension], lower triangular.</param>
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
        FloatView whitenings,
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

        float largest = Exponent(x, means, whitenings, logScales, 0, dimension);
        float sum = 1f;
        for (int k = 1; k < components; k++)
        {
            float exponent = Exponent(x, means, whitenings, logScales, k, dimension);
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
            float exponent = Exponent(x, means, whitenings, logScales, k, dimension);

            // Over S, not through ln p: far away a unit in the last place of ln p is no small factor.
            float share = MathF.Exp(exponent - largest) / sum;
            for (int j = 0; j < dimension; j++)
            {
                int row = ((k * dimension) + j) * dimension;
                float pull = share * Whitened(x, means, whitenings, k, dimension, j);
                for (int i = 0; i <= j; i++)
                {
                    score[i] = MathF.FusedMultiplyAdd(-pull, whitenings[row + i], score[i]);
                }
            }
        }
    }

    /// <summary>eₖ(x).</summary>
    private static float Exponent(
        FloatView x, FloatView means, FloatView whitenings, FloatView logScales, int k, int dimension)
    {
        float distance = 0f;
        for (int j = 0; j < dimension; j++)
        {
            float y = Whitened(x, means, whitenings, k, dimension, j);
            distance = MathF.FusedMultiplyAdd(y, y, distance);
        }

        return MathF.FusedMultiplyAdd(-0.5f, distance, logScales[k]);
    }

    /// <summary>Entry j of yₖ.</summary>
    private static float Whitened(FloatView x, FloatView means, FloatView whitenings, int k, int dimension, int j)
    {
        int row = ((k * dimension) + j) * dimension;
        float y = 0f;
        for (int i = 0; i <= j; i++)
        {
            y = MathF.FusedMultiplyAdd(whitenings[row + i], x[i] - means[(k * dimension) + i], y);
        }

        return y;
    }
}
