namespace ScoreGpu.Kernels.Dialect.Debug;

/// <summary>The work-item that the current thread is running.</summary>
/// <param name="group">Its group.</param>
/// <param name="index">Its index in the group.</param>
internal sealed class WorkItem(WorkGroup group, int index)
{
    [ThreadStatic]
    private static WorkItem? s_current;

    private int _allocations;

    /// <summary>The work-item of the current thread.</summary>
    internal static WorkItem Current
        => s_current ?? throw new InvalidOperationException(
            "Kernel methods run through a launcher: no work-item is running on this thread.");

    internal WorkGroup Group { get; } = group;

    internal int Index { get; } = index;

    /// <summary>Runs the kernel's method as this work-item.</summary>
    internal void Run<TArguments>(in TArguments arguments)
        where TArguments : struct, IKernelArguments
    {
        // A kernel that launches another on the same thread gets its own work-item back.
        WorkItem? outer = s_current;
        s_current = this;
        _allocations = 0;
        try
        {
            arguments.RunWorkItem();
        }
        finally
        {
            s_current = outer;
        }
    }

    internal View<T> Allocate<T>(int extent)
        where T : unmanaged
        => Group.Shared<T>(_allocations++, extent);
}
