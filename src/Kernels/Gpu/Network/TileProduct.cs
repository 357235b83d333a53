namespace ScoreGpu.Kernels.Gpu;

/// <summary>The product of a weight matrix with a tile of activations: C[rows, S] += A[rows, depth] · B[depth, S].</summary>
/// <remarks>
/// B and C are in local memory; A streams through it in slices of 16 inputs. A work-item holds 8 rows × 4 columns of C
/// in registers, 32 multiply-adds for 12 reads; with 32 columns, 128 work-items cover 128 rows at once.
/// <code>
///                        columns (S)                 item i:  row block i / (S/4), column block i % (S/4)
///                     +---------------+
///        B [depth, S] | 16 rows of B  |
///                     +---------------+
///   +------+          +---------------+
///   |  A   |  128     | 8×4 8×4 …     |
///   | slice|  rows    | 8×4 8×4 …     |  C
///   +------+          +---------------+
///     16
/// </code>
/// A's strides are free, so that the same code multiplies by W and by Wᵀ. The slice is stored [16, 128] with rows 130
/// floats apart: 130 ≡ 2 mod 32, so that neither filling nor reading it meets a memory bank twice.
/// </remarks>
public static class TileProduct
{
    /// <summary>Floats of local memory for the slice, at the start of it.</summary>
    public const int SliceLength = SliceDepth * SliceStride;

    /// <summary>Columns of a work-item.</summary>
    public const int BlockColumns = 4;

    private const int BlockRows = 8;
    private const int SliceDepth = 16;
    private const int SliceRows = 128;
    private const int SliceStride = 130;

    /// <summary>C += A · B. Every work-item must have passed a barrier since B and C were written.</summary>
    /// <remarks>The caller waits at a barrier before it uses C.</remarks>
    /// <param name="weights">Holds A.</param>
    /// <param name="offset">Where A[0, 0] is.</param>
    /// <param name="rowStep">From A[r, k] to A[r + 1, k].</param>
    /// <param name="depthStep">From A[r, k] to A[r, k + 1].</param>
    /// <param name="rows">Rows of A and C.</param>
    /// <param name="depth">Columns of A, rows of B.</param>
    /// <param name="tile">The group's local memory.</param>
    /// <param name="from">Where B is in it.</param>
    /// <param name="to">Where C is in it.</param>
    /// <param name="columns">S.</param>
    public static void Accumulate(
        FloatView weights,
        int offset,
        int rowStep,
        int depthStep,
        int rows,
        int depth,
        FloatView tile,
        int from,
        int to,
        int columns)
    {
        int across = columns / BlockColumns;
        int blocks = (rows + BlockRows - 1) / BlockRows * across;

        // Few columns would need more rows at once than the slice has; some work-items then only help to fill it.
        int atOnce = Math.Min(Group.DimX, SliceRows / BlockRows * across);
        for (int first = 0; first < blocks; first += atOnce)
        {
            int firstRow = first / across * BlockRows;
            int sliceRows = Math.Max(1, atOnce / across) * BlockRows;
            int block = first + Group.IdxX;
            bool isMine = Group.IdxX < atOnce && block < blocks;
            int row = block / across * BlockRows;
            int column = block % across * BlockColumns;
            float[] sums = new float[BlockRows * BlockColumns];
            if (isMine)
            {
                Load(tile, to + (row * columns) + column, columns, rows - row, sums);
            }

            for (int k = 0; k < depth; k += SliceDepth)
            {
                int some = Math.Min(SliceDepth, depth - k);
                FillSlice(
                    weights,
                    offset + (firstRow * rowStep) + (k * depthStep),
                    rowStep,
                    depthStep,
                    Math.Min(sliceRows, rows - firstRow),
                    some,
                    sliceRows,
                    tile);
                Group.Barrier();
                if (isMine)
                {
                    int input = from + (k * columns) + column;
                    for (int j = 0; j < some; j++)
                    {
                        MultiplyAdd(tile, input + (j * columns), (j * SliceStride) + row - firstRow, sums);
                    }
                }

                // Nobody may fill the slice again before all have used it.
                Group.Barrier();
            }

            if (isMine)
            {
                Store(tile, to + (row * columns) + column, columns, rows - row, sums);
            }
        }
    }

    /// <summary>Copies some rows of A, transposed; zeros stand in for rows beyond the last.</summary>
    private static void FillSlice(
        FloatView weights, int offset, int rowStep, int depthStep, int rows, int depth, int sliceRows, FloatView tile)
    {
        for (int i = Group.IdxX; i < SliceDepth * sliceRows; i += Group.DimX)
        {
            // Neighbouring work-items read neighbouring elements of A, whichever way it lies.
            int row = i / SliceDepth;
            int k = i % SliceDepth;
            if (depthStep != 1)
            {
                row = (i % BlockRows) + (i / (BlockRows * SliceDepth) * BlockRows);
                k = i / BlockRows % SliceDepth;
            }

            float value = 0f;
            if (row < rows && k < depth)
            {
                value = weights[offset + (row * rowStep) + (k * depthStep)];
            }

            tile[(k * SliceStride) + row] = value;
        }
    }

    private static void Load(FloatView tile, int at, int columns, int rows, float[] sums)
    {
        for (int i = 0; i < BlockRows; i++)
        {
            for (int j = 0; j < BlockColumns; j++)
            {
                if (i < rows)
                {
                    sums[(BlockColumns * i) + j] = tile[at + (i * columns) + j];
                }
            }
        }
    }

    private static void Store(FloatView tile, int at, int columns, int rows, float[] sums)
    {
        for (int i = 0; i < BlockRows; i++)
        {
            for (int j = 0; j < BlockColumns; j++)
            {
                if (i < rows)
                {
                    tile[at + (i * columns) + j] = sums[(BlockColumns * i) + j];
                }
            }
        }
    }

    /// <summary>One input: a column of A times a row of B.</summary>
    private static void MultiplyAdd(FloatView tile, int input, int weight, float[] sums)
    {
        float x0 = tile[input];
        float x1 = tile[input + 1];
        float x2 = tile[input + 2];
        float x3 = tile[input + 3];
        for (int i = 0; i < BlockRows; i++)
        {
            float w = tile[weight + i];
            sums[BlockColumns * i] = MathF.FusedMultiplyAdd(w, x0, sums[BlockColumns * i]);
            sums[(BlockColumns * i) + 1] = MathF.FusedMultiplyAdd(w, x1, sums[(BlockColumns * i) + 1]);
            sums[(BlockColumns * i) + 2] = MathF.FusedMultiplyAdd(w, x2, sums[(BlockColumns * i) + 2]);
            sums[(BlockColumns * i) + 3] = MathF.FusedMultiplyAdd(w, x3, sums[(BlockColumns * i) + 3]);
        }
    }
}
