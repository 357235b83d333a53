using System.Runtime.CompilerServices;

namespace ScoreGpu.Ilgpu;

/// <summary>Device memory as bytes, whatever its elements are called: the engine and the kernels have types of their own
/// for them.</summary>
/// <param name="buffer">The memory, disposed of with this.</param>
internal sealed class IlgpuMemory(MemoryBuffer1D<byte, Stride1D.Dense> buffer) : IDisposable
{
    /// <summary>A range of elements.</summary>
    /// <param name="offset">The first.</param>
    /// <param name="length">Their number.</param>
    /// <exception cref="ArgumentOutOfRangeException">The memory ends before.</exception>
    public ArrayView<T> View<T>(int offset, int length)
        where T : unmanaged
    {
        long elements = buffer.Length / Unsafe.SizeOf<T>();
        if (offset < 0 || length < 0 || length > elements - offset)
        {
            throw new ArgumentOutOfRangeException(
                nameof(length), $"{length} elements from {offset} are outside a buffer of {elements}.");
        }

        return buffer.View.BaseView.Cast<T>().SubView(offset, length);
    }

    /// <inheritdoc/>
    public void Dispose() => buffer.Dispose();
}
