namespace ScoreGpu.Kernels.Gpu;

/// <summary>The gradients of all weights of a chain from its tape: G = δ·aᵀ, summed over the columns of the tape.</summary>
/// <remarks>
/// A group computes 64 × 64 entries of one layer's gradient over one range of the tape's columns, and walks along them in
/// slices of 8. A work-item holds 8 × 8 sums (<see cref="RegisterBlock"/>).
/// <code>
///                      inputs (64)                    tape columns: │ range 0 │ range 1 │ …
///                    +-------------+                  each range is a group's, and writes its own copy of the gradient
///      columns (8)   |  a sliceᵀ   |
///                    +-------------+
///   +-----------+    +-------------+                  work-items stand two by two on the blocks:
///   | δ slice   |    |  8×8 8×8 …  |  outputs (64)
///   +-----------+    |  8×8 8×8 …  |                    0 1 │ 4 5 │ …
///                    +-------------+                    2 3 │ 6 7 │ …
/// </code>
/// The gradient of the bias is the sum of δ over the columns of samples: where a piece holds the first inputs, work-item r
/// sums row r of the same slices. There are two pairs of slices, one to use while the other is filled: a slice costs one
/// barrier.
/// <para>
/// The copies are added in order by <see cref="GradientSumKernel"/>: no atomics, so the bits are always the same.
/// </para>
/// </remarks>
public static class WeightGradientKernel
{
    /// <summary>The number of work-items in a group.</summary>
    public const int GroupSize = 64;

    /// <summary>Rows and columns of a piece.</summary>
    public const int PieceSize = Across * Own;

    /// <summary>Numbers of a piece: its layer, first output and first input.</summary>
    public const int PieceFields = 3;

    /// <summary>Columns of a slice; a range is a multiple of it.</summary>
    public const int SliceDepth = 8;

    /// <summary>Local memory of a group.</summary>
    /// <remarks>Given at the launch: PoCL 3.1 lets groups that run side by side share what a kernel declares.</remarks>
    public const int LocalBytes = 2 * PairFloats * sizeof(float);

    private const int Own = RegisterBlock.Rows;
    private const int Across = 8;

    // 68 ≡ 4 mod 32: the four rows by eight columns that 32 work-items write at once meet 32 memory banks.
    private const int SliceStride = PieceSize + 4;
    private const int SliceFloats = SliceDepth * SliceStride;
    private const int PairFloats = 2 * SliceFloats;

    /// <summary>Computes one piece over one range of columns: group = range · pieces + piece.</summary>
    /// <param name="layers">The chain, see <see cref="LayerTable"/>.</param>
    /// <param name="pieces">The pieces, [pieceCount, <see cref="PieceFields"/>].</param>
    /// <param name="pieceCount">The number of pieces.</param>
    /// <param name="after">The tape's a.</param>
    /// <param name="deltas">Every layer's δ.</param>
    /// <param name="stride">Columns of the tape.</param>
    /// <param name="rangeLength">Columns of a range.</param>
    /// <param name="gradients">Receives the copies, [ranges, values].</param>
    /// <param name="values">Weights of the whole network.</param>
    /// <param name="accumulate">1 where the copies already hold what came before.</param>
    /// <param name="tiling">The tiles that wrote the tape.</param>
    [Kernel(GroupSize = GroupSize)]
    [KernelCost(
        "column of the tape",
        Flops = "2 * products + deltaRows",
        Bytes = "4 * inputRows + 4 * deltaRows",
        Where = LayerTable.Products + LayerTable.TapeRows)]
    public static void Run(
        IntView layers,
        IntView pieces,
        int pieceCount,
        FloatView after,
        FloatView deltas,
        int stride,
        int rangeLength,
        FloatView gradients,
        int values,
        int accumulate,
        TileShape tiling)
    {
        FloatView slices = SharedMemory.GetDynamic<float>();
        int range = Grid.IdxX / pieceCount;
        IntView piece = pieces.SubView(Grid.IdxX % pieceCount * PieceFields, PieceFields);
        IntView layer = layers.SubView(piece[0] * LayerTable.Fields, LayerTable.Fields);
        int from = range * rangeLength;
        int to = Math.Min(stride, from + rangeLength);
        for (int block = 0; block < Across * Across; block += Group.DimX)
        {
            Block(
                layer,
                piece[1],
                piece[2],
                block + Group.IdxX,
                after,
                deltas,
                stride,
                from,
                to,
                slices,
                gradients.SubView(range * values, values),
                accumulate,
                in tiling);
        }
    }

