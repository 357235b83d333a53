using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace ScoreGpu.Kernels.Cpu;

/// <summary>A segment to draw, as places (<see cref="CanvasShape"/>).</summary>
/// <param name="X0">Where it starts.</param>
/// <param name="Y0">Where it starts.</param>
/// <param name="X1">Where it ends.</param>
/// <param name="Y1">Where it ends.</param>
/// <param name="Colour">c₀ + 2⁸·c₁ + 2¹⁶·c₂.</param>
public readonly record struct Segment(int X0, int Y0, int X1, int Y1, uint Colour);

/// <summary>Draws segments into windows of 64 × 64 pixels of an image; see <see cref="SegmentLine"/>.</summary>
/// <remarks>
/// A window has four 32-bit sums a pixel, one 128-bit vector: the weight, and three components of the colour times the
/// weight. It has a pixel of margin, so that a column is looked at once, not each of its two pixels:
/// <code>
///   ┌─ ─ ─ ─ ─ ─ ─┐     68 KiB, in the nearest caches while some hundred segments are drawn;
///   │ ┌─────────┐ │
///     │ 64 × 64 │       then added to the image, whose sums have 64 bits, from row to row.
///   │ └─────────┘ │
///   └─ ─ ─ ─ ─ ─ ─┘
/// </code>
/// All of it is whole numbers: the same bits for every width of vectors.
/// </remarks>
public static unsafe class SegmentKernel
{
    /// <summary>Sums a pixel.</summary>
    public const int Channels = 4;

    /// <summary>A window is 2 to the power of this wide and high.</summary>
    public const int WindowBits = 6;

    /// <summary>Pixels of a window's row.</summary>
    public const int WindowSize = 1 << WindowBits;

    /// <summary>Words of a window with its margin.</summary>
    public const int WindowWords = Pitch * Pitch * Channels;

    /// <summary>Segments that a window takes before a sum may pass 32 bits: each adds at most 182·255.</summary>
    public const int MostSegments = 92_000;

    private const int Pitch = WindowSize + 2;

    /// <summary>The places of a tile row's 64 coordinates.</summary>
    /// <param name="coordinates">The coordinates.</param>
    /// <param name="scale">Places a unit.</param>
    /// <param name="offset">The place of zero.</param>
    /// <param name="places">Receives <see cref="CanvasShape.Place"/> of each.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Place(float* coordinates, float scale, float offset, int* places)
    {
        var farthest = Vector256.Create((float)CanvasShape.Farthest);
        var nowhere = Vector256.Create(CanvasShape.Nowhere);
        for (int n = 0; n < Tile.Width; n += Vector256<float>.Count)
        {
            // Not the tile kernels' MultiplyAdd, which may round twice.
            var place = Vector256.Round(Vector256.FusedMultiplyAdd(
                Vector256.Load(coordinates + n), Vector256.Create(scale), Vector256.Create(offset)));
            var near = Vector256.LessThanOrEqual(Vector256.Abs(place), farthest).AsInt32();
            Vector256.ConditionalSelect(near, Vector256.ConvertToInt32(place), nowhere).Store(places + n);
        }
    }

    /// <summary>Draws the part of each segment that lies in a window.</summary>
    /// <param name="segments">The segments, at most <see cref="MostSegments"/> until the window is emptied.</param>
    /// <param name="left">The image's column at the window's left.</param>
    /// <param name="top">The image's row at the window's top.</param>
    /// <param name="window">The window, <see cref="WindowWords"/>.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Draw(ReadOnlySpan<Segment> segments, int left, int top, uint* window)
    {
        int x = left << CanvasShape.PlaceBits;
        int y = top << CanvasShape.PlaceBits;
        foreach (ref readonly var segment in segments)
        {
            // Moving a line by whole pixels changes none of its numbers.
            var line = SegmentLine.Between(segment.X0 - x, segment.Y0 - y, segment.X1 - x, segment.Y1 - y);
            var colour = Vector128.Create(
                1u, segment.Colour & 255, (segment.Colour >> 8) & 255, (segment.Colour >> 16) & 255);
            bool alongX = line.AlongX != 0;
            Draw(
                line,
                colour,
                window + ((Pitch + 1) * Channels),
                alongX ? Channels : Pitch * Channels,
                alongX ? Pitch * Channels : Channels);
        }
    }

    /// <summary>Adds a window to an image, and sets it to zero.</summary>
    /// <param name="window">The window.</param>
    /// <param name="sums">The image at the window's upper left pixel, four sums a pixel.</param>
    /// <param name="imageWidth">Pixels in a row of the image.</param>
    /// <param name="width">Columns of the window that the image has.</param>
    /// <param name="height">Rows of the window that the image has.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Empty(uint* window, ulong* sums, int imageWidth, int width, int height)
    {
        for (int y = 0; y < height; y++)
        {
            uint* from = window + ((((y + 1) * Pitch) + 1) * Channels);
            ulong* to = sums + ((nint)y * imageWidth * Channels);
            for (int i = 0; i < width * Channels; i += Channels)
            {
                (var low, var high) = Vector128.Widen(Vector128.Load(from + i));
                (Vector128.Load(to + i) + low).Store(to + i);
                (Vector128.Load(to + i + 2) + high).Store(to + i + 2);
            }
        }

        new Span<uint>(window, WindowWords).Clear();
    }

    /// <summary>Draws a line whose columns, and the pixels of them, are some words apart.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Draw(
        in SegmentLine line, Vector128<uint> colour, uint* window, nint columnStep, nint pixelStep)
    {
        int first = Math.Max(0, line.FirstColumn);
        int last = Math.Min(WindowSize - 1, line.LastColumn);
        if (first > last)
        {
            return;
        }

        int enters = line.Enters(first);
        long weightBefore = line.WeightTo(enters);
        for (int column = first; column <= last; column++)
        {
            int leaves = line.Leaves(column);
            long weightAfter = line.WeightTo(leaves);
            int weight = (int)(weightAfter - weightBefore);
            int side = line.SideBetween(enters, leaves);
            int pixel = side >> CanvasShape.PlaceBits;
            if ((uint)(pixel + 1) <= WindowSize)
            {
                int farther = ((weight * (side & 255)) + 128) >> 8;
                uint* at = window + (column * columnStep) + (pixel * pixelStep);
                (Vector128.Load(at) + (colour * (uint)(weight - farther))).Store(at);
                (Vector128.Load(at + pixelStep) + (colour * (uint)farther)).Store(at + pixelStep);
            }

            enters = leaves;
            weightBefore = weightAfter;
        }
    }
}
