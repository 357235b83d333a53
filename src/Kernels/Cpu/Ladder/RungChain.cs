namespace ScoreGpu.Kernels.Cpu.Ladder;

/// <summary>All layers of a network, each computed by the same rung.</summary>
internal static unsafe class RungChain
{
    /// <summary>y = network(x).</summary>
    /// <typeparam name="TRung">How a layer is computed.</typeparam>
    /// <param name="layers">The layers; the first leaves its input as it is.</param>
    /// <param name="firstBias">The first layer's bias, which holds what is told of the time.</param>
    /// <param name="x">The input, a sample or a tile; kept.</param>
    /// <param name="ping">Scratch of the widest layer.</param>
    /// <param name="pong">Scratch of the widest layer.</param>
    /// <param name="y">Receives the output.</param>
    public static void Run<TRung>(
        ReadOnlySpan<DenseLayer> layers, float* firstBias, float* x, float* ping, float* pong, float* y)
        where TRung : struct, ILayerRung
    {
        float* input = x;
        for (int l = 0; l < layers.Length; l++)
        {
            float* output = l == layers.Length - 1 ? y : input == ping ? pong : ping;
            TRung.Apply(layers[l], l == 0 ? firstBias : layers[l].Bias, input, output);
            input = output;
        }
    }
}
