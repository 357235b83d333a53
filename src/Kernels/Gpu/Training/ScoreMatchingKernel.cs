namespace ScoreGpu.Kernels.Gpu;

/// <summary>The forward and the backward pass of a batch for the objectives with a trace, in one launch.</summary>
/// <remarks>
/// Hyvärinen's L = tr J + ½‖s‖² (2005, JMLR 6, theorem 1) carries a tangent along each axis, the sliced
/// L = vᵀJv + ½‖s‖² (Song et al. 2019, arXiv:1905.07088, equation 8) one along the probe v; without variance reduction its
/// last term is ½(vᵀs)² (section 3). All are Σⱼ tⱼᵀJtⱼ + ½‖s‖², or with P = vvᵀ before s, and the gradient passes back
/// through values and tangents together:
/// <code>
///   columns of a tile     value    tangent 1   tangent 2  …        lanes
///   forward               x → s    t₁ → J·t₁   t₂ → J·t₂
///   backward from         s / N    t₁ / N      t₂ / N                       vvᵀs / N in place of s / N
/// </code>
/// Where an axis each would need more lanes than a tile has, a sample takes several passes, each a column group of its
/// own with some of the axes: the sum over them is the same, and ½‖s‖² belongs to the first.
/// </remarks>
public static class ScoreMatchingKernel
{
    /// <summary>The number of work-items in a group.</summary>
    public const int GroupSize = 128;

    /// <summary>The objective with the exact trace.</summary>
    public const int Hyvarinen = 0;

    /// <summary>The sliced objective with variance reduction.</summary>
    public const int Sliced = 1;

    /// <summary>The sliced objective without.</summary>
    public const int SlicedByProjection = 2;

    /// <summary>The pass.</summary>
    /// <param name="weights">All weights.</param>
    /// <param name="layers">The chain, see <see cref="LayerTable"/>.</param>
    /// <param name="layerCount">Its layers.</param>
    /// <param name="points">x, [count, D].</param>
    /// <param name="probes">v, [count, D], for the sliced objectives.</param>
    /// <param name="objective"><see cref="Hyvarinen"/>, <see cref="Sliced"/> or <see cref="SlicedByProjection"/>.</param>
    /// <param name="passes">Passes of a sample.</param>
    /// <param name="before">Receives the tape's z.</param>
    /// <param name="after">Receives the tape's a.</param>
    /// <param name="deltas">Receives every layer's δ.</param>
    /// <param name="losses">Receives the loss of each pass of each sample, [count, passes].</param>
    /// <param name="scale">1/N of the whole batch.</param>
    /// <param name="count">The number of samples.</param>
    /// <param name="dimension">D.</param>
    /// <param name="stride">Columns of the tape.</param>
    /// <param name="tiling">The tile, of at least two lanes.</param>
    [Kernel(GroupSize = GroupSize)]
    [KernelCost(
        "column: a sample or one of its tangents",
        Flops = "4 * products - 2 * firstProduct",
        Bytes = "4 * dimension + 12 * inputRows + 4 * deltaRows",
        Where = LayerTable.Products + LayerTable.FirstProduct + LayerTable.TapeRows)]
    public static void Run(
        FloatView weights,
        IntView layers,
        int layerCount,
        FloatView points,
        FloatView probes,
        int objective,
        int passes,
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
        Load(tile, x, points, probes, objective, passes, first, count, dimension, in tiling);
        TilePass.FillBias(
            tile, TileMemory.Ping, layers[LayerTable.Rows], weights, layers[LayerTable.Bias], in tiling);
        Group.Barrier();
        TapeForward.Run(weights, layers, layerCount, before, after, column, stride, tile, x, y, in tiling);
        Compare(tile, y, probes, objective, passes, losses, scale, first, count, dimension, in tiling);
        Group.Barrier();
        TapeBackward.Run(weights, layers, layerCount, before, deltas, column, stride, tile, y, x, 1, in tiling);
    }

    /// <summary>Entry d of the tangent in a lane of a sample's pass.</summary>
    private static float Tangent(
        FloatView probes, int objective, int sample, int pass, int lane, int lanes, int d, int dimension)
    {
        if (objective != Hyvarinen)
        {
            return probes[(sample * dimension) + d];
        }

        return d == (pass * (lanes - 1)) + lane - 1 ? 1f : 0f;
    }

    private static void Load(
        FloatView tile,
        int x,
        FloatView points,
        FloatView probes,
        int objective,
        int passes,
        int first,
        int count,
        int dimension,
        in TileShape shape)
    {
        for (int n = Group.IdxX; n < shape.Columns; n += Group.DimX)
        {
            int lane = n / shape.Samples;
            int item = first + (n % shape.Samples);
            int sample = item / passes;
            bool isUsed = lane < shape.Lanes && sample < count;
            for (int d = 0; d < dimension; d++)
            {
                float value = 0f;
                if (isUsed)
                {
                    value = lane == 0
                        ? points[(sample * dimension) + d]
                        : Tangent(probes, objective, sample, item % passes, lane, shape.Lanes, d, dimension);
                }

                tile[x + (d * shape.Columns) + n] = value;
            }
        }
    }

    /// <summary>The loss of each pass; δ takes the place of y. Columns that hold nothing get zero.</summary>
    private static void Compare(
        FloatView tile,
        int y,
        FloatView probes,
        int objective,
        int passes,
        FloatView losses,
        float scale,
        int first,
        int count,
        int dimension,
        in TileShape shape)
    {
        for (int n = Group.IdxX; n < shape.Columns; n += Group.DimX)
        {
            int item = first + n;
            int sample = item / passes;
            if (n >= shape.Samples)
            {
                // Tangents are their sample's; what is beyond the lanes holds nothing.
                if (n >= shape.Samples * shape.Lanes)
                {
                    ClearColumn(tile, y + n, dimension, shape.Columns);
                }
            }
            else if (sample >= count)
            {
                for (int lane = 0; lane < shape.Lanes; lane++)
                {
                    ClearColumn(tile, y + (lane * shape.Samples) + n, dimension, shape.Columns);
                }
            }
            else
            {
                float loss = 0f;
                float isFirst = item % passes == 0 ? 1f : 0f;
                float projection = 0f;
                if (objective == SlicedByProjection)
                {
                    for (int d = 0; d < dimension; d++)
                    {
                        projection += probes[(sample * dimension) + d] * tile[y + (d * shape.Columns) + n];
                    }

                    loss = 0.5f * projection * projection;
                }

                for (int d = 0; d < dimension; d++)
                {
                    int i = y + (d * shape.Columns) + n;
                    float value = tile[i];
                    if (objective == SlicedByProjection)
                    {
                        tile[i] = projection * probes[(sample * dimension) + d] * scale;
                    }
                    else
                    {
                        loss += 0.5f * isFirst * value * value;
                        tile[i] = isFirst * value * scale;
                    }

                    for (int lane = 1; lane < shape.Lanes; lane++)
                    {
                        float t = Tangent(probes, objective, sample, item % passes, lane, shape.Lanes, d, dimension);
                        loss += t * tile[i + (lane * shape.Samples)];
                        tile[i + (lane * shape.Samples)] = t * scale;
                    }
                }

                losses[item] = loss;
            }
        }
    }

    private static void ClearColumn(FloatView tile, int at, int rows, int columns)
    {
        for (int d = 0; d < rows; d++)
        {
            tile[at + (d * columns)] = 0f;
        }
    }
}
