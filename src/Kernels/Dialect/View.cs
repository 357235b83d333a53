using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace ScoreGpu.Kernels.Dialect;

/// <summary>A range of elements in memory that a kernel reads and writes.</summary>
/// <remarks>
/// On the host a view is over an array or over a device's buffer. Only the first can be indexed by C# code, which is
/// how the debug launcher runs kernels; a device passes the second to its kernels.
/// </remarks>
/// <typeparam name="T">The element: a number, or a struct of numbers.</typeparam>
public readonly struct View<T>
    where T : unmanaged
{
    private readonly T[]? _items;
    private readonly int _offset;

    /// <summary>Creates a view of a whole array.</summary>
    /// <param name="items">The elements.</param>
    public View(T[] items)
    {
        ArgumentNullException.ThrowIfNull(items);
        _items = items;
        Storage = items;
        IntLength = items.Length;
    }

    /// <summary>Creates a view of a range of a device's buffer, which C# code cannot index.</summary>
    /// <param name="storage">The device's own object for the buffer.</param>
    /// <param name="offset">The first element.</param>
    /// <param name="length">The number of elements.</param>
    public View(object storage, int offset, int length)
    {
        ArgumentNullException.ThrowIfNull(storage);
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        _items = storage as T[];
        _offset = offset;
        Storage = storage;
        IntLength = length;
        if (_items is not null && length > _items.Length - offset)
        {
            throw new ArgumentOutOfRangeException(
                nameof(length), length, $"A view from {offset} must end within the array of {_items.Length}.");
        }
    }

    /// <summary>The number of elements.</summary>
    public int IntLength { get; }

    /// <summary>The number of elements.</summary>
    public long Length => IntLength;

    /// <summary>What the view is over: an array, or a device's object for a buffer; null in a default view.</summary>
    public object? Storage { get; }

    /// <summary>The first element's index within <see cref="Storage"/>.</summary>
    public int Offset => _offset;

    /// <summary>The element at an index.</summary>
    /// <param name="index">0 … <see cref="IntLength"/> − 1.</param>
    /// <exception cref="IndexOutOfRangeException">The index is outside the view.</exception>
    /// <exception cref="InvalidOperationException">The view is over a device's buffer.</exception>
    public ref T this[int index]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get
        {
            if ((uint)index >= (uint)IntLength)
            {
                ViewErrors.OutOfRange(index, IntLength);
            }

            if (_items is null)
            {
                ViewErrors.NotOnHost();
            }

            // The constructors and SubView keep every view within its array.
            return ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_items!), _offset + index);
        }
    }

    /// <summary>A view of a part of this one.</summary>
    /// <param name="offset">The part's first element.</param>
    /// <param name="length">The number of elements.</param>
    /// <exception cref="IndexOutOfRangeException">The part is not within the view.</exception>
    public View<T> SubView(int offset, int length)
    {
        if ((uint)offset > (uint)IntLength || (uint)length > (uint)(IntLength - offset))
        {
            ViewErrors.PartOutOfRange(offset, length, IntLength);
        }

        return new View<T>(Storage!, _offset + offset, length);
    }

    /// <summary>A view of this one's elements from an index to the end.</summary>
    /// <param name="offset">The first element.</param>
    /// <exception cref="IndexOutOfRangeException">The index is outside the view.</exception>
    public View<T> SubView(int offset) => SubView(offset, IntLength - offset);

    /// <summary>This view, with the promise that it begins at a multiple of an alignment: compilers then read and write
    /// neighbouring elements at once.</summary>
    /// <param name="alignmentInBytes">The alignment, a constant and a power of two.</param>
    /// <exception cref="InvalidOperationException">The view begins elsewhere.</exception>
    public View<T> AsAligned(int alignmentInBytes)
    {
        if (((long)_offset * Unsafe.SizeOf<T>()) % alignmentInBytes != 0)
        {
            ViewErrors.NotAligned(_offset, alignmentInBytes);
        }

        return this;
    }
}
