using System.Diagnostics.CodeAnalysis;

#pragma warning disable CA2201 // An index out of range is the exception that arrays throw too.

namespace ScoreGpu.Kernels.Dialect;

/// <summary>The errors of <see cref="View{T}"/>, out of line so that indexing stays short.</summary>
internal static class ViewErrors
{
    [DoesNotReturn]
    internal static void OutOfRange(int index, int length)
        => throw new IndexOutOfRangeException($"Index {index} is outside a view of {length} elements.");

    [DoesNotReturn]
    internal static void PartOutOfRange(int offset, int partLength, int length)
        => throw new IndexOutOfRangeException(
            $"A part of {partLength} elements from {offset} is outside a view of {length} elements.");

    [DoesNotReturn]
    internal static void NotAligned(int offset, int alignment)
        => throw new InvalidOperationException(
            $"A view from element {offset} of its memory does not begin at a multiple of {alignment} bytes.");

    [DoesNotReturn]
    internal static void NotOnHost()
        => throw new InvalidOperationException("The view is over a device's buffer: copy it to an array to read it.");
}
