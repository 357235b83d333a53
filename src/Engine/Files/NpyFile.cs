using System.Buffers.Binary;
using System.Text;

namespace ScoreGpu.Engine.Files;

/// <summary>
/// NumPy's npy format: magic, version, a header length, a Python dict, then the values of one array.
/// </summary>
/// <remarks>
/// Reads versions 1 to 3 of little-endian float32, float64, int32 and int64 in C or Fortran order; writes version 1
/// with the data at a multiple of 64 bytes. Format: numpy.org, "numpy.lib.format".
/// </remarks>
public static class NpyFile
{
    private const int Alignment = 64;

    // Magic of 6 bytes and a version of 2, before the header's length.
    private const int PrefixBytes = 8;

    private static ReadOnlySpan<byte> Magic => [0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y'];

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file; at most 2 GiB.</param>
    /// <returns>The array in row-major order, named after the file.</returns>
    /// <exception cref="InputException">The file is missing or breaks the format.</exception>
    public static Tensor Read(string path) => Parse(InputFile.ReadAllBytes(path), path);

    /// <summary>Reads a file's bytes; the array may keep referring to them.</summary>
    /// <param name="bytes">The whole file.</param>
    /// <param name="name">What errors call the file, and the array's name.</param>
    /// <exception cref="InputException">The bytes break the format.</exception>
    public static Tensor Parse(ReadOnlyMemory<byte> bytes, string name)
    {
        ReadOnlySpan<byte> span = bytes.Span;
        if (!span.StartsWith(Magic))
        {
            throw new InputException($"'{name}' does not start with the npy magic; expected a file saved by NumPy.");
        }

        if (span.Length < PrefixBytes || span[6] is < 1 or > 3 || span[7] != 0)
        {
            throw new InputException($"'{name}' has an unknown npy version; expected 1.0, 2.0 or 3.0.");
        }

        int lengthBytes = span[6] == 1 ? sizeof(ushort) : sizeof(uint);
        int headerStart = PrefixBytes + lengthBytes;
        if (span.Length < headerStart)
        {
            throw new InputException($"'{name}' ends before its npy header; expected {headerStart} bytes or more.");
        }

        uint headerLength = lengthBytes == sizeof(ushort)
            ? BinaryPrimitives.ReadUInt16LittleEndian(span[PrefixBytes..])
            : BinaryPrimitives.ReadUInt32LittleEndian(span[PrefixBytes..]);
        if (headerLength > span.Length - headerStart)
        {
            throw new InputException(
                $"'{name}' states an npy header of {headerLength} bytes; expected at most "
                + $"{span.Length - headerStart}.");
        }

        // Latin-1 maps every byte, and the grammar has no place for a character beyond ASCII.
        string text = Encoding.Latin1.GetString(span.Slice(headerStart, (int)headerLength));
        NpyHeader header = NpyHeader.Parse(text, name);
        TensorType type = TypeOf(header.Descr, name);
        ReadOnlyMemory<byte> data = bytes[(headerStart + (int)headerLength)..];
        long count = Tensor.CountOf(header.Shape, type);
        if (count < 0 || count * Tensor.SizeOf(type) != data.Length)
        {
            throw new InputException(
                $"'{name}' has {data.Length} bytes of data for type {header.Descr} and shape "
                + $"({string.Join(", ", header.Shape)}); expected the product of the shape times "
                + $"{Tensor.SizeOf(type)}.");
        }

        if (header.FortranOrder && header.Shape.Length > 1)
        {
            data = ToRowMajor(data.Span, header.Shape, Tensor.SizeOf(type));
        }

        return new Tensor(name, type, header.Shape, data);
    }

    /// <summary>Writes a single-precision array, whole or not at all.</summary>
    /// <param name="path">The file to create or replace.</param>
    /// <param name="values">The values, row-major.</param>
    /// <param name="shape">The shape; its product is the number of values.</param>
    /// <exception cref="InputException">The shape does not fit, or the file cannot be written.</exception>
    public static void Write(string path, ReadOnlySpan<float> values, params int[] shape) =>
        Write(path, Tensor.FromSingles(path, shape, values));

    /// <summary>Writes a double-precision array, whole or not at all.</summary>
    /// <param name="path">The file to create or replace.</param>
    /// <param name="values">The values, row-major.</param>
    /// <param name="shape">The shape; its product is the number of values.</param>
    /// <exception cref="InputException">The shape does not fit, or the file cannot be written.</exception>
    public static void Write(string path, ReadOnlySpan<double> values, params int[] shape) =>
        Write(path, Tensor.FromDoubles(path, shape, values));

    /// <summary>Writes an array of any supported type, whole or not at all.</summary>
    /// <param name="path">The file to create or replace.</param>
    /// <param name="array">The array; its name is not written.</param>
    /// <exception cref="InputException">The shape has too many dimensions, or the file cannot be written.</exception>
    public static void Write(string path, Tensor array)
    {
        ArgumentNullException.ThrowIfNull(array);
        byte[] header = HeaderBytes(array);
        AtomicFile.Write(path, stream =>
        {
            stream.Write(header);
            stream.Write(array.Bytes);
        });
    }

    private static byte[] HeaderBytes(Tensor array)
    {
        string sizes = array.Shape.Length == 1 ? $"{array.Shape[0]}," : string.Join(", ", array.Shape);
        string dict = $"{{'descr': '{CodeOf(array.DType)}', 'fortran_order': False, 'shape': ({sizes}), }}";
        int unpadded = PrefixBytes + sizeof(ushort) + dict.Length + 1;
        int total = (unpadded + Alignment - 1) / Alignment * Alignment;
        if (total - PrefixBytes - sizeof(ushort) > ushort.MaxValue)
        {
            throw InputException.For("the number of dimensions", array.Shape.Length, "a header under 65,536 bytes");
        }

        byte[] bytes = new byte[total];
        bytes.AsSpan().Fill((byte)' ');
        Magic.CopyTo(bytes);
        bytes[6] = 1;
        bytes[7] = 0;
        BinaryPrimitives.WriteUInt16LittleEndian(
            bytes.AsSpan(PrefixBytes), (ushort)(total - PrefixBytes - sizeof(ushort)));
        Encoding.ASCII.GetBytes(dict, bytes.AsSpan(PrefixBytes + sizeof(ushort)));
        bytes[^1] = (byte)'\n';
        return bytes;
    }

    private static string CodeOf(TensorType type) => type switch
    {
        TensorType.F32 => "<f4",
        TensorType.F64 => "<f8",
        TensorType.I32 => "<i4",
        _ => "<i8",
    };

    private static TensorType TypeOf(string descr, string name) => descr switch
    {
        "<f4" => TensorType.F32,
        "<f8" => TensorType.F64,
        "<i4" => TensorType.I32,
        "<i8" => TensorType.I64,
        _ => throw new InputException($"'{name}' has the npy type '{descr}'; expected <f4, <f8, <i4 or <i8."),
    };

    // Walks the values in Fortran order, where the first index runs fastest, and keeps the row-major offset in step.
    private static byte[] ToRowMajor(ReadOnlySpan<byte> source, int[] shape, int size)
    {
        byte[] result = new byte[source.Length];
        long[] strides = new long[shape.Length];
        long stride = size;
        for (int axis = shape.Length - 1; axis >= 0; axis--)
        {
            strides[axis] = stride;
            stride *= shape[axis];
        }

        int[] index = new int[shape.Length];
        long target = 0;
        for (int from = 0; from < source.Length; from += size)
        {
            source.Slice(from, size).CopyTo(result.AsSpan((int)target));
            for (int axis = 0; axis < shape.Length; axis++)
            {
                target += strides[axis];
                if (++index[axis] < shape[axis])
                {
                    break;
                }

                target -= strides[axis] * shape[axis];
                index[axis] = 0;
            }
        }

        return result;
    }
}
