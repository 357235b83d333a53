using System.Runtime.CompilerServices;

namespace ScoreGpu.Kernels.Dialect;

/// <summary>Read-modify-write operations that no other work-item can interrupt. Each returns the old value.</summary>
public static class Atomic
{
    /// <summary>Adds to a value.</summary>
    /// <param name="target">The value.</param>
    /// <param name="value">What to add.</param>
    public static int Add(ref int target, int value) => Interlocked.Add(ref target, value) - value;

    /// <inheritdoc cref="Add(ref int, int)"/>
    public static uint Add(ref uint target, uint value) => Interlocked.Add(ref target, value) - value;

    /// <inheritdoc cref="Add(ref int, int)"/>
    /// <remarks>The order of the additions is not defined, so neither are the last bits of the sum.</remarks>
    public static float Add(ref float target, float value)
    {
        while (true)
        {
            float old = Volatile.Read(ref target);
            float seen = Interlocked.CompareExchange(ref target, old + value, old);

            // Bits, not values: NaN differs from itself, and the loop would never end.
            if (BitConverter.SingleToInt32Bits(seen) == BitConverter.SingleToInt32Bits(old))
            {
                return old;
            }
        }
    }

    /// <summary>Keeps the larger of two values.</summary>
    /// <param name="target">The value.</param>
    /// <param name="value">What to compare it with.</param>
    public static int Max(ref int target, int value)
    {
        int old;
        do
        {
            old = Volatile.Read(ref target);
        }
        while (old < value && Interlocked.CompareExchange(ref target, value, old) != old);

        return old;
    }

    /// <inheritdoc cref="Max(ref int, int)"/>
    public static uint Max(ref uint target, uint value)
    {
        uint old;
        do
        {
            old = Volatile.Read(ref target);
        }
        while (old < value && Interlocked.CompareExchange(ref target, value, old) != old);

        return old;
    }

    /// <summary>Keeps the smaller of two values.</summary>
    /// <param name="target">The value.</param>
    /// <param name="value">What to compare it with.</param>
    public static int Min(ref int target, int value)
    {
        int old;
        do
        {
            old = Volatile.Read(ref target);
        }
        while (old > value && Interlocked.CompareExchange(ref target, value, old) != old);

        return old;
    }

    /// <inheritdoc cref="Min(ref int, int)"/>
    public static uint Min(ref uint target, uint value)
    {
        uint old;
        do
        {
            old = Volatile.Read(ref target);
        }
        while (old > value && Interlocked.CompareExchange(ref target, value, old) != old);

        return old;
    }

    /// <summary>Replaces a value.</summary>
    /// <param name="target">The value.</param>
    /// <param name="value">The new value.</param>
    public static int Exchange(ref int target, int value) => Interlocked.Exchange(ref target, value);

    /// <inheritdoc cref="Exchange(ref int, int)"/>
    public static uint Exchange(ref uint target, uint value) => Interlocked.Exchange(ref target, value);

    /// <summary>Replaces a value if it is the expected one.</summary>
    /// <param name="target">The value.</param>
    /// <param name="compare">The expected value.</param>
    /// <param name="value">The new value.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int CompareExchange(ref int target, int compare, int value)
        => Interlocked.CompareExchange(ref target, value, compare);

    /// <inheritdoc cref="CompareExchange(ref int, int, int)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint CompareExchange(ref uint target, uint compare, uint value)
        => Interlocked.CompareExchange(ref target, value, compare);
}
