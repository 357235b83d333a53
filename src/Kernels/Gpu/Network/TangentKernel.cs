namespace ScoreGpu.Kernels.Gpu;

/// <summary>Derivatives of the network in forward mode: J·v, and the divergence tr J from D tangents.</summary>
/// <remarks>
/// A tangent is one more column of a sample's tile, so that the products of the weights serve both:
/// <code>
///   column     0 … s−1      s … 2s−1     2s … 3s−1
///   holds      x            v (or e₀)    e₁           s = Samples, with room for Lanes − 1 tangents at a time
///   becomes    f(x)         J·v          J·e₁
/// </code>
/// The divergence takes the diagonal, Σ_d (J·e_d)_d, in ⌈D / (Lanes − 1)⌉ passes.
/// Griewank and Walther, "Evaluating Derivatives", SIAM 2008, chapter 3.
/// </remarks>
public static class TangentKernel
{
    /// <summary>The number of work-items in a group.</summary>
    public const int GroupSize = 128;

    /// <summary>Floats of local memory a column besides the two buffers: x, y and the sum.</summary>
    /// <param name="dimension">D.</param>
    public static int ExtraPerColumn(int dimension) => (2 * dimension) + 1;

    /// <summary>J·v for a batch.</summary>
    /// <param name="weights">All weights.</param>
    /// <param name="layers">The chain, see <see cref="LayerTable"/>.</param>
    /// <param name="layerCount">Its layers.</param>
    /// <param name="table">The first layer's bias for each level, [levels, H].</param>
    /// <param name="levels">The level of each sample.</param>
    /// <param name="levelStep">1, or 0 where all samples have level levels[0].</param>
    /// <param name="points">x, [count, dimension].</param>
    /// <param name="vectors">v, [count, dimension].</param>
    /// <param name="products">Receives J·v, [count, dimension].</param>
    /// <param name="count">The number of samples, N.</param>
    /// <param name="dimension">D.</param>
    /// <param name="tiling">The tile, of two lanes.</param>
    [Kernel(GroupSize = GroupSize)]
    [KernelCost(
        "sample",
        Flops = "4 * products",
        Bytes = "4 * (3 * dimension + levelStep)",
        Where = LayerTable.Products)]
    public static void JacobianVector(
        FloatView weights,
        IntView layers,
        int layerCount,
        FloatView table,
        IntView levels,
        int levelStep,
        FloatView points,
        FloatView vectors,
        FloatView products,
        int count,
        int dimension,
        TileShape tiling)
    {
        FloatView tile = SharedMemory.GetDynamic<float>();
        int first = Grid.IdxX * tiling.Samples;
        int x = TileMemory.Extra(in tiling);
        int y = x + (dimension * tiling.Columns);
        TilePass.LoadSamples(points, first, count, dimension, tile, x, 0, in tiling);
        TilePass.LoadSamples(vectors, first, count, dimension, tile, x, 1, in tiling);
        ClearUnused(tile, x, dimension, in tiling);
        TilePass.FillBiasOfLevels(
            tile, TileMemory.Ping, layers[LayerTable.Rows], table, levels, first, count, levelStep, in tiling);
        Group.Barrier();
        ChainForward.Run(weights, layers, layerCount, tile, x, y, in tiling);
        TilePass.StoreSamples(tile, y, 1, products, 0, first, count, dimension, in tiling);
    }

    /// <summary>tr J for a batch.</summary>
    /// <param name="weights">All weights.</param>
    /// <param name="layers">The chain, see <see cref="LayerTable"/>.</param>
    /// <param name="layerCount">Its layers.</param>
    /// <param name="table">The first layer's bias for each level, [levels, H].</param>
    /// <param name="levels">The level of each sample.</param>
    /// <param name="levelStep">1, or 0 where all samples have level levels[0].</param>
    /// <param name="points">x, [count, dimension].</param>
    /// <param name="divergences">Receives tr J, [count].</param>
    /// <param name="count">The number of samples, N.</param>
    /// <param name="dimension">D.</param>
    /// <param name="tiling">The tile, of at least two lanes.</param>
    [Kernel(GroupSize = GroupSize)]
    [KernelCost(
        "sample",
        Flops = "2 * (1 + dimension) * products",
        Bytes = "4 * (dimension + 1 + levelStep)",
        Where = LayerTable.Products)]
    public static void Divergence(
        FloatView weights,
        IntView layers,
        int layerCount,
        FloatView table,
        IntView levels,
        int levelStep,
        FloatView points,
        FloatView divergences,
        int count,
        int dimension,
        TileShape tiling)
    {
        FloatView tile = SharedMemory.GetDynamic<float>();
        int first = Grid.IdxX * tiling.Samples;
        int x = TileMemory.Extra(in tiling);
        int y = x + (dimension * tiling.Columns);
        int sum = y + (dimension * tiling.Columns);
        TilePass.Clear(tile, sum, tiling.Samples);
        for (int axis = 0; axis < dimension; axis += tiling.Lanes - 1)
        {
            TilePass.LoadSamples(points, first, count, dimension, tile, x, 0, in tiling);
            LoadAxes(tile, x, axis, dimension, in tiling);
            TilePass.FillBiasOfLevels(
                tile, TileMemory.Ping, layers[LayerTable.Rows], table, levels, first, count, levelStep, in tiling);
            Group.Barrier();
            ChainForward.Run(weights, layers, layerCount, tile, x, y, in tiling);
            AddDiagonal(tile, y, sum, axis, dimension, in tiling);
            Group.Barrier();
        }

        for (int n = Group.IdxX; n < tiling.Samples; n += Group.DimX)
        {
            if (first + n < count)
            {
                divergences[first + n] = tile[sum + n];
            }
        }
    }

    /// <summary>Fills the columns of the tangents with unit vectors, and those beyond with zeros.</summary>
    private static void LoadAxes(FloatView tile, int x, int axis, int dimension, in TileShape shape)
    {
        for (int n = TilePass.FirstColumn(shape.Columns); n < shape.Columns; n += TilePass.ColumnStep(shape.Columns))
        {
            int lane = n / shape.Samples;
            for (int d = TilePass.FirstFeature(shape.Columns); d < dimension; d += TilePass.FeatureStep(shape.Columns))
            {
                if (lane > 0)
                {
                    tile[x + (d * shape.Columns) + n] = lane < shape.Lanes && d == axis + lane - 1 ? 1f : 0f;
                }
            }
        }
    }

    private static void AddDiagonal(FloatView tile, int y, int sum, int axis, int dimension, in TileShape shape)
    {
        for (int n = Group.IdxX; n < shape.Samples; n += Group.DimX)
        {
            for (int lane = 1; lane < shape.Lanes; lane++)
            {
                int d = axis + lane - 1;
                if (d < dimension)
                {
                    tile[sum + n] += tile[y + (d * shape.Columns) + (lane * shape.Samples) + n];
                }
            }
        }
    }

    private static void ClearUnused(FloatView tile, int x, int dimension, in TileShape shape)
    {
        int used = shape.Lanes * shape.Samples;
        int unused = shape.Columns - used;
        for (int i = Group.IdxX; i < unused * dimension; i += Group.DimX)
        {
            tile[x + (i / unused * shape.Columns) + used + (i % unused)] = 0f;
        }
    }
}
