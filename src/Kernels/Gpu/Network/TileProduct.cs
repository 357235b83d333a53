namespace ScoreGpu.Kernels.Gpu;

/// <summary>The product of a weight matrix with a tile of activations: C[rows, S] = C₀ + A[rows, depth] · B[depth, S].</summary>
/// <remarks>
/// B and C are in local memory; A, which is W or Wᵀ, streams through it in slices of 8 inputs × as many rows as the group
/// has work-items. A work-item holds a block of C in registers, 8 rows × 8 columns (4 in narrow tiles), and reads 16
/// floats, as four reads of 16 bytes, for 64 multiply-adds (<see cref="RegisterBlock"/>):
/// <code>
///                       columns (S)                   work-items stand two by two on the blocks:
///                     +---------------+
///        B [depth, S] | 8 rows of B   |                 0 1 │ 4 5 │ 8 9 …    same rows: neighbours i, i ^ 1
///                     +---------------+                 2 3 │ 6 7 │ …        same columns: i, i ^ 2
///   +------+          +---------------+
///   |  A   |  group   | 8×8 8×8 …     |               the columns of a block are two quads, 32 columns apart, so that
///   | slice|  size    | 8×8 8×8 …     |  C            eight neighbouring blocks read 128 bytes side by side:
///   |8 deep|  rows    |               |
///   +------+          +---------------+                 quad   0 1 2 … 7 │ 8 9 10 … 15 │ 16 …
///                                                       block  0 1 2 … 7 │ 0 1  2 …  7 │  8 …
/// </code>
/// NVIDIA's GPUs serve such a read of 32 work-items in two cycles where neighbours i and i ^ 1, or i and i ^ 2, ask for
/// the same, and in four elsewhere; so the two by two. The rows of a slice are 132 floats apart: 132 ≡ 4 mod 32, so that
/// the four by eight work-items that fill it together meet 32 memory banks.
/// <para>
/// There are two slices. While the group works with one, each work-item fetches its eight elements of the next into
/// registers, and puts them into the other slice when it is done: the way to global memory passes unnoticed, and a slice
/// costs one barrier. Each element of C is C₀ and then its products in the order of the depth, whatever the tile.
/// </para>
/// </remarks>
public static class TileProduct
{
    /// <summary>Floats of local memory for the slices, at the start of it.</summary>
    public const int SliceLength = 2 * SliceFloats;

    /// <summary>The sums begin at zero.</summary>
    public const int Zero = -1;

    /// <summary>The sums begin at what the target holds.</summary>
    public const int Target = -2;

    /// <summary>Columns from which on a block has eight of them.</summary>
    public const int WideColumns = 64;

    private const int SliceDepth = 8;
    private const int SliceStride = 132;
    private const int SliceFloats = SliceDepth * SliceStride;

