using System.Buffers.Binary;

namespace ScoreGpu.Viz.Png;

/// <summary>Writes films as animated PNG (W3C, Portable Network Graphics, third edition, 2025, clause 11.3.8).</summary>
/// <remarks>
/// A reader that knows no films shows the first frame: it is the image itself, in IDAT. An acTL chunk before it says how
/// many frames there are; each frame has an fcTL chunk with its place and its time, and those after the first keep their
/// data in fdAT chunks. fcTL and fdAT are numbered in one row.
/// </remarks>
internal static class ApngWriter
{
    /// <summary>Writes a film that plays again and again.</summary>
    /// <param name="frames">Its frames, at least one, all of one size and kind.</param>
    /// <param name="palette">The colours of frames that have a palette, 256 at most.</param>
    /// <param name="framesPerSecond">Frames a second, 1 to 65,535.</param>
    /// <param name="holdSeconds">How much longer the last frame stays.</param>
    public static byte[] Encode(
        IReadOnlyList<PngFrame> frames, IReadOnlyList<Color> palette, int framesPerSecond, double holdSeconds)
    {
        using var output = new MemoryStream();
        var chunks = new PngChunks(output);
        chunks.WriteStart(frames[0], palette);
        Span<byte> animation = stackalloc byte[8];
        BinaryPrimitives.WriteInt32BigEndian(animation, frames.Count);

        // 0 plays: for ever.
        BinaryPrimitives.WriteInt32BigEndian(animation[4..], 0);
        chunks.Write("acTL"u8, animation);
        int sequence = 0;
        for (int i = 0; i < frames.Count; i++)
        {
            bool isLast = i == frames.Count - 1;
            WriteControl(chunks, sequence++, frames[i], framesPerSecond, isLast ? holdSeconds : 0);
            if (i == 0)
            {
                chunks.Write("IDAT"u8, frames[i].Data);
                continue;
            }

            byte[] data = new byte[frames[i].Data.Length + sizeof(int)];
            BinaryPrimitives.WriteInt32BigEndian(data, sequence++);
            frames[i].Data.CopyTo(data, sizeof(int));
            chunks.Write("fdAT"u8, data);
        }

        chunks.Write("IEND"u8, []);
        return output.ToArray();
    }

    private static void WriteControl(
        PngChunks chunks, int sequence, PngFrame frame, int framesPerSecond, double moreSeconds)
    {
        // Places, disposal and blending stay 0: the whole image, kept until the next one replaces it.
        Span<byte> control = stackalloc byte[26];
        control.Clear();
        BinaryPrimitives.WriteInt32BigEndian(control, sequence);
        BinaryPrimitives.WriteInt32BigEndian(control[4..], frame.Width);
        BinaryPrimitives.WriteInt32BigEndian(control[8..], frame.Height);
        double delay = 1 + (moreSeconds * framesPerSecond);
        BinaryPrimitives.WriteUInt16BigEndian(control[20..], (ushort)Math.Min(ushort.MaxValue, Math.Round(delay)));
        BinaryPrimitives.WriteUInt16BigEndian(control[22..], (ushort)framesPerSecond);
        chunks.Write("fcTL"u8, control);
    }
}
