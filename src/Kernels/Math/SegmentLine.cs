namespace ScoreGpu.Kernels;

/// <summary>A segment between two places (<see cref="CanvasShape"/>) as an anti-aliased line, in whole numbers.</summary>
/// <remarks>
/// The line runs along the axis on which it is longer, from a to b &gt; a; s(u) is its other coordinate. Each pixel
/// column i that it passes, from lo = max(a, 256·i) to hi = min(b, 256·i + 256), receives the weight
/// <code>
///   t = T(hi) − T(lo),   T(u) = ⌊(u − a)·G / 2¹³⌋
/// </code>
/// which is shared between the two pixels whose centres are nearest to the line in the middle of that part:
/// <code>
///   v = s((lo + hi) / 2) − 128,   j = ⌊v / 256⌋,   f = v mod 256
///   pixel j + 1 takes ⌊(t·f + 128) / 256⌋,   pixel j the rest
/// </code>
/// G is 4096·√(1 + r²) for the slope r, to 0.4 %, as 4096·(1 + r²·(0.502 − 0.0835·|r|)). So a line weighs 128 a pixel
/// of its length, whatever its direction; its ends are anti-aliased too; and since T telescopes, the weights of the
/// columns add up to T(b), with nothing lost to rounding. A line drawn backwards is the same line. The rule is Wu's, but
/// for the ends and the weight by length.
/// Wu, "An efficient antialiasing technique", SIGGRAPH 1991.
/// </remarks>
/// <param name="AlongX">1 where it runs along x, 0 along y.</param>
/// <param name="From">a.</param>
/// <param name="To">b; a for a segment of no length.</param>
/// <param name="Side">s(a).</param>
/// <param name="Slope">The slope of s, times 2³², rounded towards 0.</param>
/// <param name="Gain">G.</param>
public readonly record struct SegmentLine(int AlongX, int From, int To, int Side, long Slope, int Gain)
{
    /// <summary>The weight of a line of the length of a pixel.</summary>
    public const int WeightOfPixel = 128;

    private const int GainBits = 12;
    private const int WeightShift = 13;
    private const int SlopeBits = 32;
    private const int HalfPixel = 128;

    /// <summary>The first column that it passes.</summary>
    public int FirstColumn => From >> CanvasShape.PlaceBits;

    /// <summary>The last column that it passes.</summary>
    public int LastColumn => (To - 1) >> CanvasShape.PlaceBits;

    /// <summary>The weight of the whole line, T(b).</summary>
    public long Weight => WeightTo(To);

    /// <summary>The line between two places; none of the four may be <see cref="CanvasShape.Nowhere"/>.</summary>
    /// <param name="x0">Where it starts.</param>
    /// <param name="y0">Where it starts.</param>
    /// <param name="x1">Where it ends.</param>
    /// <param name="y1">Where it ends.</param>
    public static SegmentLine Between(int x0, int y0, int x1, int y1)
    {
        int alongX = Math.Abs(x1 - x0) >= Math.Abs(y1 - y0) ? 1 : 0;
        int from = alongX != 0 ? x0 : y0;
        int to = alongX != 0 ? x1 : y1;
        int side = alongX != 0 ? y0 : x0;
        int otherSide = alongX != 0 ? y1 : x1;
        if (to < from)
        {
            (from, to) = (to, from);
            (side, otherSide) = (otherSide, side);
        }

        long slope = 0;
        if (to > from)
        {
            slope = (otherSide - side) * (1L << SlopeBits) / (to - from);
        }

        // |r|·2¹²; 2056 and 342 are the best whole coefficients.
        long ratio = (slope < 0 ? -slope : slope) >> (SlopeBits - GainBits);
        long excess = (ratio * ratio * ((2056L << GainBits) - (342 * ratio))) >> (3 * GainBits);
        return new SegmentLine(alongX, from, to, side, slope, (1 << GainBits) + (int)excess);
    }

    /// <summary>lo, where the line enters a column.</summary>
    public int Enters(int column) => Math.Max(From, column << CanvasShape.PlaceBits);

    /// <summary>hi, where the line leaves a column.</summary>
    public int Leaves(int column) => Math.Min(To, (column + 1) << CanvasShape.PlaceBits);

    /// <summary>T(u).</summary>
    public long WeightTo(int place) => ((place - From) * (long)Gain) >> WeightShift;

    /// <summary>v, half a pixel before the line's other coordinate in the middle between two places.</summary>
    public int SideBetween(int low, int high) =>
        Side - HalfPixel + (int)((((long)low + high - (2L * From)) * Slope) >> (SlopeBits + 1));
}
