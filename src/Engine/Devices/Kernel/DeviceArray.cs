using ScoreGpu.Kernels.Dialect;

namespace ScoreGpu.Engine.Devices.Kernel;

/// <summary>An array in the memory of a machine that runs kernels. Its content is undefined until it is written.</summary>
/// <typeparam name="T">A number, or a struct of numbers.</typeparam>
public abstract class DeviceArray<T> : IDisposable
    where T : unmanaged
{
    /// <summary>Elements.</summary>
    public abstract int Length { get; }

    /// <summary>All of it, as an argument of a kernel.</summary>
    public abstract View<T> View { get; }

    /// <summary>Copies elements to the device.</summary>
    /// <param name="source">The elements.</param>
    /// <param name="start">The first to replace.</param>
    public abstract void Write(ReadOnlySpan<T> source, int start = 0);

    /// <summary>Copies elements to the host, after every launch before.</summary>
    /// <param name="destination">Where to.</param>
    /// <param name="start">The first to copy.</param>
    public abstract void Read(Span<T> destination, int start = 0);

    /// <summary>Sets all elements to zero.</summary>
    public abstract void Clear();

    /// <inheritdoc/>
    public abstract void Dispose();
}
