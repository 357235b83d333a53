namespace ScoreGpu.Kernels.Gpu;

/// <summary>The gradients of all weights of a chain from its tape: G = δ·aᵀ, summed over the columns of the tape.</summary>
/// <remarks>
/// A group computes 32 × 32 entries of one layer's gradient over one range of the tape's columns, and walks along them in
/// slices of 16. A work-item holds 4 × 4 sums. The bias is one more input, which is 1 for samples and 0 for tangents.
/// <code>
///                      inputs (32)                    tape columns: │ range 0 │ range 1 │ …
///                    +-------------+                  each range is a group's, and writes its own copy of the gradient
///     columns (16)   |  a sliceᵀ   |
///                    +-------------+
///   +-----------+    +-------------+
///   | δ slice   |    |             |  outputs (32)
///   +-----------+    |  sums       |
///                    +-------------+
/// </code>
/// The copies are added in order by <see cref="GradientSumKernel"/>: no atomics, so the bits are always the same.
/// </remarks>
public static class WeightGradientKernel
{
    /// <summary>The number of work-items in a group.</summary>
    public const int GroupSize = 64;

    /// <summary>Rows and columns of a piece.</summary>
    public const int PieceSize = 32;

    /// <summary>Numbers of a piece: its layer, first output and first input.</summary>
    public const int PieceFields = 3;

    /// <summary>Local memory of a group.</summary>
    /// <remarks>Given at the launch: PoCL 3.1 lets groups that run side by side share what a kernel declares.</remarks>
    public const int LocalBytes = 2 * SliceDepth * SliceStride * sizeof(float);

    private const int Own = 4;
    private const int Across = PieceSize / Own;
    private const int SliceDepth = 16;

    // 34 ≡ 2 mod 32: sixteen work-items fill a column of the slice without meeting in a bank.
    private const int SliceStride = PieceSize + 2;

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
        FloatView deltaSlice = slices.SubView(0, SliceDepth * SliceStride);
        FloatView inputSlice = slices.SubView(SliceDepth * SliceStride, SliceDepth * SliceStride);
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
                deltaSlice,
                inputSlice,
                gradients,
                range * values,
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
        FloatView deltaSlice,
        FloatView inputSlice,
        FloatView gradients,
        int offset,
        int accumulate,
        in TileShape shape)
    {
        int row = block / Across * Own;
        int column = block % Across * Own;
        float[] sums = new float[Own * Own];
        for (int n = from; n < to; n += SliceDepth)
        {
            FillSlices(layer, firstRow, firstColumn, after, deltas, stride, n, to, deltaSlice, inputSlice, in shape);
            Group.Barrier();
            for (int k = 0; k < SliceDepth; k++)
            {
                MultiplyAdd(deltaSlice, (k * SliceStride) + row, inputSlice, (k * SliceStride) + column, sums);
            }

            // Nobody may fill the slices again before all have used them.
            Group.Barrier();
        }

        for (int i = 0; i < Own; i++)
        {
            for (int j = 0; j < Own; j++)
            {
                int at = Place(layer, firstRow + row + i, firstColumn + column + j);
                if (at >= 0)
                {
                    float before = 0f;
                    if (accumulate != 0)
                    {
                        before = gradients[offset + at];
                    }

                    gradients[offset + at] = before + sums[(Own * i) + j];
                }
            }
        }
    }

    private static void FillSlices(
        IntView layer,
        int firstRow,
        int firstColumn,
        FloatView after,
        FloatView deltas,
        int stride,
        int from,
        int to,
        FloatView deltaSlice,
        FloatView inputSlice,
        in TileShape shape)
    {
        int rows = layer[LayerTable.Rows];
        int depth = layer[LayerTable.Depth];
        int deltaRow = layer[LayerTable.DeltaRow];
        int inputRow = layer[LayerTable.InputRow];
        for (int i = Group.IdxX; i < SliceDepth * PieceSize; i += Group.DimX)
        {
            int n = from + (i % SliceDepth);
            int r = i / SliceDepth;
            float delta = 0f;
            float input = 0f;
            if (n < to)
            {
                if (firstRow + r < rows)
                {
                    delta = deltas[((deltaRow + firstRow + r) * stride) + n];
                }

                if (firstColumn + r < depth)
                {
                    input = after[((inputRow + firstColumn + r) * stride) + n];
                }
                else if (firstColumn + r == depth)
                {
                    input = n % shape.Columns < shape.Samples ? 1f : 0f;
                }
            }

            deltaSlice[(i % SliceDepth * SliceStride) + r] = delta;
            inputSlice[(i % SliceDepth * SliceStride) + r] = input;
        }
    }

    private static void MultiplyAdd(FloatView deltaSlice, int delta, FloatView inputSlice, int input, float[] sums)
    {
        for (int i = 0; i < Own; i++)
        {
            float d = deltaSlice[delta + i];
            for (int j = 0; j < Own; j++)
            {
                sums[(Own * i) + j] = MathF.FusedMultiplyAdd(d, inputSlice[input + j], sums[(Own * i) + j]);
            }
        }
    }

    /// <summary>Where an entry is among the network's values; −1 where there is none.</summary>
    private static int Place(IntView layer, int row, int column)
    {
        int place = -1;
        if (row < layer[LayerTable.Rows])
        {
            if (column < layer[LayerTable.Depth])
            {
                place = layer[LayerTable.Weights] + (row * layer[LayerTable.RowStride]) + column;
            }
            else if (column == layer[LayerTable.Depth] && layer[LayerTable.OwnsBias] != 0)
            {
                place = layer[LayerTable.Bias] + row;
            }
        }

        return place;
    }
}
