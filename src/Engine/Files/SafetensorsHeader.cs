using System.Text.Json;

namespace ScoreGpu.Engine.Files;

/// <summary>The JSON header of a safetensors file, read strictly.</summary>
/// <remarks>
/// It starts with <c>{</c>; spaces may follow it; no key comes twice; <c>__metadata__</c> maps strings to strings;
/// every other entry has exactly dtype, shape and data_offsets; offsets cover the data without hole or overlap; and
/// each tensor's bytes are the product of its shape times the size of its type.
/// </remarks>
internal sealed class SafetensorsHeader
{
    internal const string MetadataKey = "__metadata__";

    private readonly string _file;
    private readonly long _dataLength;

    private SafetensorsHeader(string file, long dataLength)
    {
        _file = file;
        _dataLength = dataLength;
    }

    internal OrderedDictionary<string, string> Metadata { get; } = new(StringComparer.Ordinal);

    internal List<Entry> Entries { get; } = [];

    internal static SafetensorsHeader Parse(ReadOnlySpan<byte> json, long dataLength, string file)
    {
        SafetensorsHeader header = new(file, dataLength);
        if (json.IsEmpty || json[0] != (byte)'{')
        {
            throw header.Broken("has a header that does not start with '{'; expected a JSON object");
        }

        try
        {
            Utf8JsonReader reader = new(json, new JsonReaderOptions { MaxDepth = 4 });
            header.ReadObject(ref reader);
            if (reader.Read())
            {
                throw header.Broken("has more than one JSON value in its header; expected one object");
            }
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // InvalidOperationException is how the reader reports text that is not valid UTF-8 or UTF-16.
            throw new InputException($"'{file}' has a header that is not valid JSON: {exception.Message}", exception);
        }

        header.CheckCoverage();
        return header;
    }

    private void ReadObject(ref Utf8JsonReader reader)
    {
        HashSet<string> seen = new(StringComparer.Ordinal);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            string key = reader.GetString()!;
            if (!seen.Add(key))
            {
                throw Broken($"has the key '{key}' twice; expected it once");
            }

            reader.Read();
            Expect(ref reader, JsonTokenType.StartObject, $"the value of '{key}'", "an object");
            if (key == MetadataKey)
            {
                ReadMetadata(ref reader);
            }
            else
            {
                Entries.Add(ReadEntry(ref reader, key));
            }
        }
    }

    private void ReadMetadata(ref Utf8JsonReader reader)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            string key = reader.GetString()!;
            reader.Read();
            Expect(ref reader, JsonTokenType.String, $"the metadata '{key}'", "a string");
            if (!Metadata.TryAdd(key, reader.GetString()!))
            {
                throw Broken($"has the metadata key '{key}' twice; expected it once");
            }
        }
    }

    private Entry ReadEntry(ref Utf8JsonReader reader, string name)
    {
        TensorType? type = null;
        int[]? shape = null;
        long[]? offsets = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            string field = reader.GetString()!;
            bool again = field switch
            {
                "dtype" => type is not null,
                "shape" => shape is not null,
                "data_offsets" => offsets is not null,
                _ => throw Broken(
                    $"has the field '{field}' in tensor '{name}'; expected dtype, shape and data_offsets only"),
            };
            if (again)
            {
                throw Broken($"has the field '{field}' twice in tensor '{name}'; expected it once");
            }

            reader.Read();
            switch (field)
            {
                case "dtype":
                    type = ReadType(ref reader, name);
                    break;
                case "shape":
                    shape = ReadNumbers(ref reader, $"the shape of '{name}'", int.MaxValue)
                        .Select(size => (int)size).ToArray();
                    break;
                default:
                    offsets = ReadNumbers(ref reader, $"data_offsets of '{name}'", _dataLength).ToArray();
                    break;
            }
        }

        if (type is null || shape is null || offsets is null)
        {
            throw Broken($"lacks dtype, shape or data_offsets in tensor '{name}'; expected all three");
        }

        return CheckedEntry(name, type.Value, shape, offsets);
    }

    private Entry CheckedEntry(string name, TensorType type, int[] shape, long[] offsets)
    {
        if (offsets.Length != 2 || offsets[0] > offsets[1])
        {
            throw Broken(
                $"has data_offsets [{string.Join(", ", offsets)}] in tensor '{name}'; expected a begin and an end");
        }

        long count = Tensor.CountOf(shape, type);
        long length = offsets[1] - offsets[0];
        if (count < 0 || count * Tensor.SizeOf(type) != length)
        {
            throw Broken(
                $"has {length} bytes for tensor '{name}' of type {type} and shape "
                + $"[{string.Join(", ", shape)}]; expected the product of the shape times {Tensor.SizeOf(type)}");
        }

        return new Entry(name, type, shape, offsets[0], offsets[1]);
    }

    private TensorType ReadType(ref Utf8JsonReader reader, string name)
    {
        Expect(ref reader, JsonTokenType.String, $"dtype of '{name}'", "a string");
        string code = reader.GetString()!;
        return code switch
        {
            nameof(TensorType.F32) => TensorType.F32,
            nameof(TensorType.F64) => TensorType.F64,
            nameof(TensorType.I32) => TensorType.I32,
            nameof(TensorType.I64) => TensorType.I64,
            _ => throw Broken($"has dtype '{code}' in tensor '{name}'; expected F32, F64, I32 or I64"),
        };
    }

    private List<long> ReadNumbers(ref Utf8JsonReader reader, string what, long limit)
    {
        Expect(ref reader, JsonTokenType.StartArray, what, "an array of whole numbers");
        List<long> numbers = [];
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType != JsonTokenType.Number
                || !reader.TryGetInt64(out long number)
                || number < 0
                || number > limit)
            {
                throw Broken($"has an entry in {what} that is not a whole number from 0 to {limit}");
            }

            numbers.Add(number);
        }

        return numbers;
    }

    private void Expect(ref Utf8JsonReader reader, JsonTokenType type, string what, string expected)
    {
        if (reader.TokenType != type)
        {
            throw Broken($"has a JSON {reader.TokenType} as {what}; expected {expected}");
        }
    }

    private void CheckCoverage()
    {
        long reached = 0;
        foreach (Entry entry in Entries.OrderBy(entry => entry.Begin).ThenBy(entry => entry.End))
        {
            if (entry.Begin != reached)
            {
                throw Broken(
                    $"has tensor '{entry.Name}' at offset {entry.Begin}; expected {reached}, without hole or overlap");
            }

            reached = entry.End;
        }

        if (reached != _dataLength)
        {
            throw Broken($"has {_dataLength} bytes of data; expected {reached}, where the last tensor ends");
        }
    }

    private InputException Broken(string what) => SafetensorsFile.Broken(_file, what);

    internal readonly record struct Entry(string Name, TensorType DType, int[] Shape, long Begin, long End);
}
