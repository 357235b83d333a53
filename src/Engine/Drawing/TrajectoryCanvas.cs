using System.Buffers.Binary;
using System.Runtime.InteropServices;
using ScoreGpu.Engine.Files;
using ScoreGpu.Kernels;
using ScoreGpu.Kernels.Cpu;

namespace ScoreGpu.Engine.Drawing;

/// <summary>An image that devices draw trajectories into while they sample, as sums of whole numbers.</summary>
/// <remarks>
/// A segment between two states weighs <see cref="WeightOfPixel"/> a pixel of its length; <see cref="SegmentLine"/> says
/// which pixels receive it. A pixel holds Σ w and Σ w·c for the three components of the colour, 32 bytes; the mean
/// colour is their ratio. Whole numbers add up to the same in any order, so an image of the same trajectories has the
/// same bits, however they were shared out among threads, batches and devices. Tone mapping comes afterwards.
/// </remarks>
public sealed unsafe class TrajectoryCanvas
{
    /// <summary>The most pixels in a row or a column.</summary>
    public const int MaxSize = 16384;

    /// <summary>Sums a pixel: Σ w, Σ w·c₀, Σ w·c₁, Σ w·c₂.</summary>
    public const int Channels = SegmentKernel.Channels;

    /// <summary>The weight of a line of the length of a pixel.</summary>
    public const int WeightOfPixel = SegmentLine.WeightOfPixel;

    private const int Unit = 1 << CanvasShape.PlaceBits;
    private const int Alignment = 64;

    private readonly ulong[] _sums;
    private readonly int _first;

    /// <summary>Makes an empty image.</summary>
    /// <param name="width">Pixels in a row, 1 to <see cref="MaxSize"/>.</param>
    /// <param name="height">Rows of pixels, 1 to <see cref="MaxSize"/>.</param>
    /// <param name="view">What it shows.</param>
    /// <param name="colouring">What its colours say.</param>
    /// <exception cref="InputException">A size, an axis or an edge is out of range.</exception>
    public TrajectoryCanvas(int width, int height, CanvasView view, TrajectoryColouring colouring)
    {
        ArgumentNullException.ThrowIfNull(colouring);
        RequireSize("width", width);
        RequireSize("height", height);
        if (view.AxisX < 0 || view.AxisY < 0 || view.AxisX == view.AxisY)
        {
            throw InputException.For("axes", $"{view.AxisX} and {view.AxisY}", "two different coordinates, from 0");
        }

        (float scaleX, float offsetX) = Map("horizontal", view.Left, view.Right, width);
        (float scaleY, float offsetY) = Map("vertical", view.Bottom, view.Top, height);
        Width = width;
        Height = height;
        View = view;
        Colouring = colouring;

        // Rows count downwards: y is mirrored.
        Shape = new CanvasShape(
            width, height, view.AxisX, view.AxisY, scaleX, offsetX, -scaleY, (Unit * height) - offsetY);
        long values = (long)width * height * Channels;
        _sums = GC.AllocateArray<ulong>(checked((int)(values + (Alignment / sizeof(ulong)))), pinned: true);
        fixed (ulong* start = _sums)
        {
            _first = (int)((Alignment - ((long)start % Alignment)) % Alignment) / sizeof(ulong);
        }
    }

    /// <summary>Pixels in a row.</summary>
    public int Width { get; }

    /// <summary>Rows of pixels.</summary>
    public int Height { get; }

    /// <summary>What it shows.</summary>
    public CanvasView View { get; }

    /// <summary>What its colours say.</summary>
    public TrajectoryColouring Colouring { get; }

    /// <summary>Segments so far: trajectories times rows.</summary>
    public long Segments { get; private set; }

    /// <summary>
    /// Segments left out because one end was not finite, or more than 524,288 pixels from the image's corner.
    /// </summary>
    public long Skipped { get; private set; }

    /// <summary>The sums, [Height, Width, <see cref="Channels"/>], the upper left pixel first.</summary>
    public ReadOnlySpan<ulong> Sums => Values;

    /// <summary>How states become places.</summary>
    internal CanvasShape Shape { get; }

    /// <summary>The rule of the colours.</summary>
    internal SegmentColours Rule => Colouring switch
    {
        TimeColouring => new SegmentColours(SegmentColours.ByTime, Colouring.Palette.Count, 1),
        SpeedColouring speed => new SegmentColours(
            SegmentColours.BySpeed, Colouring.Palette.Count, (long)Math.Round(WeightOfPixel * speed.FullPixels)),
        _ => new SegmentColours(SegmentColours.ByEnd, Colouring.Palette.Count, 1),
    };

    /// <summary>The centres of the ends, or none.</summary>
    internal float[] Centres => Colouring is EndColouring end ? [.. end.Centres] : [];

    /// <summary>The palette as words, c₀ + 2⁸·c₁ + 2¹⁶·c₂.</summary>
    internal uint[] Palette =>
        [.. Colouring.Palette.Select(c => c.First | ((uint)c.Second << 8) | ((uint)c.Third << 16))];

    /// <summary>The sums, to add to. They stay where they are.</summary>
    internal Span<ulong> Values => _sums.AsSpan(_first, Width * Height * Channels);

    /// <summary>The sums as a tensor of 64-bit integers, [Height, Width, <see cref="Channels"/>].</summary>
    /// <param name="name">The tensor's name.</param>
    /// <exception cref="InputException">It would take over 2 GiB.</exception>
    public Tensor ToTensor(string name) => Tensor.FromInt64s(
        name, [Height, Width, Channels], MemoryMarshal.Cast<ulong, long>(Values));

    /// <summary>Adds an image of other trajectories of the same run: whole numbers, so that the order does not matter.
    /// </summary>
    /// <param name="sums">Its sums, as <see cref="ToTensor"/> gives them.</param>
    /// <param name="segments">Its segments.</param>
    /// <param name="skipped">Those that were left out.</param>
    /// <exception cref="InputException">The tensor is of another type or shape.</exception>
    public void Add(Tensor sums, long segments, long skipped)
    {
        ArgumentNullException.ThrowIfNull(sums);
        if (sums.DType != TensorType.I64 || !sums.Shape.AsSpan().SequenceEqual([Height, Width, Channels]))
        {
            throw InputException.For(
                $"the tensor '{sums.Name}'",
                $"{sums.DType} [{string.Join(", ", sums.Shape)}]",
                $"I64 [{Height}, {Width}, {Channels}]");
        }

        ReadOnlySpan<byte> bytes = sums.Bytes;
        Span<ulong> values = Values;
        for (int i = 0; i < values.Length; i++)
        {
            values[i] += BinaryPrimitives.ReadUInt64LittleEndian(bytes[(sizeof(ulong) * i)..]);
        }

        Count(segments, skipped);
    }

    /// <summary>Counts what was drawn.</summary>
    internal void Count(long segments, long skipped)
    {
        Segments += segments;
        Skipped += skipped;
    }

    private static void RequireSize(string name, int size)
    {
        if (size is < 1 or > MaxSize)
        {
            throw InputException.For(name, size, $"1 to {MaxSize} pixels");
        }
    }

    private static (float Scale, float Offset) Map(string name, double low, double high, int size)
    {
        float scale = (float)(Unit * size / (high - low));
        float offset = (float)(-low * (Unit * size / (high - low)));
        bool ordered = double.IsFinite(low) && double.IsFinite(high) && low < high;
        return ordered && scale > 0f && float.IsFinite(scale) && float.IsFinite(offset)
            ? (scale, offset)
            : throw InputException.For(
                $"the {name} edges", $"{low} and {high}", "two finite numbers, the smaller first, not too close");
    }
}
