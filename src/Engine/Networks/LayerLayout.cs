using ScoreGpu.Kernels;

namespace ScoreGpu.Engine.Networks;

/// <summary>A layer z = W·a + b as offsets into <see cref="Network.Values"/>, a its input or an activation of it.</summary>
/// <param name="Weights">Where W[0, 0] is.</param>
/// <param name="RowStride">From a row of W to the next; more than <paramref name="Depth"/> where the layer reads only
/// some of the columns.</param>
/// <param name="Rows">Outputs.</param>
/// <param name="Depth">Inputs.</param>
/// <param name="Bias">Where b[0] is.</param>
/// <param name="Activation">What is applied to the input first.</param>
internal readonly record struct LayerLayout(
    int Weights, int RowStride, int Rows, int Depth, int Bias, Activation Activation);