    /// <summary>C = C₀ + A · B. Every work-item must have passed a barrier since B and C₀ were written.</summary>
    /// <remarks>The caller waits at a barrier before it uses C. The group has at most 128 work-items.</remarks>
    /// <typeparam name="TOrder">Whether A is W or Wᵀ.</typeparam>
    /// <param name="weights">Holds W, and the bias.</param>
    /// <param name="offset">Where W[0, 0] is.</param>
    /// <param name="stride">From a row of W to the next.</param>
    /// <param name="rows">Rows of A and C.</param>
    /// <param name="depth">Columns of A, rows of B.</param>
    /// <param name="start">C₀: where the bias of row 0 is, for the columns of samples; or <see cref="Zero"/>, or
    /// <see cref="Target"/>.</param>
    /// <param name="tile">The group's local memory.</param>
    /// <param name="from">Where B is in it, a multiple of 4.</param>
    /// <param name="to">Where C is in it, a multiple of 4; not B.</param>
    /// <param name="shape">The tile.</param>
    public static void Multiply<TOrder>(
        FloatView weights,
        int offset,
        int stride,
        int rows,
        int depth,
        int start,
        FloatView tile,
        int from,
        int to,
        in TileShape shape)
        where TOrder : struct, IWeightOrder
    {
        if (rows < RegisterBlock.Rows)
        {
            MultiplyFewRows<TOrder>(weights, offset, stride, rows, depth, start, tile, from, to, in shape);
        }

        // One loop with its barriers for all cases: compilers for CPUs make a copy of what follows a conditional one.
        bool isWide = shape.Columns >= WideColumns;
        int across = shape.Columns / (RegisterBlock.Quad * (isWide ? EightColumns.Quads : FourColumns.Quads));
        int wide = Math.Min(2, across);

        // Few columns would need more rows at once than a slice has; some work-items then only help to fill it.
        int atOnce = Math.Min(Group.DimX, Group.DimX / RegisterBlock.Rows * across);
        int high = atOnce / across > 1 ? 2 : 1;
        int down = (rows + (high * RegisterBlock.Rows) - 1) / (high * RegisterBlock.Rows) * high;
        int blocks = rows < RegisterBlock.Rows ? 0 : down * across;
        for (int first = 0; first < blocks; first += atOnce)
        {
            int patch = (first + Group.IdxX) / (wide * high);
            int inPatch = (first + Group.IdxX) % (wide * high);
            int blockColumn = (patch % (across / wide) * wide) + (inPatch % wide);
            int column = isWide
                ? RegisterBlock.FirstColumn<EightColumns>(blockColumn)
                : RegisterBlock.FirstColumn<FourColumns>(blockColumn);
            int row = ((patch / (across / wide) * high) + (inPatch / wide)) * RegisterBlock.Rows;
            int firstRow = first / across * RegisterBlock.Rows;
            int sliceRows = Math.Min(Math.Max(1, atOnce / across) * RegisterBlock.Rows, rows - firstRow);
            bool isMine = Group.IdxX < atOnce && row < rows;
            int target = to + (row * shape.Columns) + column;
            float[] sums = new float[RegisterBlock.Most];
            if (isMine && isWide)
            {
                Begin<EightColumns>(weights, start, tile, target, row, rows, column, in shape, sums);
            }
            else if (isMine)
            {
                Begin<FourColumns>(weights, start, tile, target, row, rows, column, in shape, sums);
            }

            // A[firstRow, 0]; what of a slice is this work-item's.
            int place = offset + TOrder.Place(firstRow, 0, stride);
            float[] fetched = new float[SliceDepth];
            Fetch<TOrder>(weights, place, stride, sliceRows, depth, fetched);
            Put<TOrder>(tile, 0, fetched);
            Group.Barrier();
            for (int k = 0; k < depth; k += SliceDepth)
            {
                int next = k + SliceDepth;
                int slice = k / SliceDepth % 2 * SliceFloats;
                if (next < depth)
                {
                    Fetch<TOrder>(
                        weights, place + TOrder.Place(0, next, stride), stride, sliceRows, depth - next, fetched);
                }

                int weight = slice + row - firstRow;
                int input = from + (k * shape.Columns) + column;
                if (isMine && isWide)
                {
                    MultiplySlice<EightColumns>(tile, weight, input, shape.Columns, depth - k, sums);
                }
                else if (isMine)
                {
                    MultiplySlice<FourColumns>(tile, weight, input, shape.Columns, depth - k, sums);
                }

                if (next < depth)
                {
                    Put<TOrder>(tile, SliceFloats - slice, fetched);
                }

                // The next slice is there, and nobody needs this one any more.
                Group.Barrier();
            }

            if (isMine && isWide)
            {
                End<EightColumns>(tile, target, shape.Columns, rows - row, sums);
            }
            else if (isMine)
            {
                End<FourColumns>(tile, target, shape.Columns, rows - row, sums);
            }
        }
    }

    /// <summary>A work-item an element: with so few rows there are not blocks enough for the group.</summary>
    private static void MultiplyFewRows<TOrder>(
        FloatView weights,
        int offset,
        int stride,
        int rows,
        int depth,
        int start,
        FloatView tile,
        int from,
        int to,
        in TileShape shape)
        where TOrder : struct, IWeightOrder
    {
        for (int i = Group.IdxX; i < rows * shape.Columns; i += Group.DimX)
        {
            int row = i / shape.Columns;
            int column = i % shape.Columns;
            float sum = 0f;
            if (start >= 0 && column < shape.Samples)
            {
                sum = weights[start + row];
            }
            else if (start == Target)
            {
                sum = tile[to + i];
            }

            for (int k = 0; k < depth; k++)
            {
                float w = weights[offset + TOrder.Place(row, k, stride)];
                sum = MathF.FusedMultiplyAdd(w, tile[from + (k * shape.Columns) + column], sum);
            }

            tile[to + i] = sum;
        }
    }

    /// <summary>A block times a slice.</summary>
    private static void MultiplySlice<TBlock>(
        FloatView tile, int weight, int input, int columns, int depth, float[] sums)
        where TBlock : struct, IRegisterBlock
    {
        if (depth >= SliceDepth)
        {
            for (int j = 0; j < SliceDepth; j++)
            {
                RegisterBlock.MultiplyAdd<TBlock>(tile, weight + (j * SliceStride), input + (j * columns), sums);
            }
        }
        else
        {
            for (int j = 0; j < depth; j++)
            {
                RegisterBlock.MultiplyAdd<TBlock>(tile, weight + (j * SliceStride), input + (j * columns), sums);
            }
        }
    }

