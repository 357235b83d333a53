namespace ScoreGpu.Kernels.Gpu;

/// <summary>Draws the segments of recorded trajectories into an image of sums, where they stay in device memory.</summary>
/// <remarks>
/// A work-item a segment. Of each column of pixels that the segment passes, two neighbours share its weight, as
/// <see cref="SegmentLine"/> says:
/// <code>
///   row r of the program        ┌───┬───┬───┬───┐
///   states[r]   ●               │ ▓ │   │   │   │   j        sums[j, i] += w·(1, c₀, c₁, c₂)
///                 ╲       ──▶   ├───┼───┼───┼───┤
///   states[r+1]     ●           │ ░ │ ▓ │ ▓ │   │   j + 1
///                               └───┴───┴───┴───┘
/// </code>
/// A sum has 64 bits, in two words, because OpenCL 1.2 adds no longer ones: the low word is added to atomically, and who
/// sees it wrap adds one to the high word. Every wrap is seen by exactly one work-item, and whole numbers may be added
/// in any order, so the image has the same bits each time.
/// </remarks>
public static class TrajectoryRasterKernel
{
    /// <summary>The number of work-items in a group.</summary>
    public const int GroupSize = 64;

    /// <summary>Sums a pixel: the weight, and three components of the colour times the weight.</summary>
    public const int Channels = 4;

    /// <summary>Draws all segments.</summary>
    /// <param name="states">The trajectories, [rows + 1, count, dimension].</param>
    /// <param name="centres">Where trajectories may end, [centreCount, dimension].</param>
    /// <param name="palette">Colours, c₀ + 2⁸·c₁ + 2¹⁶·c₂.</param>
    /// <param name="low">The sums' low words, [height, width, <see cref="Channels"/>]; added to.</param>
    /// <param name="high">Their high words; added to.</param>
    /// <param name="skipped">One word; the number of segments that are nowhere is added to it.</param>
    /// <param name="rows">Segments a trajectory.</param>
    /// <param name="count">Trajectories.</param>
    /// <param name="dimension">The dimension of a state.</param>
    /// <param name="centreCount">The number of centres.</param>
    /// <param name="canvas">The image.</param>
    /// <param name="colours">The rule of the colours.</param>
    [Kernel(GroupSize = GroupSize)]
    [KernelCost("segment", Flops = "8 + 3 * dimension * centreCount", Bytes = "16")]
    public static void Run(
        FloatView states,
        FloatView centres,
        UIntView palette,
        UIntView low,
        UIntView high,
        UIntView skipped,
        int rows,
        int count,
        int dimension,
        int centreCount,
        CanvasShape canvas,
        SegmentColours colours)
    {
        int segment = (Grid.IdxX * Group.DimX) + Group.IdxX;
        if (segment >= rows * count)
        {
            return;
        }

        int from = segment * dimension;
        int to = from + (count * dimension);
        int x0 = CanvasShape.Place(states[from + canvas.AxisX], canvas.ScaleX, canvas.OffsetX);
        int y0 = CanvasShape.Place(states[from + canvas.AxisY], canvas.ScaleY, canvas.OffsetY);
        int x1 = CanvasShape.Place(states[to + canvas.AxisX], canvas.ScaleX, canvas.OffsetX);
        int y1 = CanvasShape.Place(states[to + canvas.AxisY], canvas.ScaleY, canvas.OffsetY);
        if (Math.Min(Math.Min(x0, y0), Math.Min(x1, y1)) == CanvasShape.Nowhere)
        {
            Atomic.Add(ref skipped[0], 1u);
            return;
        }

        SegmentLine line = SegmentLine.Between(x0, y0, x1, y1);
        int end = 0;
        if (colours.Rule == SegmentColours.ByEnd)
        {
            int last = ((rows * count) + (segment % count)) * dimension;
            end = Nearest(states.SubView(last, dimension), centres, centreCount, dimension);
        }

        uint colour = palette[colours.EntryOf(segment / count, rows, line.Weight, end)];
        int columns = line.AlongX != 0 ? canvas.Width : canvas.Height;
        int firstColumn = Math.Max(0, line.FirstColumn);
        int lastColumn = Math.Min(columns - 1, line.LastColumn);
        for (int column = firstColumn; column <= lastColumn; column++)
        {
            int enters = line.Enters(column);
            int leaves = line.Leaves(column);
            int weight = (int)(line.WeightTo(leaves) - line.WeightTo(enters));
            int side = line.SideBetween(enters, leaves);
            int pixel = side >> CanvasShape.PlaceBits;
            int farther = ((weight * (side & 255)) + 128) >> 8;
            Add(low, high, canvas, line.AlongX, column, pixel, (uint)(weight - farther), colour);
            Add(low, high, canvas, line.AlongX, column, pixel + 1, (uint)farther, colour);
        }
    }

    /// <summary>The centre nearest to a point; their number where no distance is finite.</summary>
    private static int Nearest(FloatView point, FloatView centres, int centreCount, int dimension)
    {
        int nearest = centreCount;
        float least = float.PositiveInfinity;
        for (int k = 0; k < centreCount; k++)
        {
            float distance = 0f;
            for (int d = 0; d < dimension; d++)
            {
                float difference = point[d] - centres[(k * dimension) + d];
                distance = MathF.FusedMultiplyAdd(difference, difference, distance);
            }

            if (distance < least)
            {
                least = distance;
                nearest = k;
            }
        }

        return nearest;
    }

    /// <summary>Adds a weight of a colour to a pixel, if the image has it.</summary>
    private static void Add(
        UIntView low, UIntView high, in CanvasShape canvas, int alongX, int column, int pixel, uint weight, uint colour)
    {
        int x = alongX != 0 ? column : pixel;
        int y = alongX != 0 ? pixel : column;
        if (weight == 0u || x < 0 || y < 0 || x >= canvas.Width || y >= canvas.Height)
        {
            return;
        }

        int at = ((y * canvas.Width) + x) * Channels;
        AddWide(low, high, at, weight);
        AddWide(low, high, at + 1, weight * (colour & 255u));
        AddWide(low, high, at + 2, weight * ((colour >> 8) & 255u));
        AddWide(low, high, at + 3, weight * ((colour >> 16) & 255u));
    }

    /// <summary>Adds to a sum of two words.</summary>
    private static void AddWide(UIntView low, UIntView high, int at, uint value)
    {
        if (value != 0u)
        {
            uint old = Atomic.Add(ref low[at], value);
            if (old + value < old)
            {
                Atomic.Add(ref high[at], 1u);
            }
        }
    }
}
