namespace ScoreGpu.Kernels.Gpu;

/// <summary>The product of a weight matrix with a tile of activations: C[rows, S] = C₀ + A[rows, depth] · B[depth, S].</summary>
/// <remarks>
/// B and C are in local memory; A, which is W or Wᵀ, streams through it in slices of 8 inputs × as many rows as the group
/// has work-items. A work-item holds a block of C in registers, 8 rows × 8 columns (4 in narrow tiles):
/// <code>
///                         columns (S)                 the columns of a block are a quad in each half of the tile,
///                     +-------┬-------+               so that neighbours read neighbouring quads:
///        B [depth, S] |quad   ┊quad   |
///                     +-------┴-------+                 quad      0  1  2  3 …│ 0  1  2  3 …
///   +------+          +---------------+                 of block  0  1  2  3 …│ 0  1  2  3 …
///   |  A   |  group   | 8×(4  +  4) … |
///   | slice|  size    | 8×(4  +  4) … |  C            work-items stand two by two on the blocks:
///   |8 deep|  rows    |               |
///   +------+          +---------------+                 0 1 │ 4 5 │ …      equal rows: neighbours 0 1
///                                                       2 3 │ 6 7 │ …      equal columns: neighbours 0 2
/// </code>
/// For an input, a work-item reads 16 floats, as four reads of 16 bytes, and does 64 multiply-adds. Places in local memory
/// are therefore counted in quads, and written as four times something: compilers then see the alignment. A GPU of NVIDIA
/// answers such a read of 32 work-items in two cycles where neighbours i and i ^ 1, or i and i ^ 2, ask for the same, and
/// in four elsewhere; so the two by two. The rows of a slice are 132 floats apart: 132 ≡ 4 mod 32, so that the four by
/// eight work-items that fill it meet 32 memory banks.
/// <para>
/// There are two slices. While the group works with one, each work-item fetches its eight elements of the next into
/// registers, and puts them into the other slice when it is done: the way to global memory passes unnoticed, and a slice
/// costs one barrier. Each element of C is C₀ and then its products in the order of the depth, whatever the tile.
/// </para>
/// </remarks>
public static class TileProduct
{
    /// <summary>Floats of local memory for the slices, at the start of it.</summary>
    public const int SliceLength = 2 * SliceQuads * Quad;

    /// <summary>The sums begin at zero.</summary>
    public const int Zero = -1;

    /// <summary>The sums begin at what the target holds.</summary>
    public const int Target = -2;

    /// <summary>Columns from which on a block has eight of them.</summary>
    public const int WideColumns = 64;

