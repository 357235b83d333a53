namespace ScoreGpu.Kernels.Gpu;

/// <summary>The forward and the backward pass of a batch for a denoising objective, in one launch.</summary>
/// <remarks>
/// A group takes a tile of samples from the data to every layer's δ:
/// <code>
///   x₀, ε ──▶ x_t = α·x₀ + σ·ε ──▶ layers ──▶ y ──▶ loss = w·‖y − (c₀·x₀ + c₁·ε)‖²
///                                   │tape             │
///                     deltas ◀── layers ◀── δ = 2w·(y − c₀·x₀ − c₁·ε) / N
/// </code>
/// α, σ, c₀, c₁ and w are a row of a table, the sample's level; noise prediction, denoising score matching and flow
/// matching differ in that table alone. Losses are written a sample, for the host to sum in double.
/// </remarks>
public static class DenoisingKernel
{
    /// <summary>The number of work-items in a group.</summary>
    public const int GroupSize = 128;

    /// <summary>Numbers of a level: α, σ, c₀, c₁, w.</summary>
    public const int LevelFields = 5;

    /// <summary>Floats of local memory a column besides the two buffers: x and y.</summary>
    /// <param name="dimension">D.</param>
    public static int ExtraPerColumn(int dimension) => 2 * dimension;

    /// <summary>The pass.</summary>
    /// <param name="weights">All weights.</param>
    /// <param name="layers">The chain, see <see cref="LayerTable"/>.</param>
    /// <param name="layerCount">Its layers.</param>
    /// <param name="table">The first layer's bias for each level, [levels, H], or one row for all.</param>
    /// <param name="tableStep">1, or 0 where all levels share row 0.</param>
    /// <param name="coefficients">The levels, [levels, <see cref="LevelFields"/>].</param>
    /// <param name="clean">x₀, [count, D].</param>
    /// <param name="noise">ε, [count, D].</param>
    /// <param name="levels">The level of each sample.</param>
    /// <param name="before">Receives the tape's z.</param>
    /// <param name="after">Receives the tape's a.</param>
    /// <param name="deltas">Receives every layer's δ.</param>
    /// <param name="losses">Receives the loss of each sample.</param>
    /// <param name="scale">1/N of the whole batch.</param>
    /// <param name="count">The number of samples.</param>
    /// <param name="dimension">D.</param>
    /// <param name="stride">Columns of the tape.</param>
    /// <param name="tiling">The tile, of one lane.</param>
    [Kernel(GroupSize = GroupSize)]
    [KernelCost(
        "sample",
        Flops = "4 * products - 2 * firstProduct",
        Bytes = "4 * (2 * dimension + 2) + 12 * inputRows + 4 * deltaRows",
        Where = LayerTable.Products + LayerTable.FirstProduct + LayerTable.TapeRows)]
    public static void Run(
        FloatView weights,
        IntView layers,
        int layerCount,
        FloatView table,
        int tableStep,
        FloatView coefficients,
        FloatView clean,
        FloatView noise,
        IntView levels,
        FloatView before,
        FloatView after,
        FloatView deltas,
        FloatView losses,
        float scale,
        int count,
        int dimension,
        int stride,
        TileShape tiling)
    {
        FloatView tile = SharedMemory.GetDynamic<float>();
        int first = Grid.IdxX * tiling.Samples;
        int column = Grid.IdxX * tiling.Columns;
        int x = TileMemory.Extra(in tiling);
        int y = x + (dimension * tiling.Columns);
        Perturb(tile, x, coefficients, clean, noise, levels, first, count, dimension, in tiling);
        if (tableStep == 0)
        {
            TilePass.FillBias(tile, TileMemory.Ping, layers[LayerTable.Rows], table, 0, in tiling);
        }
        else
        {
            TilePass.FillBiasOfLevels(
                tile, TileMemory.Ping, layers[LayerTable.Rows], table, levels, first, count, 1, in tiling);
        }

        Group.Barrier();
        TapeForward.Run(weights, layers, layerCount, before, after, column, stride, tile, x, y, in tiling);
        Compare(tile, y, coefficients, clean, noise, levels, losses, scale, first, count, dimension, in tiling);
        Group.Barrier();
        TapeBackward.Run(weights, layers, layerCount, before, deltas, column, stride, tile, y, x, 1, in tiling);
    }

    private static void Perturb(
        FloatView tile,
        int x,
        FloatView coefficients,
        FloatView clean,
        FloatView noise,
        IntView levels,
        int first,
        int count,
        int dimension,
        in TileShape shape)
    {
        for (int i = Group.IdxX; i < shape.Columns * dimension; i += Group.DimX)
        {
            int n = i / dimension;
            float value = 0f;
            if (first + n < count)
            {
                int level = levels[first + n] * LevelFields;
                int at = (first * dimension) + i;
                value = (coefficients[level] * clean[at]) + (coefficients[level + 1] * noise[at]);
            }

            tile[x + (i % dimension * shape.Columns) + n] = value;
        }
    }

    /// <summary>The loss of each sample; δ takes the place of y. Beyond the last sample δ is zero.</summary>
    private static void Compare(
        FloatView tile,
        int y,
        FloatView coefficients,
        FloatView clean,
        FloatView noise,
        IntView levels,
        FloatView losses,
        float scale,
        int first,
        int count,
        int dimension,
        in TileShape shape)
    {
        for (int n = Group.IdxX; n < shape.Columns; n += Group.DimX)
        {
            bool isSample = first + n < count;
            int level = isSample ? levels[first + n] * LevelFields : 0;
            float loss = 0f;
            for (int d = 0; d < dimension; d++)
            {
                int i = y + (d * shape.Columns) + n;
                float delta = 0f;
                if (isSample)
                {
                    int at = ((first + n) * dimension) + d;
                    float error = tile[i] - (coefficients[level + 2] * clean[at]) - (coefficients[level + 3] * noise[at]);
                    loss += coefficients[level + 4] * error * error;
                    delta = 2f * coefficients[level + 4] * error * scale;
                }

                tile[i] = delta;
            }

            if (isSample)
            {
                losses[first + n] = loss;
            }
        }
    }
}
