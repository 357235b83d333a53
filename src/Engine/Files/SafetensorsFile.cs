using System.Buffers.Binary;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace ScoreGpu.Engine.Files;

/// <summary>
/// A safetensors file: an 8-byte little-endian header length, a JSON header, then the tensors' bytes.
/// </summary>
/// <remarks>
/// The reader checks every length and offset before it uses it; <see cref="SafetensorsHeader"/> holds the rules.
/// The writer gives the same bytes for the same content: metadata and tensors in the order given, the header padded
/// with spaces so that the data starts at a multiple of 8. Format: github.com/huggingface/safetensors, README.
/// </remarks>
public sealed class SafetensorsFile
{
    internal const int LengthBytes = 8;
    internal const int MaxHeaderBytes = 100_000_000;

    private static readonly UTF8Encoding StrictUtf8 = new(false, throwOnInvalidBytes: true);

    private SafetensorsFile(
        OrderedDictionary<string, string> metadata, OrderedDictionary<string, Tensor> tensors)
    {
        Metadata = metadata;
        Tensors = tensors;
    }

    /// <summary>The strings under <c>__metadata__</c>, in file order; empty where the file has none.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; }

    /// <summary>The tensors by name, in the header's order.</summary>
    public IReadOnlyDictionary<string, Tensor> Tensors { get; }

    /// <summary>The tensor of a name.</summary>
    /// <param name="name">The tensor's name.</param>
    /// <exception cref="InputException">The file has no tensor of that name.</exception>
    public Tensor this[string name] => Tensors.TryGetValue(name, out Tensor? tensor)
        ? tensor
        : throw new InputException(
            $"The file has no tensor '{name}'; it holds {string.Join(", ", Tensors.Keys.Select(key => $"'{key}'"))}.");

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file; at most 2 GiB.</param>
    /// <exception cref="InputException">The file is missing or breaks the format.</exception>
    public static SafetensorsFile Read(string path) => Parse(InputFile.ReadAllBytes(path), path);

    /// <summary>Reads and checks the header alone, and gives the strings under <c>__metadata__</c>.</summary>
    /// <param name="path">The file; at most 2 GiB.</param>
    /// <exception cref="InputException">The file is missing or breaks the format.</exception>
    public static IReadOnlyDictionary<string, string> ReadMetadata(string path)
    {
        (byte[] start, long length) = InputFile.ReadStart(path, LengthBytes);
        int headerLength = HeaderLength(start, length, path);
        (start, length) = InputFile.ReadStart(path, LengthBytes + headerLength);
        if (start.Length != LengthBytes + headerLength)
        {
            throw Broken(path, "became shorter while it was read; expected a file that nobody is writing");
        }

        return SafetensorsHeader.Parse(start.AsSpan(LengthBytes), length - start.Length, path).Metadata;
    }

    /// <summary>Reads a file's bytes; the tensors keep referring to them.</summary>
    /// <param name="bytes">The whole file.</param>
    /// <param name="name">What errors call the file.</param>
    /// <exception cref="InputException">The bytes break the format.</exception>
    public static SafetensorsFile Parse(ReadOnlyMemory<byte> bytes, string name)
    {
        int headerLength = HeaderLength(bytes.Span, bytes.Length, name);
        ReadOnlyMemory<byte> data = bytes[(LengthBytes + headerLength)..];
        SafetensorsHeader header = SafetensorsHeader.Parse(
            bytes.Span.Slice(LengthBytes, headerLength), data.Length, name);

        OrderedDictionary<string, Tensor> tensors = new(StringComparer.Ordinal);
        foreach (SafetensorsHeader.Entry entry in header.Entries)
        {
            ReadOnlyMemory<byte> part = data[(int)entry.Begin..(int)entry.End];
            tensors.Add(entry.Name, new Tensor(entry.Name, entry.DType, entry.Shape, part));
        }

        return new SafetensorsFile(header.Metadata, tensors);
    }

