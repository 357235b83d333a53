namespace ScoreGpu.Kernels.Gpu;

/// <summary>The forward pass that leaves what the backward pass and the weight gradient need: the tape.</summary>
/// <remarks>
/// The tape has a row for each input of each layer, [rows, stride], a column for each column of each tile, side by side.
/// One matrix holds z, the inputs before the activation; another a = f(z) (or z itself), the factor of the weight
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
        int depth = layer[LayerTable.Depth];
        switch (layer[LayerTable.Activate])
        {
            case (int)Activation.Silu:
                KeepAndActivate<Silu>(tile, from, depth, before, after, place, stride, in shape);
                break;
            case (int)Activation.Tanh:
                KeepAndActivate<Tanh>(tile, from, depth, before, after, place, stride, in shape);
                break;
            case (int)Activation.Relu:
                KeepAndActivate<Relu>(tile, from, depth, before, after, place, stride, in shape);
                break;
            case (int)Activation.Gelu:
                KeepAndActivate<Gelu>(tile, from, depth, before, after, place, stride, in shape);
                break;
            default:
                KeepAndActivate<Identity>(tile, from, depth, before, after, place, stride, in shape);
                break;
        }

        Group.Barrier();
        TileProduct.Multiply<PlainWeights>(
            weights,
            layer[LayerTable.Weights],
            layer[LayerTable.RowStride],
            layer[LayerTable.Rows],
            depth,
            index == 0 ? TileProduct.Target : layer[LayerTable.Bias],
            tile,
            from,
            to,
            in shape);
        Group.Barrier();
    }

    /// <summary>Writes z, replaces it by a = f(z), and writes that; the tangents are their sample's to keep.</summary>
    private static void KeepAndActivate<TActivation>(
        FloatView tile,
        int from,
        int rows,
        FloatView before,
        FloatView after,
        int place,
        int stride,
        in TileShape shape)
        where TActivation : struct, IActivation
    {
        for (int n = TilePass.FirstColumn(shape.Columns); n < shape.Columns; n += TilePass.ColumnStep(shape.Columns))
        {
            // Columns beyond the last lane hold zeros, and keep them.
            bool isSample = n < shape.Samples;
            int lanes = isSample ? shape.Lanes : 1;
            if (isSample || n >= shape.Samples * shape.Lanes)
            {
                for (int r = TilePass.FirstFeature(shape.Columns); r < rows; r += TilePass.FeatureStep(shape.Columns))
                {
                    int i = from + (r * shape.Columns) + n;
                    int kept = place + (r * stride) + n;
                    float z = tile[i];
                    float a = TActivation.Value(z);
                    float slope = lanes > 1 ? TActivation.Derivative(z) : 1f;
                    before[kept] = z;
                    after[kept] = a;
                    tile[i] = a;
                    for (int lane = 1; lane < lanes; lane++)
                    {
                        float tangent = tile[i + (lane * shape.Samples)];
                        before[kept + (lane * shape.Samples)] = tangent;
                        after[kept + (lane * shape.Samples)] = slope * tangent;
                        tile[i + (lane * shape.Samples)] = slope * tangent;
                    }
                }
            }
        }
    }
}
