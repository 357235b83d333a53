namespace ScoreGpu.Kernels.Dialect.Debug;

/// <summary>A kernel failed in the debug launcher; the inner exception says how.</summary>
public sealed class KernelException : Exception
{
    /// <summary>Creates the exception of a work-item.</summary>
    /// <param name="kernel">The kernel.</param>
    /// <param name="group">The index of the work-item's group.</param>
    /// <param name="item">The index of the work-item in its group.</param>
    /// <param name="inner">What the kernel's method threw.</param>
    public KernelException(string kernel, int group, int item, Exception inner)
        : base($"{kernel}, group {group}, work-item {item}: {inner?.Message}", inner)
    {
        Kernel = kernel;
        Group = group;
        Item = item;
    }

    /// <summary>The kernel.</summary>
    public string Kernel { get; }

    /// <summary>The index of the work-item's group.</summary>
    public int Group { get; }

    /// <summary>The index of the work-item in its group.</summary>
    public int Item { get; }
}
