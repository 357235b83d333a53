namespace ScoreGpu.Kernels.Gpu;

/// <summary>A chain of dense layers over a group's tile: values, and tangents (J·v) in further columns.</summary>
/// <remarks>
/// Layer by layer between two buffers in local memory; the weights stream past them:
/// <code>
///   input ──W₀──▶ ping ──f, W₁──▶ pong ──f, W₂──▶ ping … ──▶ output
/// </code>
/// A product starts from its bias; the first from what the caller has put into its target, which may differ from sample to
/// sample. A tangent obeys ż = W·ȧ, ȧ = f'(z)·ż₋: the same products without a bias, in further columns of the tile.
/// </remarks>
public static class ChainForward
{
    /// <summary>Runs the chain. The caller has filled ping with the first layer's bias.</summary>
    /// <param name="weights">All weights.</param>
    /// <param name="layers">The chain, see <see cref="LayerTable"/>.</param>
    /// <param name="layerCount">Its layers, at least 2.</param>
    /// <param name="tile">The group's local memory.</param>
    /// <param name="input">Where the input is in it; kept unless the first layer activates it.</param>
    /// <param name="output">Where the output goes.</param>
    /// <param name="shape">The tile.</param>
    public static void Run(
        FloatView weights, IntView layers, int layerCount, FloatView tile, int input, int output, in TileShape shape)
    {
        for (int l = 0; l < layerCount; l++)
        {
            int from = l == 0 ? input : Buffer(l - 1, in shape);
            int to = l == layerCount - 1 ? output : Buffer(l, in shape);
            Layer(weights, layers.SubView(l * LayerTable.Fields, LayerTable.Fields), l, tile, from, to, in shape);
        }
    }

    /// <summary>The buffer that layer <paramref name="layer"/> writes.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="shape">The tile.</param>
    public static int Buffer(int layer, in TileShape shape) =>
        layer % 2 == 0 ? TileMemory.Ping : TileMemory.Pong(in shape);

    private static void Layer(
        FloatView weights, IntView layer, int index, FloatView tile, int from, int to, in TileShape shape)
    {
        int depth = layer[LayerTable.Depth];
        TilePass.Activate(tile, from, depth, layer[LayerTable.Activate], in shape);
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
}
