namespace ScoreGpu.Kernels.Gpu;

/// <summary>A step of a deterministic sampler on states in global memory: what a launch a step has to do besides the
/// network.</summary>
/// <remarks>
/// x̂₀ = clamp(c₀·x + c₁·output, ±bound), then x ← w₀·x + w₁·output + w₂·x̂₀: three numbers are moved for a handful of
/// operations, so that memory and the launch itself are all that counts.
/// </remarks>
public static class SamplerStepKernel
{
    /// <summary>The number of work-items in a group.</summary>
    public const int GroupSize = 128;

    /// <summary>Applies the step in place, a work-item a number.</summary>
    /// <param name="x">The states; overwritten.</param>
    /// <param name="output">What the network says of them; as long as x.</param>
    /// <param name="denoisedX">c₀.</param>
    /// <param name="denoisedOutput">c₁.</param>
    /// <param name="bound">The largest |x̂₀|.</param>
    /// <param name="weightX">w₀.</param>
    /// <param name="weightOutput">w₁.</param>
    /// <param name="weightDenoised">w₂.</param>
    /// <param name="count">How many numbers.</param>
    [Kernel(GroupSize = GroupSize)]
    [KernelCost("number", Flops = "10", Bytes = "12")]
    public static void Run(
        FloatView x,
        FloatView output,
        float denoisedX,
        float denoisedOutput,
        float bound,
        float weightX,
        float weightOutput,
        float weightDenoised,
        int count)
    {
        int i = (Grid.IdxX * Group.DimX) + Group.IdxX;
        if (i < count)
        {
            float state = x[i];
            float value = output[i];
            float denoised = MathF.FusedMultiplyAdd(denoisedX, state, denoisedOutput * value);
            denoised = MathF.Max(-bound, MathF.Min(bound, denoised));
            float sum = MathF.FusedMultiplyAdd(weightOutput, value, weightX * state);
            x[i] = MathF.FusedMultiplyAdd(weightDenoised, denoised, sum);
        }
    }
}
