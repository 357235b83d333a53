namespace ScoreGpu.Engine.Data;

/// <summary>Points in single precision, [N, D] row-major.</summary>
/// <remarks>Two sets are equal when they share the same array; the values are not compared.</remarks>
public sealed record PointSet
{
    /// <summary>Creates a set over an array, which is not copied.</summary>
    /// <param name="values">The values, [N, D] row-major.</param>
    /// <param name="count">The number of points N, at least 0.</param>
    /// <param name="dimension">The dimension D, at least 1.</param>
    /// <exception cref="ArgumentException">The array's length is not N·D.</exception>
    public PointSet(float[] values, int count, int dimension)
    {
        ArgumentNullException.ThrowIfNull(values);
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfLessThan(dimension, 1);
        if (values.Length != (long)count * dimension)
        {
            throw new ArgumentException(
                $"values has {values.Length} entries; expected {count} points of {dimension}.", nameof(values));
        }

        Values = values;
        Count = count;
        Dimension = dimension;
    }

    /// <summary>The values, [N, D] row-major.</summary>
    public float[] Values { get; }

    /// <summary>The number of points N.</summary>
    public int Count { get; }

    /// <summary>The dimension D.</summary>
    public int Dimension { get; }

    /// <summary>One point, [D].</summary>
    /// <param name="index">0 … N − 1.</param>
    public ReadOnlySpan<float> this[int index] => Values.AsSpan(index * Dimension, Dimension);
}
