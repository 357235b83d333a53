using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace ScoreGpu.Tests.Viz;

/// <summary>
/// Reads 8-bit PNGs by the standard, films among them, apart from the code that writes them: RGB, RGBA, and places in a
/// palette.
/// </summary>
internal sealed class PngDecoder
{
    private PngDecoder(int width, int height, int channels, int pixelsPerMetre, byte[] samples, byte[] palette)
    {
        Width = width;
        Height = height;
        Channels = channels;
        PixelsPerMetre = pixelsPerMetre;
        Samples = samples;
        Palette = palette;
    }

    public int Width { get; }

    public int Height { get; }

    public int Channels { get; }

    public int PixelsPerMetre { get; }

    public byte[] Samples { get; }

    /// <summary>Three bytes a colour; empty without a palette.</summary>
    public byte[] Palette { get; }

    public (byte R, byte G, byte B) this[int x, int y]
    {
        get
        {
            int at = ((y * Width) + x) * Channels;
            if (Channels == 1)
            {
                int entry = 3 * Samples[at];
                return (Palette[entry], Palette[entry + 1], Palette[entry + 2]);
            }

            return (Samples[at], Samples[at + 1], Samples[at + 2]);
        }
    }

    public static PngDecoder Decode(byte[] png)
    {
        List<(string Type, byte[] Data)> chunks = Chunks(png);
        Assert.DoesNotContain(chunks, chunk => chunk.Type is "acTL" or "fcTL" or "fdAT");
        return Image(chunks, [.. chunks.Where(chunk => chunk.Type == "IDAT").SelectMany(chunk => chunk.Data)]);
    }

    /// <summary>The frames of an animated PNG with their times in seconds; every frame covers the image.</summary>
    public static (List<PngDecoder> Frames, List<double> Seconds, int Plays) DecodeFilm(byte[] png)
    {
        List<(string Type, byte[] Data)> chunks = Chunks(png);
        byte[] header = chunks[0].Data;
        int control = chunks.FindIndex(chunk => chunk.Type == "acTL");
        Assert.InRange(control, 1, chunks.FindIndex(chunk => chunk.Type == "IDAT") - 1);
        Assert.Equal(8, chunks[control].Data.Length);
        List<PngDecoder> frames = [];
        List<double> seconds = [];
        List<byte> packed = [];
        int sequence = 0;
        foreach ((string type, byte[] data) in chunks)
        {
            switch (type)
            {
                case "fcTL":
                    Finish();
                    Assert.Equal(26, data.Length);
                    Assert.Equal(sequence++, BinaryPrimitives.ReadInt32BigEndian(data));
                    Assert.Equal(header[..8], data[4..12]);
                    Assert.Equal(new byte[8], data[12..20]);
                    Assert.Equal(0, data[24] | data[25]);
                    seconds.Add((double)BinaryPrimitives.ReadUInt16BigEndian(data.AsSpan(20))
                        / BinaryPrimitives.ReadUInt16BigEndian(data.AsSpan(22)));
                    break;
                case "IDAT":
                    Assert.Empty(frames);
                    packed.AddRange(data);
                    break;
                case "fdAT":
                    Assert.NotEmpty(frames);
                    Assert.Equal(sequence++, BinaryPrimitives.ReadInt32BigEndian(data));
                    packed.AddRange(data[4..]);
                    break;
                default:
                    break;
            }
        }

        Finish();
        Assert.Equal(frames.Count, BinaryPrimitives.ReadInt32BigEndian(chunks[control].Data));
        return (frames, seconds, BinaryPrimitives.ReadInt32BigEndian(chunks[control].Data.AsSpan(4)));

        void Finish()
        {
            if (packed.Count > 0)
            {
                frames.Add(Image(chunks, [.. packed]));
                packed.Clear();
            }

            Assert.Equal(seconds.Count, frames.Count);
        }
    }

    private static List<(string Type, byte[] Data)> Chunks(byte[] png)
    {
        Assert.Equal([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a], png[..8]);
        var chunks = new List<(string Type, byte[] Data)>();
        for (int at = 8; at < png.Length;)
        {
            int length = BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(at));
            uint crc = BinaryPrimitives.ReadUInt32BigEndian(png.AsSpan(at + 8 + length));
            Assert.Equal(BitwiseCrc(png.AsSpan(at + 4, length + 4)), crc);
            chunks.Add((Encoding.ASCII.GetString(png, at + 4, 4), png[(at + 8)..(at + 8 + length)]));
            at += 12 + length;
        }

        Assert.Equal("IHDR", chunks[0].Type);
        Assert.Equal("IEND", chunks[^1].Type);
        return chunks;
    }

    private static PngDecoder Image(List<(string Type, byte[] Data)> chunks, byte[] packed)
    {
        byte[] header = chunks[0].Data;
        Assert.Equal(8, header[8]);
        byte[] palette = chunks.Find(chunk => chunk.Type == "PLTE").Data ?? [];
        int channels = header[9] switch
        {
            2 => 3,
            3 => 1,
            6 => 4,
            _ => throw new InvalidDataException("Unexpected colour type."),
        };
        Assert.Equal(channels == 1, palette.Length > 0);
        int width = BinaryPrimitives.ReadInt32BigEndian(header);
        int height = BinaryPrimitives.ReadInt32BigEndian(header.AsSpan(4));
        byte[]? physical = chunks.Find(chunk => chunk.Type == "pHYs").Data;
        using var zlib = new ZLibStream(new MemoryStream(packed), CompressionMode.Decompress);
        using var raw = new MemoryStream();
        zlib.CopyTo(raw);
        byte[] samples = Unfilter(raw.ToArray(), width * channels, height, channels);
        int density = physical is null ? 0 : BinaryPrimitives.ReadInt32BigEndian(physical);
        return new PngDecoder(width, height, channels, density, samples, palette);
    }

    private static byte[] Unfilter(byte[] raw, int stride, int height, int channels)
    {
        Assert.Equal((stride + 1) * height, raw.Length);
        byte[] samples = new byte[stride * height];
        for (int y = 0; y < height; y++)
        {
            int filter = raw[y * (stride + 1)];
            for (int i = 0; i < stride; i++)
            {
                int a = i < channels ? 0 : samples[(y * stride) + i - channels];
                int b = y == 0 ? 0 : samples[((y - 1) * stride) + i];
                int c = y == 0 || i < channels ? 0 : samples[((y - 1) * stride) + i - channels];
                int p = a + b - c;
                (int pa, int pb, int pc) = (Math.Abs(p - a), Math.Abs(p - b), Math.Abs(p - c));
                int predicted = filter switch
                {
                    0 => 0,
                    1 => a,
                    2 => b,
                    3 => (a + b) / 2,
                    4 => pa <= pb && pa <= pc ? a : pb <= pc ? b : c,
                    _ => throw new InvalidDataException("Unknown filter."),
                };
                samples[(y * stride) + i] = (byte)(raw[(y * (stride + 1)) + 1 + i] + predicted);
            }
        }

        return samples;
    }

    private static uint BitwiseCrc(ReadOnlySpan<byte> data)
    {
        uint crc = uint.MaxValue;
        foreach (byte value in data)
        {
            crc ^= value;
            for (int bit = 0; bit < 8; bit++)
            {
                crc = (crc >> 1) ^ (0xedb88320 & (uint)-(int)(crc & 1));
            }
        }

        return ~crc;
    }
}
