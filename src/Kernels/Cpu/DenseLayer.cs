namespace ScoreGpu.Kernels.Cpu;

/// <summary>A layer z = W·a + b, where a is the layer's input or an activation of it, as the kernels see it: pointers.</summary>
/// <param name="weights">W[0, 0]: <paramref name="rows"/> rows, row-major as in PyTorch.</param>
/// <param name="rowStride">Elements from a row of W to the next; more than <paramref name="depth"/> where the layer
/// reads only some of the columns.</param>
/// <param name="rows">Outputs.</param>
/// <param name="depth">Inputs.</param>
/// <param name="bias">b, one value an output.</param>
/// <param name="activation">What is applied to the input first.</param>
public readonly unsafe struct DenseLayer(
    float* weights, int rowStride, int rows, int depth, float* bias, Activation activation)
{
    /// <summary>Below this many inputs a weight gradient is taken transposed, to fill whole blocks of columns.</summary>
    private const int NarrowDepth = 16;

    /// <summary>W[0, 0].</summary>
    public float* Weights => weights;

    /// <summary>Elements from a row of W to the next.</summary>
    public int RowStride => rowStride;

    /// <summary>Outputs.</summary>
    public int Rows => rows;

    /// <summary>Inputs.</summary>
    public int Depth => depth;

    /// <summary>One value an output.</summary>
    public float* Bias => bias;

    /// <summary>What is applied to the input first.</summary>
    public Activation Activation => activation;

    /// <summary>Whether anything is.</summary>
    public bool ActivateInput => activation != Activation.None;

    /// <summary>Whether the weight gradient is computed as (x · δᵀ)ᵀ instead of δ · xᵀ; see <see cref="Tape"/>.</summary>
    public bool IsNarrow => depth < NarrowDepth;
}
