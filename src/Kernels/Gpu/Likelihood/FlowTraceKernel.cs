namespace ScoreGpu.Kernels.Gpu;

/// <summary>A likelihood program for a whole batch in one launch: the rows of <see cref="SampleKernel"/>, and at each the
/// trace of the network's Jacobian.</summary>
/// <remarks>
/// A row's tangents stand beside its samples, as in <see cref="TangentKernel"/>:
/// <code>
///   column     0 … s−1      s … 2s−1     2s … 3s−1
///   holds      x            v₁ (or e₁)   v₂ (or e₂)
///   becomes    f(x)         J·v₁         J·v₂           trace += w·vᵀ(J·v)
/// </code>
/// in ⌈V / (Lanes − 1)⌉ passes for V axes or probes; the registers take their next values after the last. Local memory
/// besides the buffers: the four registers [4, D, S], of which x has the tangents in its further columns, and the output
/// [D, S]. A sum lies in global memory and belongs to one work-item. Chen et al., 2018, arXiv:1806.07366, theorem 1;
/// Grathwohl et al., 2018, arXiv:1810.01367, equation (8).
/// </remarks>
public static class FlowTraceKernel
{
    /// <summary>The number of work-items in a group.</summary>
    public const int GroupSize = 128;

    /// <summary>Runs the program.</summary>
    /// <param name="weights">All weights.</param>
    /// <param name="layers">The chain, see <see cref="LayerTable"/>.</param>
    /// <param name="layerCount">Its layers.</param>
    /// <param name="table">The first layer's bias for each row of the program, [rows, H], or one row for all.</param>
    /// <param name="tableStep">H, or 0 where all rows of the program share one.</param>
    /// <param name="steps">The rows' coefficients, [rows, <see cref="SampleKernel.RowFields"/>].</param>
    /// <param name="traceWeights">w, [rows].</param>
    /// <param name="rows">Rows of the program.</param>
    /// <param name="start">The points to start from, [count, D].</param>
    /// <param name="probes">v, [count, vectors, D], where they are given.</param>
    /// <param name="hasProbes">1 where they are; 0 takes the D axes.</param>
    /// <param name="vectors">V: the probes of a sample, or D.</param>
    /// <param name="points">Receives the ends, [count, D].</param>
    /// <param name="traces">Receives Σ w·vᵀJv, [count, vectors]; Σ w·tr J, [count], where the axes are taken.</param>
    /// <param name="count">The number of samples.</param>
    /// <param name="dimension">D.</param>
    /// <param name="tiling">The tile, of at least two lanes.</param>
    [Kernel(GroupSize = GroupSize)]
    [KernelCost(
        "sample and step",
        Flops = "2 * (1 + vectors) * products + 55 * dimension + 2 * vectors * dimension",
        Bytes = "4 * vectors * dimension * hasProbes + 8 * vectors",
        Where = LayerTable.Products)]
    public static void Run(
        FloatView weights,
        IntView layers,
        int layerCount,
        FloatView table,
        int tableStep,
        FloatView steps,
        FloatView traceWeights,
        int rows,
        FloatView start,
        FloatView probes,
        int hasProbes,
        int vectors,
        FloatView points,
        FloatView traces,
        int count,
        int dimension,
        TileShape tiling)
    {
        FloatView tile = SharedMemory.GetDynamic<float>();
        int first = Grid.IdxX * tiling.Samples;
        int size = dimension * tiling.Columns;
        int x = TileMemory.Extra(in tiling);
        int output = x + (SampleKernel.Registers * size);
        int values = hasProbes != 0 ? vectors : 1;

        TilePass.Clear(tile, x + size, (SampleKernel.Registers - 1) * size);
        TilePass.LoadSamples(start, first, count, dimension, tile, x, 0, in tiling);
        ClearTraces(traces, values, first, count, in tiling);
        Group.Barrier();
        for (int row = 0; row < rows; row++)
        {
            for (int vector = 0; vector < vectors; vector += tiling.Lanes - 1)
            {
                LoadVectors(tile, x, probes, hasProbes, vector, vectors, first, count, dimension, in tiling);
                TilePass.FillBias(tile, TileMemory.Ping, layers[LayerTable.Rows], table, row * tableStep, in tiling);
                Group.Barrier();
                ChainForward.Run(weights, layers, layerCount, tile, x, output, in tiling);
                AddTraces(
                    tile, x, output, traces, traceWeights[row], hasProbes, vector, vectors, first, count, dimension,
                    in tiling);
                Group.Barrier();
            }

            FloatView step = steps.SubView(row * SampleKernel.RowFields, SampleKernel.RowFields);
            Update(tile, x, output, step, dimension, in tiling);
            Group.Barrier();
        }

        TilePass.StoreSamples(tile, x, 0, points, 0, first, count, dimension, in tiling);
    }