    /// <summary>Writes a file, whole or not at all.</summary>
    /// <param name="path">The file to create or replace.</param>
    /// <param name="metadata">Strings for <c>__metadata__</c>, in order; left out of the file where empty.</param>
    /// <param name="tensors">The tensors, in order; names must differ.</param>
    /// <exception cref="InputException">A name is taken twice or reserved, or the file cannot be written.</exception>
    public static void Write(
        string path, IEnumerable<KeyValuePair<string, string>> metadata, IEnumerable<Tensor> tensors)
    {
        ArgumentNullException.ThrowIfNull(metadata);
        ArgumentNullException.ThrowIfNull(tensors);
        Tensor[] all = tensors.ToArray();
        byte[] header = HeaderBytes(metadata, all);
        AtomicFile.Write(path, stream =>
        {
            stream.Write(header);
            foreach (Tensor tensor in all)
            {
                stream.Write(tensor.Bytes);
            }
        });
    }

    internal static InputException Broken(string name, string what) => new($"'{name}' {what}.");

    private static int HeaderLength(ReadOnlySpan<byte> start, long fileLength, string name)
    {
        if (fileLength < LengthBytes)
        {
            throw Broken(name, $"has {fileLength} bytes; expected at least the {LengthBytes} of a header length");
        }

        ulong headerLength = BinaryPrimitives.ReadUInt64LittleEndian(start);
        ulong available = (ulong)Math.Min(fileLength - LengthBytes, MaxHeaderBytes);
        return headerLength <= available
            ? (int)headerLength
            : throw Broken(name, $"states a header of {headerLength} bytes; expected at most {available}");
    }

    private static byte[] HeaderBytes(IEnumerable<KeyValuePair<string, string>> metadata, Tensor[] tensors)
    {
        using MemoryStream stream = new();
        stream.Write(stackalloc byte[LengthBytes]);
        HashSet<string> taken = new(StringComparer.Ordinal);
        JsonWriterOptions options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
        using (Utf8JsonWriter json = new(stream, options))
        {
            json.WriteStartObject();
            WriteMetadata(json, metadata);
            long offset = 0;
            foreach (Tensor tensor in tensors)
            {
                if (tensor.Name == SafetensorsHeader.MetadataKey || !taken.Add(tensor.Name))
                {
                    throw InputException.For(
                        "a tensor name", tensor.Name, $"a name other than {SafetensorsHeader.MetadataKey}, used once");
                }

                RequireText(tensor.Name);
                WriteEntry(json, tensor, offset);
                offset += tensor.Bytes.Length;
            }

            json.WriteEndObject();
        }

        while (stream.Length % 8 != 0)
        {
            stream.WriteByte((byte)' ');
        }

        if (stream.Length - LengthBytes > MaxHeaderBytes)
        {
            throw InputException.For("the header's length", stream.Length, $"at most {MaxHeaderBytes} bytes");
        }

        byte[] bytes = stream.ToArray();
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, (ulong)(bytes.Length - LengthBytes));
        return bytes;
    }

    private static void WriteMetadata(Utf8JsonWriter json, IEnumerable<KeyValuePair<string, string>> metadata)
    {
        HashSet<string> taken = new(StringComparer.Ordinal);
        foreach ((string key, string value) in metadata)
        {
            if (taken.Count == 0)
            {
                json.WriteStartObject(SafetensorsHeader.MetadataKey);
            }

            if (!taken.Add(key))
            {
                throw InputException.For("a metadata key", key, "a key used once");
            }

            RequireText(key);
            RequireText(value);
            json.WriteString(key, value);
        }

        if (taken.Count > 0)
        {
            json.WriteEndObject();
        }
    }

    // The JSON writer would put U+FFFD in place of half a surrogate pair, and two names could become one.
    private static void RequireText(string text)
    {
        try
        {
            _ = StrictUtf8.GetByteCount(text);
        }
        catch (EncoderFallbackException exception)
        {
            throw new InputException($"'{text}' is not valid Unicode text; expected no lone surrogates.", exception);
        }
    }

    private static void WriteEntry(Utf8JsonWriter json, Tensor tensor, long offset)
    {
        json.WriteStartObject(tensor.Name);
        json.WriteString("dtype", tensor.DType.ToString());
        json.WriteStartArray("shape");
        foreach (int size in tensor.Shape)
        {
            json.WriteNumberValue(size);
        }

        json.WriteEndArray();
        json.WriteStartArray("data_offsets");
        json.WriteNumberValue(offset);
        json.WriteNumberValue(offset + tensor.Bytes.Length);
        json.WriteEndArray();
        json.WriteEndObject();
    }
}