    private const int Quad = 4;
    private const int QuadBytes = Quad * sizeof(float);
    private const int BlockRows = 8;
    private const int SliceDepth = 8;
    private const int SliceRowQuads = 33;
    private const int SliceQuads = SliceDepth * SliceRowQuads;

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
        if (rows < BlockRows)
        {
            MultiplyFewRows<TOrder>(weights, offset, stride, rows, depth, start, tile, from, to, in shape);
        }
        else if (shape.Columns >= WideColumns)
        {
            MultiplyBlocks<EightColumns, TOrder>(
                weights, offset, stride, rows, depth, start, tile, from / Quad, to / Quad, in shape);
        }
        else
        {
            MultiplyBlocks<FourColumns, TOrder>(
                weights, offset, stride, rows, depth, start, tile, from / Quad, to / Quad, in shape);
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

    private static void MultiplyBlocks<TBlock, TOrder>(
        FloatView weights,
        int offset,
        int stride,
        int rows,
        int depth,
        int start,
        FloatView tile,
        int fromQuad,
        int toQuad,
        in TileShape shape)
        where TBlock : struct, IRegisterBlock
        where TOrder : struct, IWeightOrder
    {
        int quads = shape.Columns / Quad;
        int across = quads / TBlock.Quads;
        int wide = Math.Min(2, across);

        // Few columns would need more rows at once than a slice has; some work-items then only help to fill it.
        int atOnce = Math.Min(Group.DimX, Group.DimX / BlockRows * across);
        int high = atOnce / across > 1 ? 2 : 1;
        int blockRows = (rows + (high * BlockRows) - 1) / (high * BlockRows) * high;
        for (int first = 0; first < blockRows * across; first += atOnce)
        {
            int patch = (first + Group.IdxX) / (wide * high);
            int inPatch = (first + Group.IdxX) % (wide * high);
            int column = (patch % (across / wide) * wide) + (inPatch % wide);
            int row = ((patch / (across / wide) * high) + (inPatch / wide)) * BlockRows;
            int firstRow = first / across * BlockRows;
            int sliceRows = Math.Min(Math.Max(1, atOnce / across) * BlockRows, rows - firstRow);
            bool isMine = Group.IdxX < atOnce && row < rows;
            int target = toQuad + (row * quads) + column;
            float[] sums = new float[BlockRows * Quad * TBlock.Quads];
            if (isMine && start >= 0)
            {
                BeginAtBias<TBlock>(weights, start, row, rows, column, across, shape.Samples, sums);
            }
            else if (isMine && start == Target)
            {
                BeginAtTarget<TBlock>(tile, row, rows, target, quads, across, sums);
            }

            // A[firstRow, 0]; what of a slice is this work-item's, and where it goes.
            int place = offset + TOrder.Place(firstRow, 0, stride);
            float[] fetched = new float[SliceDepth];
            Fetch<TOrder>(weights, place, stride, sliceRows, depth, fetched);
            Put<TOrder>(tile, 0, fetched);
            Group.Barrier();
            for (int k = 0; k < depth; k += SliceDepth)
            {
                int next = k + SliceDepth;
                int slice = k / SliceDepth % 2 * SliceQuads;
                if (next < depth)
                {
                    Fetch<TOrder>(
                        weights, place + TOrder.Place(0, next, stride), stride, sliceRows, depth - next, fetched);
                }

                if (isMine)
                {
                    int weightQuad = slice + ((row - firstRow) / Quad);
                    int inputQuad = fromQuad + (k * quads) + column;
                    if (next <= depth)
                    {
                        for (int j = 0; j < SliceDepth; j++)
                        {
                            MultiplyAdd<TBlock>(
                                tile, weightQuad + (j * SliceRowQuads), inputQuad + (j * quads), across, sums);
                        }
                    }
                    else
                    {
                        for (int j = 0; j < depth - k; j++)
                        {
                            MultiplyAdd<TBlock>(
                                tile, weightQuad + (j * SliceRowQuads), inputQuad + (j * quads), across, sums);
                        }
                    }
                }

                if (next < depth)
                {
                    Put<TOrder>(tile, SliceQuads - slice, fetched);
                }

                // The next slice is there, and nobody needs this one any more.
                Group.Barrier();
            }

            if (isMine)
            {
                End<TBlock>(tile, row, rows, target, quads, across, sums);
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

    /// <summary>Writes them to the slice that begins at a quad of local memory.</summary>
    private static void Put<TOrder>(FloatView tile, int slice, float[] fetched)
        where TOrder : struct, IWeightOrder
    {
        for (int j = 0; j < SliceDepth; j++)
        {
            tile[(Quad * (slice + (TOrder.Input(j) * SliceRowQuads))) + TOrder.Row(j)] = fetched[j];
        }
    }

    /// <summary>One input: a column of A times a row of B.</summary>
    private static void MultiplyAdd<TBlock>(FloatView tile, int weightQuad, int inputQuad, int across, float[] sums)
        where TBlock : struct, IRegisterBlock
    {
        float[] inputs = new float[Quad * TBlock.Quads];
        for (int q = 0; q < TBlock.Quads; q++)
        {
            FloatView quad = tile.SubView(Quad * (inputQuad + (q * across)), Quad).AsAligned(QuadBytes);
            for (int j = 0; j < Quad; j++)
            {
                inputs[(Quad * q) + j] = quad[j];
            }
        }

        FloatView weights = tile.SubView(Quad * weightQuad, BlockRows).AsAligned(QuadBytes);
        for (int i = 0; i < BlockRows; i++)
        {
            float w = weights[i];
            for (int j = 0; j < Quad * TBlock.Quads; j++)
            {
                int at = (i * Quad * TBlock.Quads) + j;
                sums[at] = MathF.FusedMultiplyAdd(w, inputs[j], sums[at]);
            }
        }
    }

    /// <summary>C₀ of a block from the bias, for the columns of samples.</summary>
    private static void BeginAtBias<TBlock>(
        FloatView weights, int start, int row, int rows, int column, int across, int samples, float[] sums)
        where TBlock : struct, IRegisterBlock
    {
        for (int i = 0; i < BlockRows; i++)
        {
            float bias = 0f;
            if (row + i < rows)
            {
                bias = weights[start + row + i];
            }

            for (int q = 0; q < TBlock.Quads; q++)
            {
                for (int j = 0; j < Quad; j++)
                {
                    bool isSample = (Quad * (column + (q * across))) + j < samples;
                    sums[(((i * TBlock.Quads) + q) * Quad) + j] = isSample ? bias : 0f;
                }
            }
        }
    }

    /// <summary>C₀ of a block from its place.</summary>
    private static void BeginAtTarget<TBlock>(
        FloatView tile, int row, int rows, int target, int quads, int across, float[] sums)
        where TBlock : struct, IRegisterBlock
    {
        for (int i = 0; i < BlockRows; i++)
        {
            if (row + i < rows)
            {
                for (int q = 0; q < TBlock.Quads; q++)
                {
                    int at = Quad * (target + (i * quads) + (q * across));
                    FloatView quad = tile.SubView(at, Quad).AsAligned(QuadBytes);
                    for (int j = 0; j < Quad; j++)
                    {
                        sums[(((i * TBlock.Quads) + q) * Quad) + j] = quad[j];
                    }
                }
            }
        }
    }

    /// <summary>Writes a block of C.</summary>
    private static void End<TBlock>(
        FloatView tile, int row, int rows, int target, int quads, int across, float[] sums)
        where TBlock : struct, IRegisterBlock
    {
        for (int i = 0; i < BlockRows; i++)
        {
            if (row + i < rows)
            {
                for (int q = 0; q < TBlock.Quads; q++)
                {
                    int at = Quad * (target + (i * quads) + (q * across));
                    FloatView quad = tile.SubView(at, Quad).AsAligned(QuadBytes);
                    for (int j = 0; j < Quad; j++)
                    {
                        quad[j] = sums[(((i * TBlock.Quads) + q) * Quad) + j];
                    }
                }
            }
        }
    }
}
