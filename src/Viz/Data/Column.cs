namespace ScoreGpu.Viz;

/// <summary>A column of numbers: what an array of floats or doubles becomes when it is plotted.</summary>
public readonly struct Column
{
    private readonly double[]? _values;

    private Column(double[]? values) => _values = values;

    /// <summary>The numbers.</summary>
    public double[] Values => _values ?? [];

    /// <summary>How many numbers there are.</summary>
    public int Length => Values.Length;

    /// <summary>Column <paramref name="index"/> of a row-major array [N, <paramref name="columns"/>].</summary>
    /// <exception cref="ArgumentException">The array is not a whole number of rows, or has no such column.</exception>
    public static Column Of(float[] rowMajor, int columns, int index)
    {
        ArgumentNullException.ThrowIfNull(rowMajor);
        Require.AtLeast(columns, 1);
        if (index < 0 || index >= columns)
        {
            throw new ArgumentException($"index is {index}; expected 0 to {columns - 1}.", nameof(index));
        }

        if (rowMajor.Length % columns != 0)
        {
            throw new ArgumentException(
                $"rowMajor has {rowMajor.Length} values; expected a multiple of columns = {columns}.",
                nameof(rowMajor));
        }

        double[] values = new double[rowMajor.Length / columns];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = rowMajor[(i * columns) + index];
        }

        return new Column(values);
    }

    /// <summary><paramref name="count"/> evenly spaced numbers from one to another, both included.</summary>
    public static Column Even(double from, double to, int count)
    {
        Require.Finite(from);
        Require.Finite(to);
        Require.AtLeast(count, 2);
        double[] values = new double[count];
        for (int i = 0; i < count; i++)
        {
            values[i] = from + ((to - from) * i / (count - 1));
        }

        values[^1] = to;
        return new Column(values);
    }

    /// <summary>The function's value at each number.</summary>
    public Column Map(Func<double, double> function)
    {
        ArgumentNullException.ThrowIfNull(function);
        return new Column(Array.ConvertAll(Values, value => function(value)));
    }

    /// <summary>A column that shares the array.</summary>
    public static implicit operator Column(double[] values) => new(values);

    /// <summary>A column of the floats as doubles.</summary>
    public static implicit operator Column(float[] values)
        => new(values is null ? null : Array.ConvertAll(values, value => (double)value));
}
