namespace ScoreGpu.Kernels.Dialect;

/// <summary>How many work-items run a kernel.</summary>
/// <param name="Groups">The number of groups; at least 1.</param>
/// <param name="GroupSize">The work-items in a group; at least 1, and the kernel's own size where it has one.</param>
/// <param name="DynamicSharedBytes">The size of <see cref="SharedMemory.GetDynamic{T}"/>.</param>
public readonly record struct LaunchShape(int Groups, int GroupSize, int DynamicSharedBytes = 0)
{
    /// <summary>The least number of groups with at least one work-item for each item.</summary>
    /// <param name="items">The number of items; at least 0.</param>
    /// <param name="groupSize">The work-items in a group.</param>
    public static LaunchShape Covering(int items, int groupSize)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(items);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(groupSize);
        return new LaunchShape(Math.Max(1, (int)(((long)items + groupSize - 1) / groupSize)), groupSize);
    }
}