    /// <summary>Sets the sums of a tile's samples to zero; who clears a sum adds to it.</summary>
    private static void ClearTraces(FloatView traces, int values, int first, int count, in TileShape shape)
    {
        for (int n = Group.IdxX; n < shape.Samples; n += Group.DimX)
        {
            if (first + n < count)
            {
                for (int k = 0; k < values; k++)
                {
                    traces[((first + n) * values) + k] = 0f;
                }
            }
        }
    }

    /// <summary>Fills the columns of the tangents with probes or axes, and those beyond with zeros.</summary>
    private static void LoadVectors(
        FloatView tile,
        int x,
        FloatView probes,
        int hasProbes,
        int vector,
        int vectors,
        int first,
        int count,
        int dimension,
        in TileShape shape)
    {
        for (int n = TilePass.FirstColumn(shape.Columns); n < shape.Columns; n += TilePass.ColumnStep(shape.Columns))
        {
            int lane = n / shape.Samples;
            int j = vector + lane - 1;
            int sample = first + (n % shape.Samples);
            bool isUsed = lane < shape.Lanes && j < vectors && sample < count;
            for (int d = TilePass.FirstFeature(shape.Columns); d < dimension; d += TilePass.FeatureStep(shape.Columns))
            {
                if (lane > 0)
                {
                    float value = 0f;
                    if (isUsed && hasProbes != 0)
                    {
                        value = probes[(((sample * vectors) + j) * dimension) + d];
                    }
                    else if (isUsed && d == j)
                    {
                        value = 1f;
                    }

                    tile[x + (d * shape.Columns) + n] = value;
                }
            }
        }
    }

    private static void AddTraces(
        FloatView tile,
        int x,
        int y,
        FloatView traces,
        float weight,
        int hasProbes,
        int vector,
        int vectors,
        int first,
        int count,
        int dimension,
        in TileShape shape)
    {
        for (int n = Group.IdxX; n < shape.Samples; n += Group.DimX)
        {
            if (first + n < count)
            {
                for (int lane = 1; lane < shape.Lanes; lane++)
                {
                    int j = vector + lane - 1;
                    if (j < vectors)
                    {
                        int column = (lane * shape.Samples) + n;
                        int at = hasProbes != 0 ? ((first + n) * vectors) + j : first + n;
                        float trace =
                            Product(tile, x + column, y + column, hasProbes, j, dimension, shape.Columns);
                        traces[at] += weight * trace;
                    }
                }
            }
        }
    }

    /// <summary>vᵀ(J·v); of an axis it is one entry.</summary>
    private static float Product(FloatView tile, int v, int y, int hasProbes, int axis, int dimension, int columns)
    {
        if (hasProbes == 0)
        {
            return tile[y + (axis * columns)];
        }

        float sum = 0f;
        for (int d = 0; d < dimension; d++)
        {
            sum = MathF.FusedMultiplyAdd(tile[v + (d * columns)], tile[y + (d * columns)], sum);
        }

        return sum;
    }

    /// <summary>Gives the samples' registers their next values; the columns of tangents are loaded afresh.</summary>
    private static void Update(FloatView tile, int x, int output, FloatView step, int dimension, in TileShape shape)
    {
        for (int i = Group.IdxX; i < dimension * shape.Samples; i += Group.DimX)
        {
            int at = (i / shape.Samples * shape.Columns) + (i % shape.Samples);
            SampleKernel.UpdateOne(tile, x + at, dimension * shape.Columns, output + at, step, 0f);
        }
    }
}
