using ScoreGpu.Kernels.Dialect;

namespace ScoreGpu.Engine.Devices.Native;

/// <summary>Device memory as elements, as in <c>AcceleratorBuffer&lt;float&gt;</c>. Its content is undefined until it
/// is written or cleared.</summary>
/// <typeparam name="T">float, int, uint, or another type of the same layout on the device.</typeparam>
internal sealed unsafe class AcceleratorBuffer<T> : IDisposable
    where T : unmanaged
{
    /// <summary>Takes over a block of memory.</summary>
    public AcceleratorBuffer(AcceleratorMemory memory, long length)
    {
        Memory = memory;
        Length = length;
    }

    /// <summary>Elements.</summary>
    public long Length { get; }

    /// <summary>The bytes underneath; a buffer of no elements has some all the same.</summary>
    public AcceleratorMemory Memory { get; }

    /// <summary>Copies elements to the device.</summary>
    /// <param name="source">The elements.</param>
    /// <param name="start">The first element to replace.</param>
    /// <exception cref="ArgumentOutOfRangeException">The elements do not fit.</exception>
    public void Write(ReadOnlySpan<T> source, long start = 0)
    {
        CheckRange(start, source.Length);
        fixed (T* address = source)
        {
            Memory.Write(address, start * sizeof(T), (long)source.Length * sizeof(T));
        }
    }

    /// <summary>Copies elements to the host, after every launch before.</summary>
    /// <param name="destination">Where to.</param>
    /// <param name="start">The first element to copy.</param>
    /// <exception cref="ArgumentOutOfRangeException">There are fewer elements.</exception>
    public void Read(Span<T> destination, long start = 0)
    {
        CheckRange(start, destination.Length);
        fixed (T* address = destination)
        {
            Memory.Read(address, start * sizeof(T), (long)destination.Length * sizeof(T));
        }
    }

    /// <summary>Copies all elements to a new array.</summary>
    public T[] ToArray()
    {
        T[] values = new T[Length];
        Read(values);
        return values;
    }

    /// <summary>Copies elements within the device.</summary>
    /// <param name="destination">Another buffer of the same device, or another part of this one.</param>
    /// <param name="start">The first element to copy.</param>
    /// <param name="destinationStart">The first element to replace.</param>
    /// <param name="count">How many.</param>
    public void CopyTo(AcceleratorBuffer<T> destination, long start, long destinationStart, long count)
    {
        CheckRange(start, count);
        destination.CheckRange(destinationStart, count);
        Memory.CopyTo(destination.Memory, start * sizeof(T), destinationStart * sizeof(T), count * sizeof(T));
    }

    /// <summary>Sets all elements to zero.</summary>
    public void Clear() => Clear(0, Length);

    /// <summary>Sets elements to zero.</summary>
    public void Clear(long start, long count)
    {
        CheckRange(start, count);
        Memory.Clear(start * sizeof(T), count * sizeof(T));
    }

    /// <summary>All elements, for the arguments of generated kernels.</summary>
    /// <exception cref="OverflowException">There are more elements than an int counts.</exception>
    public View<T> View() => new(Memory, 0, checked((int)Length));

    /// <inheritdoc/>
    public void Dispose() => Memory.Dispose();

    private void CheckRange(long start, long count)
    {
        if (start < 0 || count < 0 || start > Length - count)
        {
            throw new ArgumentOutOfRangeException(
                nameof(start),
                $"{count} elements from element {start} are outside a buffer of {Length} elements.");
        }
    }
}
