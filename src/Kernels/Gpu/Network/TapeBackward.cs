namespace ScoreGpu.Kernels.Gpu;

/// <summary>The backward pass: from δ at the output to every layer's δ, and on to the input where that is wanted.</summary>
/// <remarks>
/// With a layer z = W·a, a = f(z₋), and per tangent ż = W·ȧ, ȧ = f'(z₋)·ż₋, going back (a bar marks a gradient)
/// <code>
///   ā = Wᵀ·z̄     ǡⱼ = Wᵀ·ż̄ⱼ     ż̄₋ⱼ = f'(z₋)·ǡⱼ     z̄₋ = f'(z₋)·ā + f''(z₋)·Σⱼ ż₋ⱼ·ǡⱼ
/// </code>
/// so that a tangent is one more column of the same products. Without tangents this is plain back-propagation.
/// Products with Wᵀ read W by columns, see <see cref="TileProduct"/>.
/// </remarks>
public static class TapeBackward
{
    /// <summary>Runs the chain backward.</summary>
    /// <param name="weights">All weights.</param>
    /// <param name="layers">The chain, see <see cref="LayerTable"/>.</param>
    /// <param name="layerCount">Its layers.</param>
    /// <param name="before">z of every layer, from <see cref="TapeForward"/>.</param>
    /// <param name="deltas">Receives δ of every layer, [rows of all layers, stride].</param>
    /// <param name="column">The tile's first column on the tape.</param>
    /// <param name="stride">Columns of the tape.</param>
    /// <param name="tile">The group's local memory.</param>
    /// <param name="delta">Where δ of the output is in it.</param>
    /// <param name="input">Where the gradient with respect to the input goes.</param>
    /// <param name="lastLayer">The last layer to pass through: 0, or 1 where the input's gradient is not wanted.</param>
    /// <param name="shape">The tile.</param>
    public static void Run(
        FloatView weights,
        IntView layers,
        int layerCount,
        FloatView before,
        FloatView deltas,
        int column,
        int stride,
        FloatView tile,
        int delta,
        int input,
        int lastLayer,
        in TileShape shape)
    {
        int last = (layerCount - 1) * LayerTable.Fields;
        Keep(
            tile,
            delta,
            layers[last + LayerTable.Rows],
            deltas,
            (layers[last + LayerTable.DeltaRow] * stride) + column,
            stride,
            shape.Columns);
        for (int l = layerCount - 1; l >= lastLayer; l--)
        {
            int from = l == layerCount - 1 ? delta : ChainForward.Buffer(l, in shape);
            int to = l == 0 ? input : ChainForward.Buffer(l - 1, in shape);
            int kept = -1;
            if (l > 0)
            {
                kept = (layers[((l - 1) * LayerTable.Fields) + LayerTable.DeltaRow] * stride) + column;
            }

            IntView layer = layers.SubView(l * LayerTable.Fields, LayerTable.Fields);
            Layer(weights, layer, before, deltas, kept, column, stride, tile, from, to, in shape);
        }
    }

    private static void Layer(
        FloatView weights,
        IntView layer,
        FloatView before,
        FloatView deltas,
        int kept,
        int column,
        int stride,
        FloatView tile,
        int from,
        int to,
        in TileShape shape)
    {
        int depth = layer[LayerTable.Depth];
        TileProduct.Multiply<TransposedWeights>(
            weights,
            layer[LayerTable.Weights],
            layer[LayerTable.RowStride],
            depth,
            layer[LayerTable.Rows],
            TileProduct.Zero,
            tile,
            from,
            to,
            in shape);
        Group.Barrier();
        int place = (layer[LayerTable.InputRow] * stride) + column;
        switch (layer[LayerTable.Activate])
        {
            case (int)Activation.Silu:
                DeactivateAndKeep<Silu>(tile, to, depth, before, place, deltas, kept, stride, in shape);
                break;
            case (int)Activation.Tanh:
                DeactivateAndKeep<Tanh>(tile, to, depth, before, place, deltas, kept, stride, in shape);
                break;
            case (int)Activation.Relu:
                DeactivateAndKeep<Relu>(tile, to, depth, before, place, deltas, kept, stride, in shape);
                break;
            case (int)Activation.Gelu:
                DeactivateAndKeep<Gelu>(tile, to, depth, before, place, deltas, kept, stride, in shape);
                break;
            default:
                if (kept >= 0)
                {
                    Keep(tile, to, depth, deltas, kept, stride, shape.Columns);
                }

                break;
        }

        Group.Barrier();
    }

    private static void Keep(
        FloatView tile, int from, int rows, FloatView deltas, int kept, int stride, int columns)
    {
        for (int n = TilePass.FirstColumn(columns); n < columns; n += TilePass.ColumnStep(columns))
        {
            for (int r = TilePass.FirstFeature(columns); r < rows; r += TilePass.FeatureStep(columns))
            {
                deltas[kept + (r * stride) + n] = tile[from + (r * columns) + n];
            }
        }
    }

    /// <summary>The gradient of a becomes that of z, and is the δ to write; the tangents are their sample's.</summary>
    private static void DeactivateAndKeep<TActivation>(
        FloatView tile,
        int at,
        int rows,
        FloatView before,
        int place,
        FloatView deltas,
        int kept,
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
                    int i = at + (r * shape.Columns) + n;
                    int rowOfZ = place + (r * stride) + n;
                    int rowOfDelta = kept + (r * stride) + n;
                    float z = before[rowOfZ];
                    float first = TActivation.Derivative(z);
                    float sum = tile[i] * first;
                    for (int lane = 1; lane < lanes; lane++)
                    {
                        int further = lane * shape.Samples;
                        float back = tile[i + further];
                        sum += TActivation.SecondDerivative(z) * before[rowOfZ + further] * back;
                        tile[i + further] = first * back;
                        if (kept >= 0)
                        {
                            deltas[rowOfDelta + further] = first * back;
                        }
                    }

                    tile[i] = sum;
                    if (kept >= 0)
                    {
                        deltas[rowOfDelta] = sum;
                    }
                }
            }
        }
    }
}
