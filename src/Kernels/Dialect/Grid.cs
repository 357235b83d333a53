using ScoreGpu.Kernels.Dialect.Debug;

namespace ScoreGpu.Kernels.Dialect;

/// <summary>The groups of a launch.</summary>
public static class Grid
{
    /// <summary>The index of the current work-item's group, 0 … <see cref="DimX"/> − 1.</summary>
    public static int IdxX => WorkItem.Current.Group.Index;

    /// <summary>The number of groups.</summary>
    public static int DimX => WorkItem.Current.Group.Count;
}
