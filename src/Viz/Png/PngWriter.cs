using System.Buffers.Binary;
using System.IO.Compression;

namespace ScoreGpu.Viz.Png;

/// <summary>Writes 8-bit PNG images (ISO/IEC 15948), RGB or RGBA.</summary>
internal static class PngWriter
{
    private static readonly uint[] s_crcTable = BuildCrcTable();

    /// <summary>Encodes an image.</summary>
    /// <param name="width">Pixels a row.</param>
    /// <param name="height">Rows.</param>
    /// <param name="samples">[height, width, channels] bytes, row-major from the top.</param>
    /// <param name="channels">3 for RGB, 4 for RGBA.</param>
    /// <param name="dpi">The resolution recorded in the pHYs chunk, or 0 for none.</param>
    public static byte[] Encode(int width, int height, ReadOnlySpan<byte> samples, int channels, double dpi = 0)
    {
        using var output = new MemoryStream();
        output.Write([0x89, (byte)'P', (byte)'N', (byte)'G', 0x0d, 0x0a, 0x1a, 0x0a]);
        Span<byte> header = stackalloc byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header[4..], height);
        header[8] = 8;
        header[9] = (byte)(channels == 4 ? 6 : 2);
        header[10..].Clear();
        WriteChunk(output, "IHDR"u8, header);
        if (dpi > 0)
        {
            const double InchesPerMetre = 1 / 0.0254;
            Span<byte> physical = stackalloc byte[9];
            int perMetre = (int)Math.Round(dpi * InchesPerMetre);
            BinaryPrimitives.WriteInt32BigEndian(physical, perMetre);
            BinaryPrimitives.WriteInt32BigEndian(physical[4..], perMetre);
            physical[8] = 1;
            WriteChunk(output, "pHYs"u8, physical);
        }

        WriteChunk(output, "IDAT"u8, Compress(Filter(samples, width * channels, height, channels)));
        WriteChunk(output, "IEND"u8, []);
        return output.ToArray();
    }

    private static void WriteChunk(Stream output, ReadOnlySpan<byte> type, ReadOnlySpan<byte> data)
    {
        Span<byte> word = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(word, data.Length);
        output.Write(word);
        output.Write(type);
        output.Write(data);
        BinaryPrimitives.WriteUInt32BigEndian(word, ~Crc(Crc(uint.MaxValue, type), data));
        output.Write(word);
    }

    private static byte[] Compress(byte[] data)
    {
        using var buffer = new MemoryStream();
        using (var zlib = new ZLibStream(buffer, CompressionLevel.Optimal, leaveOpen: true))
        {
            zlib.Write(data);
        }

        return buffer.ToArray();
    }

    /// <summary>
    /// Prefixes each row with the filter whose residuals have the smallest sum, as the standard advises.
    /// </summary>
    private static byte[] Filter(ReadOnlySpan<byte> samples, int stride, int height, int pixelBytes)
    {
        byte[] filtered = new byte[(stride + 1) * height];
        byte[] best = new byte[stride];
        byte[] trial = new byte[stride];
        byte[] zeros = new byte[stride];
        for (int y = 0; y < height; y++)
        {
            ReadOnlySpan<byte> row = samples.Slice(y * stride, stride);
            ReadOnlySpan<byte> above = y == 0 ? zeros : samples.Slice((y - 1) * stride, stride);
            long bestSum = long.MaxValue;
            int bestFilter = 0;
            for (int filter = 0; filter <= 4 && bestSum > 0; filter++)
            {
                long sum = ApplyFilter(filter, row, above, pixelBytes, trial);
                if (sum < bestSum)
                {
                    (best, trial, bestSum, bestFilter) = (trial, best, sum, filter);
                }
            }

            filtered[y * (stride + 1)] = (byte)bestFilter;
            best.CopyTo(filtered.AsSpan((y * (stride + 1)) + 1));
        }

        return filtered;
    }

    private static long ApplyFilter(
        int filter, ReadOnlySpan<byte> row, ReadOnlySpan<byte> above, int pixelBytes, Span<byte> residuals)
    {
        long sum = 0;
        for (int i = 0; i < row.Length; i++)
        {
            int left = i < pixelBytes ? 0 : row[i - pixelBytes];
            int up = above[i];
            int corner = i < pixelBytes ? 0 : above[i - pixelBytes];
            int predicted = filter switch
            {
                1 => left,
                2 => up,
                3 => (left + up) / 2,
                4 => Paeth(left, up, corner),
                _ => 0,
            };
            byte residual = (byte)(row[i] - predicted);
            residuals[i] = residual;
            sum += Math.Min(residual, 256 - residual);
        }

        return sum;
    }

    private static int Paeth(int left, int up, int corner)
    {
        int estimate = left + up - corner;
        int toLeft = Math.Abs(estimate - left);
        int toUp = Math.Abs(estimate - up);
        int toCorner = Math.Abs(estimate - corner);
        return toLeft <= toUp && toLeft <= toCorner ? left : toUp <= toCorner ? up : corner;
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
