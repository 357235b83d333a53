namespace ScoreGpu.Kernels.Cpu.Ladder;

/// <summary>A rung of the ladder: one way to compute a layer z = W·silu(a) + b, for one sample or for a tile of 64.</summary>
internal unsafe interface ILayerRung
{
    /// <summary>output = W·a + b with a = silu(input) where the layer activates its input, else the input itself.</summary>
    /// <param name="layer">The layer; its activation is SiLU or none.</param>
    /// <param name="bias">b, one value an output.</param>
    /// <param name="input">The input; where it is activated, that happens in place.</param>
    /// <param name="output">Receives the output.</param>
    static abstract void Apply(in DenseLayer layer, float* bias, float* input, float* output);
}
