namespace ScoreGpu.Kernels.Gpu;

/// <summary>A chain forward with a tape, and backward from a given gradient of its output: vᵀJ, and the levels' tower.</summary>
/// <remarks>
/// <code>
///   Forward    x ──▶ layers ──▶ y                  leaves the tape z, a
///   Backward   ∂x ◀── layers ◀── ∂y                reads z, leaves every δ
///   VectorJacobian = both, for one tile after another: vᵀJ is the backward pass from ∂y = v.
/// </code>
/// The tower (the small network that turns a level into the trunk's first bias) has the levels as its samples: between
/// its forward and its backward pass lies the trunk's whole step.
/// Griewank and Walther, "Evaluating Derivatives", SIAM 2008, chapter 3.
/// </remarks>
public static class ChainGradientKernel
{
    /// <summary>The number of work-items in a group.</summary>
    public const int GroupSize = 128;

    /// <summary>Floats of local memory a column besides the two buffers: x and y.</summary>
    /// <param name="inputs">Features of x.</param>
    /// <param name="outputs">Features of y.</param>
    public static int ExtraPerColumn(int inputs, int outputs) => inputs + outputs;

    /// <summary>y = f(x) with a tape, for samples that are rows of a table.</summary>
    /// <param name="weights">All weights.</param>
    /// <param name="layers">The chain, see <see cref="LayerTable"/>.</param>
    /// <param name="layerCount">Its layers.</param>
    /// <param name="source">The table, [rows, inputs].</param>
    /// <param name="sourceRows">The row of each sample.</param>
    /// <param name="before">Receives the tape's z.</param>
    /// <param name="after">Receives the tape's a.</param>
    /// <param name="outputs">Receives y, [count, outputDimension].</param>
    /// <param name="count">The number of samples.</param>
    /// <param name="inputs">Features of x.</param>
    /// <param name="outputDimension">Features of y.</param>
    /// <param name="stride">Columns of the tape.</param>
    /// <param name="tiling">The tile, of one lane.</param>
    [Kernel(GroupSize = GroupSize)]
    [KernelCost(
        "sample",
        Flops = "2 * products",
        Bytes = "4 * (inputs + outputDimension + 1) + 8 * inputRows",
        Where = LayerTable.Products + LayerTable.TapeRows)]
    public static void Forward(
        FloatView weights,
        IntView layers,
        int layerCount,
        FloatView source,
        IntView sourceRows,
        FloatView before,
        FloatView after,
        FloatView outputs,
        int count,
        int inputs,
        int outputDimension,
        int stride,
        TileShape tiling)
    {
        FloatView tile = SharedMemory.GetDynamic<float>();
        int first = Grid.IdxX * tiling.Samples;
        int x = TileMemory.Extra(in tiling);
        int y = x + (inputs * tiling.Columns);
        TilePass.FillBiasOfLevels(tile, x, inputs, source, sourceRows, first, count, 1, in tiling);
        TilePass.FillBias(
            tile, TileMemory.Ping, layers[LayerTable.Rows], weights, layers[LayerTable.Bias], in tiling);
        Group.Barrier();
        TapeForward.Run(
            weights, layers, layerCount, before, after, Grid.IdxX * tiling.Columns, stride, tile, x, y, in tiling);
        TilePass.StoreSamples(tile, y, 0, outputs, 0, first, count, outputDimension, in tiling);
    }

    /// <summary>From the gradient of y to every δ and to the gradient of x.</summary>
    /// <param name="weights">All weights.</param>
    /// <param name="layers">The chain, see <see cref="LayerTable"/>.</param>
    /// <param name="layerCount">Its layers.</param>
    /// <param name="outputGradients">∂y, [count, outputDimension].</param>
    /// <param name="before">The tape's z.</param>
    /// <param name="deltas">Receives every layer's δ.</param>
    /// <param name="inputGradients">Receives ∂x, [count, inputs].</param>
    /// <param name="count">The number of samples.</param>
    /// <param name="inputs">Features of x.</param>
    /// <param name="outputDimension">Features of y.</param>
    /// <param name="stride">Columns of the tape.</param>
    /// <param name="tiling">The tile, of one lane.</param>
    [Kernel(GroupSize = GroupSize)]
    [KernelCost(
        "sample",
        Flops = "2 * products",
        Bytes = "4 * (inputs + outputDimension) + 4 * inputRows + 4 * deltaRows",
        Where = LayerTable.Products + LayerTable.TapeRows)]
    public static void Backward(
        FloatView weights,
        IntView layers,
        int layerCount,
        FloatView outputGradients,
        FloatView before,
        FloatView deltas,
        FloatView inputGradients,
        int count,
        int inputs,
        int outputDimension,
        int stride,
        TileShape tiling)
    {
        FloatView tile = SharedMemory.GetDynamic<float>();
        int first = Grid.IdxX * tiling.Samples;
        int x = TileMemory.Extra(in tiling);
        int y = x + (inputs * tiling.Columns);
        TilePass.LoadSamples(outputGradients, first, count, outputDimension, tile, y, 0, in tiling);
        Group.Barrier();
        TapeBackward.Run(
            weights, layers, layerCount, before, deltas, Grid.IdxX * tiling.Columns, stride, tile, y, x, 0, in tiling);
        TilePass.StoreSamples(tile, x, 0, inputGradients, 0, first, count, inputs, in tiling);
    }

    /// <summary>vᵀJ for a batch.</summary>
    /// <param name="weights">All weights.</param>
    /// <param name="layers">The chain, see <see cref="LayerTable"/>.</param>
    /// <param name="layerCount">Its layers.</param>
    /// <param name="table">The first layer's bias for each level, [levels, H].</param>
    /// <param name="levels">The level of each sample.</param>
    /// <param name="levelStep">1, or 0 where all samples have level levels[0].</param>
    /// <param name="points">x, [count, dimension].</param>
    /// <param name="vectors">v, [count, dimension].</param>
    /// <param name="products">Receives vᵀJ, [count, dimension].</param>
    /// <param name="before">The tape's z.</param>
    /// <param name="scratch">As large as <paramref name="before"/>, and as every layer's δ.</param>
    /// <param name="count">The number of samples, N.</param>
    /// <param name="dimension">D.</param>
    /// <param name="stride">Columns of the tape.</param>
    /// <param name="tiling">The tile, of one lane.</param>
    [Kernel(GroupSize = GroupSize)]
    [KernelCost(
        "sample",
        Flops = "4 * products",
        Bytes = "4 * (3 * dimension + levelStep) + 12 * inputRows + 4 * deltaRows",
        Where = LayerTable.Products + LayerTable.TapeRows)]
    public static void VectorJacobian(
        FloatView weights,
        IntView layers,
        int layerCount,
        FloatView table,
        IntView levels,
        int levelStep,
        FloatView points,
        FloatView vectors,
        FloatView products,
        FloatView before,
        FloatView scratch,
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
        TilePass.LoadSamples(points, first, count, dimension, tile, x, 0, in tiling);
        TilePass.FillBiasOfLevels(
            tile, TileMemory.Ping, layers[LayerTable.Rows], table, levels, first, count, levelStep, in tiling);
        Group.Barrier();
        TapeForward.Run(weights, layers, layerCount, before, scratch, column, stride, tile, x, y, in tiling);
        TilePass.LoadSamples(vectors, first, count, dimension, tile, y, 0, in tiling);
        Group.Barrier();
        TapeBackward.Run(
            weights, layers, layerCount, before, scratch, column, stride, tile, y, x, 0, in tiling);
        TilePass.StoreSamples(tile, x, 0, products, 0, first, count, dimension, in tiling);
    }
}