    /// <summary>Reads this work-item's elements of a slice; zeros stand in for those beyond the rows or the depth.</summary>
    private static void Fetch<TOrder>(
        FloatView weights, int place, int stride, int rows, int depth, float[] fetched)
        where TOrder : struct, IWeightOrder
    {
        if (rows == Group.DimX && depth >= SliceDepth)
        {
            for (int j = 0; j < SliceDepth; j++)
            {
                fetched[j] = weights[place + TOrder.Place(TOrder.Row(j), TOrder.Input(j), stride)];
            }
        }
        else
        {
            for (int j = 0; j < SliceDepth; j++)
            {
                float value = 0f;
                if (TOrder.Row(j) < rows && TOrder.Input(j) < depth)
                {
                    value = weights[place + TOrder.Place(TOrder.Row(j), TOrder.Input(j), stride)];
                }

                fetched[j] = value;
            }
        }
    }

    /// <summary>Writes them to a slice.</summary>
    private static void Put<TOrder>(FloatView tile, int slice, float[] fetched)
        where TOrder : struct, IWeightOrder
    {
        for (int j = 0; j < SliceDepth; j++)
        {
            tile[slice + (TOrder.Input(j) * SliceStride) + TOrder.Row(j)] = fetched[j];
        }
    }

    /// <summary>C₀ of a block.</summary>
    private static void Begin<TBlock>(
        FloatView weights,
        int start,
        FloatView tile,
        int target,
        int row,
        int rows,
        int column,
        in TileShape shape,
        float[] sums)
        where TBlock : struct, IRegisterBlock
    {
        if (start >= 0)
        {
            BeginAtBias<TBlock>(weights, start, row, rows, column, shape.Samples, sums);
        }
        else if (start == Target)
        {
            BeginAtTarget<TBlock>(tile, target, shape.Columns, rows - row, sums);
        }
    }

    /// <summary>C₀ of a block from the bias, for the columns of samples.</summary>
    private static void BeginAtBias<TBlock>(
        FloatView weights, int start, int row, int rows, int column, int samples, float[] sums)
        where TBlock : struct, IRegisterBlock
    {
        for (int i = 0; i < RegisterBlock.Rows; i++)
        {
            float bias = 0f;
            if (row + i < rows)
            {
                bias = weights[start + row + i];
            }

            for (int q = 0; q < TBlock.Quads; q++)
            {
                for (int j = 0; j < RegisterBlock.Quad; j++)
                {
                    bool isSample = column + (q * RegisterBlock.QuadStep) + j < samples;
                    sums[(((i * TBlock.Quads) + q) * RegisterBlock.Quad) + j] = isSample ? bias : 0f;
                }
            }
        }
    }

    /// <summary>C₀ of a block from its place.</summary>
    private static void BeginAtTarget<TBlock>(FloatView tile, int target, int columns, int rows, float[] sums)
        where TBlock : struct, IRegisterBlock
    {
        for (int i = 0; i < RegisterBlock.Rows; i++)
        {
            if (i < rows)
            {
                for (int q = 0; q < TBlock.Quads; q++)
                {
                    int at = target + (i * columns) + (q * RegisterBlock.QuadStep);
                    FloatView quad = tile.SubView(at, RegisterBlock.Quad).AsAligned(RegisterBlock.QuadBytes);
                    for (int j = 0; j < RegisterBlock.Quad; j++)
                    {
                        sums[(((i * TBlock.Quads) + q) * RegisterBlock.Quad) + j] = quad[j];
                    }
                }
            }
        }
    }

    /// <summary>Writes a block of C.</summary>
    private static void End<TBlock>(FloatView tile, int target, int columns, int rows, float[] sums)
        where TBlock : struct, IRegisterBlock
    {
        for (int i = 0; i < RegisterBlock.Rows; i++)
        {
            if (i < rows)
            {
                for (int q = 0; q < TBlock.Quads; q++)
                {
                    int at = target + (i * columns) + (q * RegisterBlock.QuadStep);
                    FloatView quad = tile.SubView(at, RegisterBlock.Quad).AsAligned(RegisterBlock.QuadBytes);
                    for (int j = 0; j < RegisterBlock.Quad; j++)
                    {
                        quad[j] = sums[(((i * TBlock.Quads) + q) * RegisterBlock.Quad) + j];
                    }
                }
            }
        }
    }
}
