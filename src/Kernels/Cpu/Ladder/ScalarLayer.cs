using System.Runtime.CompilerServices;

namespace ScoreGpu.Kernels.Cpu.Ladder;

/// <summary>Plain C#: one sample, one output, one product at a time.</summary>
/// <remarks>
/// Each product is added to the sum before it, and must wait for it. The units that could do more meanwhile have nothing
/// to do, and every weight is read again for every sample.
/// </remarks>
internal readonly unsafe struct ScalarLayer : ILayerRung
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Apply(in DenseLayer layer, float* bias, float* input, float* output)
    {
        if (layer.ActivateInput)
        {
            for (int k = 0; k < layer.Depth; k++)
            {
                input[k] /= 1f + MathF.Exp(-input[k]);
            }
        }

        for (int r = 0; r < layer.Rows; r++)
        {
            float* weights = layer.Weights + (r * layer.RowStride);
            float sum = bias[r];
            for (int k = 0; k < layer.Depth; k++)
            {
                sum = MathF.FusedMultiplyAdd(weights[k], input[k], sum);
            }

            output[r] = sum;
        }
    }
}
