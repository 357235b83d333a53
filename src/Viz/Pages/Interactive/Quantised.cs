using System.Buffers.Binary;
using System.Text.Json.Nodes;

namespace ScoreGpu.Viz.Pages.Interactive;

/// <summary>Numbers in few bits and Base64, as interactive figures embed them; <c>interactive.js</c> reads them.
/// </summary>
internal static class Quantised
{
    private const int Top12 = (1 << 12) - 1;

    /// <summary>
    /// Vectors in 16 bits a component: [frames, count, 2], little-endian, in units of the frame's largest component
    /// over 32,767. A frame of zeros has the unit 0.
    /// </summary>
    /// <returns>The integers, and the frames' largest components.</returns>
    public static (string Base64, JsonArray Scales) Signed16(IReadOnlyList<Points> frames)
    {
        byte[] bytes = new byte[frames.Sum(frame => 4 * frame.Count)];
        JsonArray scales = [];
        int at = 0;
        foreach (Points frame in frames)
        {
            double scale = frame.X.Concat(frame.Y).Max(Math.Abs);
            scales.Add(scale);
            double perUnit = scale == 0.0 ? 0.0 : short.MaxValue / scale;
            for (int i = 0; i < frame.Count; i++, at += 4)
            {
                BinaryPrimitives.WriteInt16LittleEndian(bytes.AsSpan(at), Round(frame.X[i] * perUnit));
                BinaryPrimitives.WriteInt16LittleEndian(bytes.AsSpan(at + 2), Round(frame.Y[i] * perUnit));
            }
        }

        return (Convert.ToBase64String(bytes), scales);

        static short Round(double value) => (short)Math.Round(value);
    }

    /// <summary>Values from 0 to each frame's peak in 8 bits: [frames, values]; negative ones are 0.</summary>
    public static string Unsigned8(IEnumerable<double[]> frames) => Convert.ToBase64String([.. frames.SelectMany(frame =>
    {
        double peak = frame.Max();
        double perUnit = peak > 0.0 ? byte.MaxValue / peak : 0.0;
        return frame.Select(value => (byte)Math.Round(Math.Max(0.0, value) * perUnit));
    })]);

    /// <summary>
    /// Positions in 12 bits a coordinate, over twice the view both ways: each position is three bytes, x in the low 12
    /// bits. One further out is held at the edge, which is out of sight.
    /// </summary>
    public static string Positions(float[] rowMajor, PlaneView view)
    {
        byte[] bytes = new byte[rowMajor.Length / 2 * 3];
        for (int i = 0; i < rowMajor.Length / 2; i++)
        {
            Pack(bytes.AsSpan(3 * i), rowMajor[2 * i], rowMajor[(2 * i) + 1], view);
        }

        return Convert.ToBase64String(bytes);
    }

    /// <summary>The same of points.</summary>
    public static string Positions(Points points, PlaneView view)
    {
        byte[] bytes = new byte[3 * points.Count];
        for (int i = 0; i < points.Count; i++)
        {
            Pack(bytes.AsSpan(3 * i), points.X[i], points.Y[i], view);
        }

        return Convert.ToBase64String(bytes);
    }

    private static void Pack(Span<byte> place, double x, double y, PlaneView view)
    {
        int packed = Code(x, view.XMin, view.XMax) | (Code(y, view.YMin, view.YMax) << 12);
        (place[0], place[1], place[2]) = ((byte)packed, (byte)(packed >> 8), (byte)(packed >> 16));
    }

    private static int Code(double value, double min, double max)
    {
        double share = (value - min) / (max - min);
        return (int)Math.Round(Math.Clamp((share + 0.5) / 2.0, 0.0, 1.0) * Top12);
    }
}
