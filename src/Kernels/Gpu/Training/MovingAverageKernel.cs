namespace ScoreGpu.Kernels.Gpu;

/// <summary>An exponential moving average of the weights.</summary>
/// <remarks>
/// A work-item walks over the weights with the stride of the launch:
/// <code>
///   a ← a + s·(w − a)
/// </code>
/// </remarks>
public static class MovingAverageKernel
{
    /// <summary>The number of work-items in a group.</summary>
    public const int GroupSize = 64;

    /// <summary>One step.</summary>
    /// <param name="average">a.</param>
    /// <param name="weights">w.</param>
    /// <param name="count">The number of weights.</param>
    /// <param name="share">s.</param>
    [Kernel(GroupSize = GroupSize)]
    [KernelCost("weight", Flops = "3", Bytes = "12")]
    public static void Run(FloatView average, FloatView weights, int count, float share)
    {
        for (int i = (Grid.IdxX * Group.DimX) + Group.IdxX; i < count; i += Grid.DimX * Group.DimX)
        {
            average[i] = MathF.FusedMultiplyAdd(share, weights[i] - average[i], average[i]);
        }
    }
}
