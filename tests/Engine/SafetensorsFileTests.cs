using System.Buffers.Binary;
using System.Text;
using ScoreGpu.Engine;
using ScoreGpu.Engine.Files;

namespace ScoreGpu.Tests.Engine;

public sealed class SafetensorsFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Reads_what_PyTorch_wrote()
    {
        SafetensorsFile file = SafetensorsFile.Read(Path.Combine("Fixtures", "ddpm_epsilon_h32.safetensors"));

        Assert.Equal("ToyDiffusion", file.Metadata["network"]);
        Assert.Equal([32, 34], file["model.net.0.weight"].Shape);
        Assert.Equal(TensorType.F32, file["model.net.0.weight"].DType);
        Assert.Equal(TensorType.I64, file["t"].DType);
        Assert.Equal(48, file["t"].Count);
        Assert.All(file["t"].ToInt64s(), t => Assert.InRange(t, 0, 99));
        Assert.All(file["x_t"].ToDoubles(), x => Assert.InRange(x, -10.0, 10.0));
        Assert.Equal("model.time_embed.0.weight", file.Tensors.Keys.First());
    }

    [Fact]
    public void What_is_written_is_read_back_in_order()
    {
        string path = _folder.PathOf("model.safetensors");
        Tensor[] tensors =
        [
            Tensor.FromSingles("zeta", [2, 3], [1.5f, -0.0f, float.NaN, float.MaxValue, float.Epsilon, -2f]),
            Tensor.FromDoubles("alpha", [], [Math.PI]),
            Tensor.FromInt64s("empty", [0, 7], []),
            Tensor.FromInt64s("long", [2], [long.MinValue, long.MaxValue]),
            Tensor.FromInt32s("überschrift \"q\"", [1, 1, 2], [int.MinValue, int.MaxValue]),
        ];
        SafetensorsFile.Write(path, [new("z", "1 < 2"), new("a", "σ\n\"")], tensors);
        SafetensorsFile file = SafetensorsFile.Read(path);

        Assert.Equal(["z", "a"], file.Metadata.Keys);
        Assert.Equal("σ\n\"", file.Metadata["a"]);
        Assert.Equal(tensors.Select(tensor => tensor.Name), file.Tensors.Keys);
        Assert.Equal(tensors[0].ToSingles(), file["zeta"].ToSingles());
        Assert.Equal(Math.PI, Assert.Single(file["alpha"].ToDoubles()));
        Assert.Equal([0, 7], file["empty"].Shape);
        Assert.Empty(file["empty"].ToInt64s());
        Assert.Equal([long.MinValue, long.MaxValue], file["long"].ToInt64s());
        Assert.Equal([int.MinValue, int.MaxValue], file["überschrift \"q\""].ToInt64s());
    }

    [Fact]
    public void Bytes_are_laid_out_as_the_format_says()
    {
        string path = _folder.PathOf("a.safetensors");
        SafetensorsFile.Write(path, [new("k", "v")], [Tensor.FromSingles("w", [2], [1f, 2f])]);
        byte[] bytes = File.ReadAllBytes(path);

        const string json =
            "{\"__metadata__\":{\"k\":\"v\"},\"w\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}}";
        int padded = (json.Length + 7) / 8 * 8;
        Assert.Equal((ulong)padded, BinaryPrimitives.ReadUInt64LittleEndian(bytes));
        Assert.Equal(json.PadRight(padded), Encoding.UTF8.GetString(bytes, 8, padded));
        Assert.Equal([0, 0, 128, 63, 0, 0, 0, 64], bytes[(8 + padded)..]);
    }

    [Fact]
    public void Without_metadata_the_key_is_left_out()
    {
        string path = _folder.PathOf("a.safetensors");
        SafetensorsFile.Write(path, [], []);

        Assert.Equal("{}      ", Encoding.UTF8.GetString(File.ReadAllBytes(path), 8, 8));
        Assert.Empty(SafetensorsFile.Read(path).Tensors);
    }

    [Fact]
    public void Values_widen_and_narrow_as_documented()
    {
        Tensor doubles = Tensor.FromDoubles("d", [3], [0.1, 1e300, -1e-300]);
        Assert.Equal([0.1f, float.PositiveInfinity, -0.0f], doubles.ToSingles());
        Assert.Throws<InputException>(() => doubles.ToInt64s());

        // Between two singles; by way of double it would be rounded twice, to 2⁶⁰.
        long between = (1L << 60) + (1L << 36) + 1;
        Tensor longs = Tensor.FromInt64s("l", [1], [between]);
        Assert.Equal((1L << 60) + (1L << 37), (long)longs.ToSingles()[0]);
        Assert.Equal((1L << 60) + (1L << 36), (long)longs.ToDoubles()[0]);
    }

    [Theory]
    [InlineData("[1,2]", 0, "start with '{'")]
    [InlineData(" {}", 0, "start with '{'")]
    [InlineData("", 0, "start with '{'")]
    [InlineData("{", 0, "not valid JSON")]
    [InlineData("{} {}", 0, "not valid JSON")]
    [InlineData("{}x", 0, "not valid JSON")]
    [InlineData("{\"\\ud800\":{\"dtype\":\"F32\",\"shape\":[0],\"data_offsets\":[0,0]}}", 0, "not valid JSON")]
    [InlineData("{\"w\":3}", 0, "'w'")]
    [InlineData("{\"w\":{}}", 0, "lacks")]
    [InlineData("{}", 4, "4 bytes of data")]
    [InlineData("{\"__metadata__\":{\"k\":1}}", 0, "'k'")]
    [InlineData("{\"__metadata__\":[]}", 0, "__metadata__")]
    [InlineData("{\"__metadata__\":{\"k\":\"\",\"k\":\"\"}}", 0, "twice")]
    [InlineData("{\"__metadata__\":{},\"__metadata__\":{}}", 0, "twice")]
    [InlineData("{W,W}", 4, "twice")]
    [InlineData("{\"w\":{\"dtype\":\"F32\",\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}}", 4, "twice")]
    [InlineData("{\"w\":{\"dtype\":\"F16\",\"shape\":[1],\"data_offsets\":[0,2]}}", 2, "F16")]
    [InlineData("{\"w\":{\"dtype\":1,\"shape\":[1],\"data_offsets\":[0,4]}}", 4, "dtype")]
    [InlineData("{\"w\":{\"dtype\":\"F32\",\"shape\":[-1],\"data_offsets\":[0,4]}}", 4, "shape")]
    [InlineData("{\"w\":{\"dtype\":\"F32\",\"shape\":[1.0],\"data_offsets\":[0,4]}}", 4, "shape")]
    [InlineData("{\"w\":{\"dtype\":\"F32\",\"shape\":[[1]],\"data_offsets\":[0,4]}}", 4, "shape")]
    [InlineData("{\"w\":{\"dtype\":\"F32\",\"shape\":1,\"data_offsets\":[0,4]}}", 4, "shape")]
    [InlineData("{\"w\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,8]}}", 4, "data_offsets")]
    [InlineData("{\"w\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,0]}}", 4, "data_offsets")]
    [InlineData("{\"w\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4,4]}}", 4, "data_offsets")]
    [InlineData("{\"w\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,18446744073709551615]}}", 4, "offsets")]
    [InlineData("{\"w\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,4]}}", 4, "product")]
    [InlineData("{\"w\":{\"dtype\":\"F32\",\"shape\":[65536,65536],\"data_offsets\":[0,0]}}", 0, "product")]
    [InlineData("{\"w\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4],\"x\":0}}", 4, "'x'")]
    [InlineData("{W,\"v\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[8,12]}}", 12, "hole")]
    [InlineData("{W,\"v\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}}", 4, "overlap")]
    [InlineData("{W}", 8, "last tensor ends")]
    public void Broken_headers_are_explained(string header, int dataBytes, string named)
    {
        const string entry = "\"w\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}";
        byte[] bytes = FileOf(header.Replace("W", entry, StringComparison.Ordinal), dataBytes);

        InputException exception = Assert.Throws<InputException>(() => SafetensorsFile.Parse(bytes, "x.safetensors"));

        Assert.Contains(named, exception.Message, StringComparison.Ordinal);
        Assert.Contains("x.safetensors", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0UL)]
    [InlineData(3UL)]
    [InlineData(100_000_001UL)]
    [InlineData(ulong.MaxValue)]
    [InlineData(0x8000_0000UL)]
    public void Header_lengths_are_checked_against_the_file(ulong length)
    {
        byte[] bytes = FileOf("{}", 0);
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, length);

        Assert.Throws<InputException>(() => SafetensorsFile.Parse(bytes, "x"));
    }

    [Fact]
    public void Trailing_spaces_and_tensors_out_of_order_are_allowed()
    {
        byte[] bytes = FileOf(
            "{\"b\":{\"dtype\":\"I32\",\"shape\":[1],\"data_offsets\":[4,8]},"
            + "\"a\":{\"dtype\":\"I32\",\"shape\":[1],\"data_offsets\":[0,4]}}     ",
            8);
        bytes[^4] = 7;
        SafetensorsFile file = SafetensorsFile.Parse(bytes, "x");

        Assert.Equal(["b", "a"], file.Tensors.Keys);
        Assert.Equal(7, file["b"].ToInt64s()[0]);
    }

    [Fact]
    public void Sixty_four_dimensions_are_fine()
    {
        string shape = string.Join(',', Enumerable.Repeat("1", 64));
        byte[] bytes = FileOf("{\"w\":{\"dtype\":\"F64\",\"shape\":[" + shape + "],\"data_offsets\":[0,8]}}", 8);

        Assert.Equal(64, SafetensorsFile.Parse(bytes, "x")["w"].Shape.Length);
    }

    [Fact]
    public void A_missing_tensor_lists_those_there_are()
    {
        SafetensorsFile file = SafetensorsFile.Read(Path.Combine("Fixtures", "ncsn_h32.safetensors"));

        Assert.Contains(
            "'sigmas'", Assert.Throws<InputException>(() => file["sigma"]).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_writer_refuses_what_could_not_be_read()
    {
        string path = _folder.PathOf("a.safetensors");
        Tensor tensor = Tensor.FromSingles("w", [1], [1f]);

        Assert.Throws<InputException>(() => SafetensorsFile.Write(path, [], [tensor, tensor]));
        Assert.Throws<InputException>(() => SafetensorsFile.Write(path, [new("k", ""), new("k", "")], []));
        Assert.Throws<InputException>(
            () => SafetensorsFile.Write(path, [], [Tensor.FromSingles("__metadata__", [1], [1f])]));
        Assert.Throws<InputException>(() => SafetensorsFile.Write(path, [new("\ud800", "v")], []));
        Assert.Throws<InputException>(() => SafetensorsFile.Write(path, [], [Tensor.FromSingles("\ud800", [1], [1f])]));
        Assert.Throws<InputException>(() => Tensor.FromSingles("w", [2], [1f]));
        Assert.Throws<InputException>(() => Tensor.FromSingles("w", [-1, -1], [1f]));
        Assert.Empty(_folder.Files());
    }

    [Fact]
    public void Damaged_files_are_refused_or_read_but_never_crash()
    {
        string path = _folder.PathOf("seed.safetensors");
        SafetensorsFile.Write(
            path,
            [new("network", "toy")],
            [Tensor.FromSingles("a", [2, 2], [1f, 2f, 3f, 4f]), Tensor.FromInt64s("b", [3], [1, 2, 3])]);
        byte[] valid = File.ReadAllBytes(path);
        Random random = new(20260101);
        int refused = 0;
        for (int i = 0; i < 6000; i++)
        {
            try
            {
                foreach (Tensor tensor in SafetensorsFile.Parse(Mutations.Mutate(valid, random), "x").Tensors.Values)
                {
                    Assert.Equal(tensor.Count, tensor.ToDoubles().Length);
                    Assert.Equal(tensor.Count, tensor.ToSingles().Length);
                }
            }
            catch (InputException exception)
            {
                Assert.Contains("'x'", exception.Message, StringComparison.Ordinal);
                refused++;
            }
        }

        Assert.InRange(refused, 3000, 5990);
    }

    private static byte[] FileOf(string header, int dataBytes)
    {
        byte[] json = Encoding.UTF8.GetBytes(header);
        byte[] bytes = new byte[8 + json.Length + dataBytes];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, (ulong)json.Length);
        json.CopyTo(bytes, 8);
        return bytes;
    }
}
