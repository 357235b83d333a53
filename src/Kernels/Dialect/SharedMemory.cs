using ScoreGpu.Kernels.Dialect.Debug;

namespace ScoreGpu.Kernels.Dialect;

/// <summary>Memory that the work-items of a group share. Its content is undefined until it is written.</summary>
public static class SharedMemory
{
    /// <summary>Memory of a size known when the kernel is compiled; the same for every work-item of the group.</summary>
    /// <param name="extent">The number of elements: a constant.</param>
    /// <typeparam name="T">The element.</typeparam>
    public static View<T> Allocate<T>(int extent)
        where T : unmanaged
        => WorkItem.Current.Allocate<T>(extent);

    /// <summary>
    /// The memory whose size the launch gave (<see cref="LaunchShape.DynamicSharedBytes"/>). Each call returns the same
    /// bytes.
    /// </summary>
    /// <typeparam name="T">The element.</typeparam>
    public static View<T> GetDynamic<T>()
        where T : unmanaged
        => WorkItem.Current.Group.DynamicShared<T>();
}
