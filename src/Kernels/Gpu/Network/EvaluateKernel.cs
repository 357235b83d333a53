namespace ScoreGpu.Kernels.Gpu;

/// <summary>The network's value at every point of a batch, y = f(x, level).</summary>
/// <remarks>
/// A group takes a tile of samples through all layers without leaving local memory:
/// <code>
///   points [N, D] ──▶ x [D, S] ──▶ layers, ping ⇄ pong [H, S] ──▶ y [D, S] ──▶ outputs [N, D]
/// </code>
/// Global memory is read and written once a sample, and the weights once a tile. The level enters as the first layer's
/// bias, a row of a table. The same kernel turns levels into that table, with the small network of the embedding as
/// its chain.
/// </remarks>
public static class EvaluateKernel
{
    /// <summary>The number of work-items in a group.</summary>
    public const int GroupSize = 128;

    /// <summary>Floats of local memory a column besides the two buffers: x and y.</summary>
    /// <param name="inputs">Features of x.</param>
    /// <param name="outputs">Features of y.</param>
    public static int ExtraPerColumn(int inputs, int outputs) => inputs + outputs;

    /// <summary>y = f(x) for a batch.</summary>
    /// <param name="weights">All weights.</param>
    /// <param name="layers">The chain, see <see cref="LayerTable"/>.</param>
    /// <param name="layerCount">Its layers.</param>
    /// <param name="table">The first layer's bias for each level, [levels, H].</param>
    /// <param name="levels">The level of each sample.</param>
    /// <param name="levelStep">1, or 0 where all samples have level levels[0].</param>
    /// <param name="points">x, [count, inputs].</param>
    /// <param name="outputs">Receives y, [count, outputDimension].</param>
    /// <param name="count">The number of samples, N.</param>
    /// <param name="inputs">Features of x.</param>
    /// <param name="outputDimension">Features of y.</param>
    /// <param name="tiling">The tile, of one lane.</param>
    [Kernel(GroupSize = GroupSize)]
    [KernelCost(
        "sample",
        Flops = "2 * products",
        Bytes = "4 * (inputs + outputDimension + levelStep)",
        Where = LayerTable.Products)]
    public static void Values(
        FloatView weights,
        IntView layers,
        int layerCount,
        FloatView table,
        IntView levels,
        int levelStep,
        FloatView points,
        FloatView outputs,
        int count,
        int inputs,
        int outputDimension,
        TileShape tiling)
    {
        FloatView tile = SharedMemory.GetDynamic<float>();
        int first = Grid.IdxX * tiling.Samples;
        int x = TileMemory.Extra(in tiling);
        int y = x + (inputs * tiling.Columns);
        TilePass.LoadSamples(points, first, count, inputs, tile, x, 0, in tiling);
        TilePass.FillBiasOfLevels(
            tile, TileMemory.Ping, layers[LayerTable.Rows], table, levels, first, count, levelStep, in tiling);
        Group.Barrier();
        ChainForward.Run(weights, layers, layerCount, tile, x, y, in tiling);
        TilePass.StoreSamples(tile, y, 0, outputs, 0, first, count, outputDimension, in tiling);
    }
}
