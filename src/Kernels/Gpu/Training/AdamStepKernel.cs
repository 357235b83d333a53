namespace ScoreGpu.Kernels.Gpu;

/// <summary>
/// Adam (Kingma and Ba 2015, arXiv:1412.6980, algorithm 1) with clipping by the global norm and decoupled weight decay,
/// AdamW (Loshchilov and Hutter 2019, arXiv:1711.05101, algorithm 2).
/// </summary>
/// <remarks>
/// A work-item walks over the weights with the stride of the launch. The norm's shares are few, so that every work-item
/// adds them up for itself, in the same order:
/// <code>
///   g ← g · min(1, clip / (‖g‖ + 1e-6))
///   m ← β₁m + (1 − β₁)g        v ← β₂v + (1 − β₂)g²        w ← w − ηλw
///   w ← w − η/(1 − β₁ᵗ) · m / (√v/√(1 − β₂ᵗ) + ε)
/// </code>
/// </remarks>
public static class AdamStepKernel
{
    /// <summary>The number of work-items in a group.</summary>
    public const int GroupSize = 64;

    /// <summary>One step.</summary>
    /// <param name="weights">w.</param>
    /// <param name="gradient">g.</param>
    /// <param name="first">m.</param>
    /// <param name="second">v.</param>
    /// <param name="squares">The shares of Σ g².</param>
    /// <param name="shares">How many.</param>
    /// <param name="count">The number of weights.</param>
    /// <param name="step">The coefficients.</param>
    [Kernel(GroupSize = GroupSize)]
    [KernelCost("weight", Flops = "16", Bytes = "28")]
    public static void Run(
        FloatView weights,
        FloatView gradient,
        FloatView first,
        FloatView second,
        FloatView squares,
        int shares,
        int count,
        AdamRates step)
    {
        float scale = 1f;
        if (step.IsClipped != 0)
        {
            float sum = 0f;
            for (int i = 0; i < shares; i++)
            {
                sum += squares[i];
            }

            scale = MathF.Min(1f, step.ClipNorm / (MathF.Sqrt(sum) + 1e-6f));
        }

        for (int i = (Grid.IdxX * Group.DimX) + Group.IdxX; i < count; i += Grid.DimX * Group.DimX)
        {
            float g = gradient[i] * scale;
            float m = MathF.FusedMultiplyAdd(step.Rest1, g, step.Beta1 * first[i]);
            float v = MathF.FusedMultiplyAdd(step.Rest2 * g, g, step.Beta2 * second[i]);
            float root = MathF.FusedMultiplyAdd(MathF.Sqrt(v), step.SecondMomentScale, step.Epsilon);
            first[i] = m;
            second[i] = v;
            float w = MathF.FusedMultiplyAdd(-step.Shrink, weights[i], weights[i]);
            weights[i] = MathF.FusedMultiplyAdd(-step.StepSize, m / root, w);
        }
    }
}
