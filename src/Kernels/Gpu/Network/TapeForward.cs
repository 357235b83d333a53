namespace ScoreGpu.Kernels.Gpu;

/// <summary>The forward pass that leaves what the backward pass and the weight gradient need: the tape.</summary>
/// <remarks>
/// The tape has a row for each input of each layer, [rows, stride], a column for each column of each tile, side by side.
/// One matrix holds z, the inputs before the activation; another a = silu(z) (or z itself), the factor of the weight
/// gradient δ·aᵀ; the columns of tangents hold ż and ȧ.
/// <code>
///            tile 0   tile 1   …
///   layer 0  D × S    D × S
///   layer 1  H × S    H × S
///   layer 2  H × S    H × S
/// </code>
/// </remarks>
public static class TapeForward
{
    /// <summary>Runs the chain as <see cref="ChainForward.Run"/> does, and keeps every layer's input.</summary>
    /// <param name="weights">All weights.</param>
    /// <param name="layers">The chain, see <see cref="LayerTable"/>.</param>
    /// <param name="layerCount">Its layers, at least 2.</param>
    /// <param name="before">Receives z.</param>
    /// <param name="after">Receives a.</param>
    /// <param name="column">The tile's first column on the tape.</param>
    /// <param name="stride">Columns of the tape.</param>
    /// <param name="tile">The group's local memory.</param>
    /// <param name="input">Where the input is in it.</param>
    /// <param name="output">Where the output goes.</param>
    /// <param name="shape">The tile.</param>
    public static void Run(
        FloatView weights,
        IntView layers,
        int layerCount,
        FloatView before,
        FloatView after,
        int column,
        int stride,
        FloatView tile,
        int input,
        int output,
        in TileShape shape)
    {
        for (int l = 0; l < layerCount; l++)
        {
            int from = l == 0 ? input : ChainForward.Buffer(l - 1, in shape);
            int to = l == layerCount - 1 ? output : ChainForward.Buffer(l, in shape);
            IntView layer = layers.SubView(l * LayerTable.Fields, LayerTable.Fields);
            int place = (layer[LayerTable.InputRow] * stride) + column;
            Layer(weights, layer, l, before, after, place, stride, tile, from, to, in shape);
        }
    }

    private static void Layer(
        FloatView weights,
        IntView layer,
        int index,
        FloatView before,
        FloatView after,
        int place,
        int stride,
        FloatView tile,
        int from,
        int to,
        in TileShape shape)
    {
        int rows = layer[LayerTable.Rows];
        int depth = layer[LayerTable.Depth];
        if (index > 0)
        {
            TilePass.FillBias(tile, to, rows, weights, layer[LayerTable.Bias], in shape);
        }

        Keep(tile, from, depth, before, place, stride, shape.Columns);

        // Here a column's tangents are another work-item's to keep.
        Group.Barrier();
        if (layer[LayerTable.Activate] != 0)
        {
            TilePass.Activate(tile, from, depth, in shape);
        }

        Group.Barrier();
        Keep(tile, from, depth, after, place, stride, shape.Columns);
        TileProduct.Accumulate(
            weights,
            layer[LayerTable.Weights],
            layer[LayerTable.RowStride],
            1,
            rows,
            depth,
            tile,
            from,
            to,
            shape.Columns);
        Group.Barrier();
    }

    private static void Keep(FloatView tile, int from, int rows, FloatView tape, int place, int stride, int columns)
    {
        for (int n = TilePass.FirstColumn(columns); n < columns; n += TilePass.ColumnStep(columns))
        {
            for (int r = TilePass.FirstFeature(columns); r < rows; r += TilePass.FeatureStep(columns))
            {
                tape[place + (r * stride) + n] = tile[from + (r * columns) + n];
            }
        }
    }
}