    private static void Block(
        IntView layer,
        int firstRow,
        int firstColumn,
        int block,
        FloatView after,
        FloatView deltas,
        int stride,
        int from,
        int to,
        FloatView slices,
        FloatView gradient,
        int accumulate,
        in TileShape shape)
    {
        int patch = block / 4;
        int row = ((patch / (Across / 2) * 2) + (block / 2 % 2)) * Own;
        int column = RegisterBlock.FirstColumn<EightColumns>((patch % (Across / 2) * 2) + (block % 2));
        int rows = layer[LayerTable.Rows] - firstRow;
        int depth = layer[LayerTable.Depth] - firstColumn;
        bool isMine = row < rows && column < depth;
        bool sumsBias = firstColumn == 0 && block < rows && layer[LayerTable.OwnsBias] != 0;
        float bias = 0f;
        float[] sums = new float[RegisterBlock.Most];
        int firstDelta = (layer[LayerTable.DeltaRow] + firstRow) * stride;
        int firstInput = (layer[LayerTable.InputRow] + firstColumn) * stride;
        Fill(deltas, firstDelta, stride, rows, from, to, slices, 0);
        Fill(after, firstInput, stride, depth, from, to, slices, SliceFloats);
        Group.Barrier();
        for (int n = from; n < to; n += SliceDepth)
        {
            int pair = (n - from) / SliceDepth % 2 * PairFloats;
            if (n + SliceDepth < to)
            {
                Fill(deltas, firstDelta, stride, rows, n + SliceDepth, to, slices, PairFloats - pair);
                Fill(after, firstInput, stride, depth, n + SliceDepth, to, slices, PairFloats - pair + SliceFloats);
            }

            if (isMine)
            {
                for (int k = 0; k < SliceDepth; k++)
                {
                    RegisterBlock.MultiplyAdd<EightColumns>(
                        slices,
                        pair + (k * SliceStride) + row,
                        pair + SliceFloats + (k * SliceStride) + column,
                        sums);
                }
            }

            if (sumsBias)
            {
                for (int k = 0; k < SliceDepth; k++)
                {
                    // Tangents have no bias.
                    if (shape.Lanes == 1 || (n + k) % shape.Columns < shape.Samples)
                    {
                        bias += slices[pair + (k * SliceStride) + block];
                    }
                }
            }

            // The next slices are there, and nobody needs these any more.
            Group.Barrier();
        }

        if (isMine)
        {
            Store(layer, firstRow + row, firstColumn + column, gradient, accumulate, sums);
        }

        if (sumsBias)
        {
            Add(gradient, layer[LayerTable.Bias] + firstRow + block, accumulate, bias);
        }
    }

    /// <summary>Copies some rows of a matrix, transposed; zeros stand in for what is beyond the rows or the range.</summary>
    /// <remarks>Eight work-items read 32 bytes of a row; all that a work-item reads is under way at once.</remarks>
    private static void Fill(
        FloatView matrix, int first, int stride, int rows, int from, int to, FloatView slices, int slice)
    {
        int n = Group.IdxX % SliceDepth;
        int rowsAtOnce = Group.DimX / SliceDepth;
        for (int batch = 0; batch < PieceSize; batch += Own * rowsAtOnce)
        {
            int row = batch + (Group.IdxX / SliceDepth);
            float[] fetched = new float[Own];
            for (int j = 0; j < Own; j++)
            {
                float value = 0f;
                if (row + (j * rowsAtOnce) < rows && from + n < to)
                {
                    value = matrix[first + ((row + (j * rowsAtOnce)) * stride) + from + n];
                }

                fetched[j] = value;
            }

            for (int j = 0; j < Own; j++)
            {
                slices[slice + (n * SliceStride) + row + (j * rowsAtOnce)] = fetched[j];
            }
        }
    }

    private static void Store(
        IntView layer, int row, int column, FloatView gradient, int accumulate, float[] sums)
    {
        for (int i = 0; i < Own; i++)
        {
            for (int q = 0; q < EightColumns.Quads; q++)
            {
                for (int j = 0; j < RegisterBlock.Quad; j++)
                {
                    int input = column + (q * RegisterBlock.QuadStep) + j;
                    if (row + i < layer[LayerTable.Rows] && input < layer[LayerTable.Depth])
                    {
                        int at = layer[LayerTable.Weights] + ((row + i) * layer[LayerTable.RowStride]) + input;
                        Add(gradient, at, accumulate, sums[(((i * EightColumns.Quads) + q) * RegisterBlock.Quad) + j]);
                    }
                }
            }
        }
    }

    private static void Add(FloatView gradient, int at, int accumulate, float sum)
    {
        float before = 0f;
        if (accumulate != 0)
        {
            before = gradient[at];
        }

        gradient[at] = before + sum;
    }
}
