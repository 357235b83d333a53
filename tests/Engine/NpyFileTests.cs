using System.Buffers.Binary;
using System.Text;
using ScoreGpu.Engine;
using ScoreGpu.Engine.Files;

namespace ScoreGpu.Tests.Engine;

public sealed class NpyFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    // The bytes that numpy.save wrote for np.array([[1, 2], [3, 4]], dtype="<f4"), spelled out.
    [Fact]
    public void Writes_the_bytes_that_NumPy_writes()
    {
        string path = _folder.PathOf("a.npy");
        NpyFile.Write(path, [1f, 2f, 3f, 4f], 2, 2);
        byte[] bytes = File.ReadAllBytes(path);

        const string dict = "{'descr': '<f4', 'fortran_order': False, 'shape': (2, 2), }";
        Assert.Equal([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0, 118, 0], bytes[..10]);
        Assert.Equal(dict.PadRight(117) + "\n", Encoding.ASCII.GetString(bytes, 10, 118));
        Assert.Equal([0, 0, 128, 63, 0, 0, 0, 64, 0, 0, 64, 64, 0, 0, 128, 64], bytes[128..]);
    }

    [Theory]
    [InlineData(new int[0])]
    [InlineData(new[] { 6 })]
    [InlineData(new[] { 2, 3 })]
    [InlineData(new[] { 0, 5 })]
    [InlineData(new[] { 1, 3, 1, 2 })]
    public void What_is_written_is_read_back(int[] shape)
    {
        string path = _folder.PathOf("a.npy");
        float[] values = Enumerable.Range(0, shape.Aggregate(1, (a, b) => a * b)).Select(i => i * 0.1f).ToArray();
        NpyFile.Write(path, values, shape);
        Tensor array = NpyFile.Read(path);

        Assert.Equal(shape, array.Shape);
        Assert.Equal(values, array.ToSingles());
        Assert.Equal(0, (new FileInfo(path).Length - (4 * values.Length)) % 64);
    }

    [Fact]
    public void Sixty_four_dimensions_are_fine()
    {
        string path = _folder.PathOf("a.npy");
        NpyFile.Write(path, [3.5], [.. Enumerable.Repeat(1, 64)]);

        Assert.Equal(64, NpyFile.Read(path).Shape.Length);
        Assert.Equal(TensorType.F64, NpyFile.Read(path).DType);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void All_versions_are_read(int version)
    {
        byte[] data = new byte[16];
        BinaryPrimitives.WriteInt64LittleEndian(data, -5);
        BinaryPrimitives.WriteInt64LittleEndian(data.AsSpan(8), 1L << 40);
        Tensor array = NpyFile.Parse(
            FileOf("{\"shape\":(2,),\"fortran_order\":False,\"descr\":\"<i8\"}\n", data, version), "x");

        Assert.Equal([-5, 1L << 40], array.ToInt64s());
    }

    // numpy.asfortranarray(np.arange(24).reshape(2, 3, 4)) stores 0, 12, 4, 16, …
    [Fact]
    public void Fortran_order_becomes_row_major()
    {
        byte[] data = new byte[24 * 4];
        for (int k = 0; k < 4; k++)
        {
            for (int j = 0; j < 3; j++)
            {
                for (int i = 0; i < 2; i++)
                {
                    int offset = i + (2 * j) + (6 * k);
                    BinaryPrimitives.WriteInt32LittleEndian(data.AsSpan(4 * offset), (12 * i) + (4 * j) + k);
                }
            }
        }

        Tensor array = NpyFile.Parse(
            FileOf("{'descr': '<i4', 'fortran_order': True, 'shape': (2, 3, 4), }\n", data), "x");
        Assert.Equal(Enumerable.Range(0, 24).Select(i => (long)i), array.ToInt64s());
    }

    [Theory]
    [InlineData("{'descr': '>f4', 'fortran_order': False, 'shape': (1,), }", ">f4")]
    [InlineData("{'descr': '<c8', 'fortran_order': False, 'shape': (1,), }", "<c8")]
    [InlineData("{'descr': [('a', '<f4')], 'fortran_order': False, 'shape': (1,), }", "quoted string")]
    [InlineData("{'descr': '<f4', 'fortran_order': 0, 'shape': (1,), }", "True or False")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (1), }", "comma after")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': 1, }", "'('")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (-1,), }", "whole number")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (1.0,), }", "comma")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (,), }", "whole number")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (99999999999,), }", "whole number")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (65536, 65536, 65536, 65536), }", "product")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (2,), }", "product")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, }", "all of")]
    [InlineData("{'descr': '<f4', 'descr': '<f4', 'shape': (1,), }", "once")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (1,), 'x': 1}", "'x'")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (1,), } 1", "after the dict")]
    [InlineData("{'descr': '<f4' 'fortran_order': False, 'shape': (1,), }", "','")]
    [InlineData("{'descr': '<f4", "closing quote")]
    [InlineData("{'de\\x41scr': '<f4'}", "escapes")]
    [InlineData("", "it ends")]
    [InlineData("__import__('os')", "'{'")]
    public void Broken_headers_are_explained(string header, string named)
    {
        InputException exception = Assert.Throws<InputException>(
            () => NpyFile.Parse(FileOf(header + "\n", new byte[4]), "x.npy"));

        Assert.Contains(named, exception.Message, StringComparison.Ordinal);
        Assert.Contains("x.npy", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Broken_prefixes_are_refused()
    {
        byte[] valid = FileOf("{'descr': '<f4', 'fortran_order': False, 'shape': (1,), }\n", new byte[4]);
        for (int length = 0; length < valid.Length; length++)
        {
            Assert.Throws<InputException>(() => NpyFile.Parse(valid.AsMemory(0, length), "x"));
        }

        Assert.Throws<InputException>(() => NpyFile.Parse(valid.Append((byte)0).ToArray(), "x"));
        byte[] unknown = [.. valid];
        unknown[6] = 4;
        Assert.Throws<InputException>(() => NpyFile.Parse(unknown, "x"));
        byte[] huge = FileOf("{}\n", [], 2);
        BinaryPrimitives.WriteUInt32LittleEndian(huge.AsSpan(8), uint.MaxValue);
        Assert.Throws<InputException>(() => NpyFile.Parse(huge, "x"));
    }

    [Theory]
    [InlineData("False")]
    [InlineData("True")]
    public void Damaged_files_are_refused_or_read_but_never_crash(string fortran)
    {
        byte[] valid = FileOf(
            "{'descr': '<f4', 'fortran_order': " + fortran + ", 'shape': (3, 2), }      \n", new byte[24]);
        Random random = new(77);
        int refused = 0;
        for (int i = 0; i < 4000; i++)
        {
            try
            {
                Tensor array = NpyFile.Parse(Mutations.Mutate(valid, random), "x");
                Assert.Equal(array.Count, array.ToDoubles().Length);
            }
            catch (InputException exception)
            {
                Assert.Contains("'x'", exception.Message, StringComparison.Ordinal);
                refused++;
            }
        }

        Assert.InRange(refused, 2000, 3990);
    }

    private static byte[] FileOf(string header, byte[] data, int version = 1)
    {
        byte[] text = Encoding.Latin1.GetBytes(header);
        byte[] length = new byte[version == 1 ? 2 : 4];
        if (version == 1)
        {
            BinaryPrimitives.WriteUInt16LittleEndian(length, (ushort)text.Length);
        }
        else
        {
            BinaryPrimitives.WriteUInt32LittleEndian(length, (uint)text.Length);
        }

        return [0x93, .. "NUMPY"u8, (byte)version, 0, .. length, .. text, .. data];
    }
}
