using System.Buffers.Binary;
using System.IO.Compression;

namespace ScoreGpu.Viz.Png;

/// <summary>The chunks that a PNG is made of: length, type, data and checksum.</summary>
/// <param name="output">Receives the file.</param>
internal sealed class PngChunks(Stream output)
{
    private static readonly uint[] s_crcTable = BuildCrcTable();

    /// <summary>Writes what every PNG starts with, the header among it, and the palette where there is one.</summary>
    /// <param name="frame">The image, or any frame of a film.</param>
    /// <param name="palette">Its colours; none for an image without, or where they follow later.</param>
    public void WriteStart(PngFrame frame, IReadOnlyList<Color> palette)
    {
        output.Write([0x89, (byte)'P', (byte)'N', (byte)'G', 0x0d, 0x0a, 0x1a, 0x0a]);
        Span<byte> header = stackalloc byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, frame.Width);
        BinaryPrimitives.WriteInt32BigEndian(header[4..], frame.Height);
        header[8] = 8;
        header[9] = (byte)frame.Colour;
        header[10..].Clear();
        Write("IHDR"u8, header);
        if (palette.Count > 0)
        {
            Write("PLTE"u8, [.. palette.SelectMany(color => (byte[])[color.R, color.G, color.B])]);
        }
    }

    /// <summary>Writes a chunk.</summary>
    /// <param name="type">Four letters.</param>
    /// <param name="data">What is in it.</param>
    public void Write(ReadOnlySpan<byte> type, ReadOnlySpan<byte> data)
    {
        Span<byte> word = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(word, data.Length);
        output.Write(word);
        output.Write(type);
        output.Write(data);
        BinaryPrimitives.WriteUInt32BigEndian(word, ~Crc(Crc(uint.MaxValue, type), data));
        output.Write(word);
    }

    /// <summary>Filtered rows as the data of an image.</summary>
    public static byte[] Compress(byte[] data)
    {
        using var buffer = new MemoryStream();
        using (var zlib = new ZLibStream(buffer, CompressionLevel.Optimal, leaveOpen: true))
        {
            zlib.Write(data);
        }

        return buffer.ToArray();
    }

    private static uint Crc(uint crc, ReadOnlySpan<byte> data)
    {
        foreach (byte value in data)
        {
            crc = s_crcTable[(crc ^ value) & 0xff] ^ (crc >> 8);
        }

        return crc;
    }

    private static uint[] BuildCrcTable()
    {
        const uint Polynomial = 0xedb88320;
        uint[] table = new uint[256];
        for (uint n = 0; n < 256; n++)
        {
            uint value = n;
            for (int bit = 0; bit < 8; bit++)
            {
                value = (value & 1) == 1 ? Polynomial ^ (value >> 1) : value >> 1;
            }

            table[n] = value;
        }

        return table;
    }
}
