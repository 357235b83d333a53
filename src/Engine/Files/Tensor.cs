using System.Buffers.Binary;

namespace ScoreGpu.Engine.Files;

/// <summary>A named array as a file holds it: a type, a shape, and little-endian values in row-major order.</summary>
/// <remarks>
/// A shape may have any number of dimensions, none included (one value), and dimensions of 0 (no values). The value
/// count is below 2³¹.
/// </remarks>
public sealed class Tensor
{
    private readonly ReadOnlyMemory<byte> _bytes;

    internal Tensor(string name, TensorType type, int[] shape, ReadOnlyMemory<byte> bytes)
    {
        Name = name;
        DType = type;
        Shape = shape;
        _bytes = bytes;
        Count = bytes.Length / SizeOf(type);
    }

    /// <summary>The tensor's name.</summary>
    public string Name { get; }

    /// <summary>The type of the values as stored.</summary>
    public TensorType DType { get; }

    /// <summary>The shape, outermost dimension first. Treat it as read-only.</summary>
    public int[] Shape { get; }

    /// <summary>The number of values: the product of the shape.</summary>
    public int Count { get; }

    internal ReadOnlySpan<byte> Bytes => _bytes.Span;

    /// <summary>Creates a single-precision tensor from a copy of the values.</summary>
    /// <param name="name">The tensor's name.</param>
    /// <param name="shape">The shape; its product is the number of values.</param>
    /// <param name="values">The values, row-major.</param>
    /// <exception cref="InputException">The shape does not fit the values.</exception>
    public static Tensor FromSingles(string name, int[] shape, ReadOnlySpan<float> values)
    {
        byte[] bytes = Allocate(name, TensorType.F32, shape, values.Length);
        for (int i = 0; i < values.Length; i++)
        {
            BinaryPrimitives.WriteSingleLittleEndian(bytes.AsSpan(i * sizeof(float)), values[i]);
        }

        return new Tensor(name, TensorType.F32, [.. shape], bytes);
    }

    /// <summary>Creates a double-precision tensor from a copy of the values.</summary>
    /// <param name="name">The tensor's name.</param>
    /// <param name="shape">The shape; its product is the number of values.</param>
    /// <param name="values">The values, row-major.</param>
    /// <exception cref="InputException">The shape does not fit the values.</exception>
    public static Tensor FromDoubles(string name, int[] shape, ReadOnlySpan<double> values)
    {
        byte[] bytes = Allocate(name, TensorType.F64, shape, values.Length);
        for (int i = 0; i < values.Length; i++)
        {
            BinaryPrimitives.WriteDoubleLittleEndian(bytes.AsSpan(i * sizeof(double)), values[i]);
        }

        return new Tensor(name, TensorType.F64, [.. shape], bytes);
    }

    /// <summary>Creates a tensor of 32-bit integers from a copy of the values.</summary>
    /// <param name="name">The tensor's name.</param>
    /// <param name="shape">The shape; its product is the number of values.</param>
    /// <param name="values">The values, row-major.</param>
    /// <exception cref="InputException">The shape does not fit the values.</exception>
    public static Tensor FromInt32s(string name, int[] shape, ReadOnlySpan<int> values)
    {
        byte[] bytes = Allocate(name, TensorType.I32, shape, values.Length);
        for (int i = 0; i < values.Length; i++)
        {
            BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(i * sizeof(int)), values[i]);
        }

        return new Tensor(name, TensorType.I32, [.. shape], bytes);
    }

    /// <summary>Creates a tensor of 64-bit integers from a copy of the values.</summary>
    /// <param name="name">The tensor's name.</param>
    /// <param name="shape">The shape; its product is the number of values.</param>
    /// <param name="values">The values, row-major.</param>
    /// <exception cref="InputException">The shape does not fit the values.</exception>
    public static Tensor FromInt64s(string name, int[] shape, ReadOnlySpan<long> values)
    {
        byte[] bytes = Allocate(name, TensorType.I64, shape, values.Length);
        for (int i = 0; i < values.Length; i++)
        {
            BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(i * sizeof(long)), values[i]);
        }

        return new Tensor(name, TensorType.I64, [.. shape], bytes);
    }

    /// <summary>
    /// The values in single precision. Doubles and integers are rounded to the nearest; doubles beyond the range of
    /// single precision become infinite.
    /// </summary>
    public float[] ToSingles()
    {
        float[] values = new float[Count];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = DType switch
            {
                TensorType.F32 => SingleAt(i),
                TensorType.F64 => (float)DoubleAt(i),
                // Straight from the integer: through double it would be rounded twice.
                TensorType.I32 => Int32At(i),
                _ => Int64At(i),
            };
        }

        return values;
    }

    /// <summary>
    /// The values in double precision: exact, but for integers beyond ±2⁵³, which are rounded to the nearest.
    /// </summary>
    public double[] ToDoubles()
    {
        double[] values = new double[Count];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = DType switch
            {
                TensorType.F32 => SingleAt(i),
                TensorType.F64 => DoubleAt(i),
                TensorType.I32 => Int32At(i),
                _ => Int64At(i),
            };
        }

        return values;
    }

    /// <summary>The values as 64-bit integers.</summary>
    /// <exception cref="InputException">The tensor holds floating-point values.</exception>
    public long[] ToInt64s()
    {
        if (DType is not (TensorType.I32 or TensorType.I64))
        {
            throw InputException.For($"the type of tensor '{Name}'", DType, "I32 or I64");
        }

        long[] values = new long[Count];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = DType == TensorType.I32 ? Int32At(i) : Int64At(i);
        }

        return values;
    }

    internal static int SizeOf(TensorType type) => type is TensorType.F32 or TensorType.I32 ? 4 : 8;

    /// <summary>
    /// The product of a shape, or −1 where it is negative somewhere or the bytes would pass the array limit.
    /// </summary>
    internal static long CountOf(ReadOnlySpan<int> shape, TensorType type)
    {
        long count = 1;
        foreach (int size in shape)
        {
            if (size < 0)
            {
                return -1;
            }

            // Both factors are below 2³¹, so the product cannot wrap before it is compared.
            count *= size;
            if (count > Array.MaxLength / SizeOf(type))
            {
                return -1;
            }
        }

        return count;
    }

    private static byte[] Allocate(string name, TensorType type, int[] shape, int count)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(shape);
        if (CountOf(shape, type) != count)
        {
            throw InputException.For(
                $"the shape of tensor '{name}'",
                $"[{string.Join(", ", shape)}]",
                $"a shape of {count} values and under 2 GiB");
        }

        return new byte[count * SizeOf(type)];
    }

    private float SingleAt(int i) => BinaryPrimitives.ReadSingleLittleEndian(Bytes[(i * sizeof(float))..]);

    private double DoubleAt(int i) => BinaryPrimitives.ReadDoubleLittleEndian(Bytes[(i * sizeof(double))..]);

    private int Int32At(int i) => BinaryPrimitives.ReadInt32LittleEndian(Bytes[(i * sizeof(int))..]);

    private long Int64At(int i) => BinaryPrimitives.ReadInt64LittleEndian(Bytes[(i * sizeof(long))..]);
}
