using System.Runtime.CompilerServices;
using ScoreGpu.Kernels.Dialect.Debug;

namespace ScoreGpu.Kernels.Dialect;

/// <summary>The work-items of a group, which share memory and can wait for each other.</summary>
public static class Group
{
    /// <summary>The index of the current work-item in its group, 0 … <see cref="DimX"/> − 1.</summary>
    public static int IdxX => WorkItem.Current.Index;

    /// <summary>The number of work-items in a group.</summary>
    public static int DimX => WorkItem.Current.Group.Size;

    /// <summary>
    /// Waits until every work-item of the group is here, and makes what each wrote before visible to all after.
    /// </summary>
    /// <param name="file">Filled in by the compiler.</param>
    /// <param name="line">Filled in by the compiler.</param>
    public static void Barrier([CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
        => WorkItem.Current.Group.Wait(file, line);
}
