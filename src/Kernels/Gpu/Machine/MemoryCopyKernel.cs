namespace ScoreGpu.Kernels.Gpu;

/// <summary>A copy of an array: as fast as a device's memory goes when nothing is computed.</summary>
/// <remarks>
/// A work-item walks over the elements with the stride of the whole launch, so that neighbours read and write
/// neighbouring elements. Every element is moved twice, in and out (McCalpin, "Memory bandwidth and machine balance in
/// current high performance computers", 1995: the copy of STREAM, counted in the same way).
/// </remarks>
public static class MemoryCopyKernel
{
    /// <summary>The number of work-items in a group.</summary>
    public const int GroupSize = 256;

    /// <summary>y = x.</summary>
    /// <param name="x">The elements.</param>
    /// <param name="y">Receives them; as long as x.</param>
    [Kernel(GroupSize = GroupSize)]
    [KernelCost("element", Bytes = "8")]
    public static void Run(FloatView x, FloatView y)
    {
        int stride = Grid.DimX * Group.DimX;
        for (int i = (Grid.IdxX * Group.DimX) + Group.IdxX; i < x.IntLength; i += stride)
        {
            y[i] = x[i];
        }
    }
}
