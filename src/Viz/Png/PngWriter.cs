using System.Buffers.Binary;

namespace ScoreGpu.Viz.Png;

/// <summary>Writes 8-bit PNG images (ISO/IEC 15948), RGB, RGBA or with a palette.</summary>
internal static class PngWriter
{
    /// <summary>Encodes an image.</summary>
    /// <param name="width">Pixels a row.</param>
    /// <param name="height">Rows.</param>
    /// <param name="samples">[height, width, channels] bytes, row-major from the top.</param>
    /// <param name="channels">3 for RGB, 4 for RGBA.</param>
    /// <param name="dpi">The resolution recorded in the pHYs chunk, or 0 for none.</param>
    public static byte[] Encode(int width, int height, byte[] samples, int channels, double dpi = 0) => Encode(
        PngFrame.Compress(width, height, channels == 4 ? PngColour.Rgba : PngColour.Rgb, samples), [], dpi);

    /// <summary>Writes an image that is compressed already.</summary>
    /// <param name="frame">The image.</param>
    /// <param name="palette">The colours of one that has a palette, 256 at most.</param>
    /// <param name="dpi">The resolution, or 0 for none.</param>
    public static byte[] Encode(PngFrame frame, IReadOnlyList<Color> palette, double dpi = 0)
    {
        using var output = new MemoryStream();
        var chunks = new PngChunks(output);
        chunks.WriteStart(frame, palette);
        if (dpi > 0)
        {
            const double InchesPerMetre = 1 / 0.0254;
            Span<byte> physical = stackalloc byte[9];
            int perMetre = (int)Math.Round(dpi * InchesPerMetre);
            BinaryPrimitives.WriteInt32BigEndian(physical, perMetre);
            BinaryPrimitives.WriteInt32BigEndian(physical[4..], perMetre);
            physical[8] = 1;
            chunks.Write("pHYs"u8, physical);
        }

        chunks.Write("IDAT"u8, frame.Data);
        chunks.Write("IEND"u8, []);
        return output.ToArray();
    }
}
