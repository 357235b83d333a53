using System.Runtime.CompilerServices;

namespace ScoreGpu.Kernels.Cpu.Ladder;

/// <summary>Eight samples side by side: eight sums that do not wait for one another, and one weight for all of them.</summary>
/// <remarks>
/// A tile holds 64 samples feature by feature, so that eight neighbours of one feature lie side by side. The arithmetic is
/// that of plain C#, in another order.
/// </remarks>
internal readonly unsafe struct EightSumsLayer : ILayerRung
{
    private const int Samples = 8;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Apply(in DenseLayer layer, float* bias, float* input, float* output)
    {
        if (layer.ActivateInput)
        {
            for (int i = 0; i < layer.Depth * Tile.Width; i++)
            {
                input[i] /= 1f + MathF.Exp(-input[i]);
            }
        }

        for (int n = 0; n < Tile.Width; n += Samples)
        {
            for (int r = 0; r < layer.Rows; r++)
            {
                float* weights = layer.Weights + (r * layer.RowStride);
                float* a = input + n;
                float s0 = bias[r], s1 = s0, s2 = s0, s3 = s0, s4 = s0, s5 = s0, s6 = s0, s7 = s0;
                for (int k = 0; k < layer.Depth; k++)
                {
                    float w = weights[k];
                    s0 = MathF.FusedMultiplyAdd(w, a[0], s0);
                    s1 = MathF.FusedMultiplyAdd(w, a[1], s1);
                    s2 = MathF.FusedMultiplyAdd(w, a[2], s2);
                    s3 = MathF.FusedMultiplyAdd(w, a[3], s3);
                    s4 = MathF.FusedMultiplyAdd(w, a[4], s4);
                    s5 = MathF.FusedMultiplyAdd(w, a[5], s5);
                    s6 = MathF.FusedMultiplyAdd(w, a[6], s6);
                    s7 = MathF.FusedMultiplyAdd(w, a[7], s7);
                    a += Tile.Width;
                }

                float* z = output + (r * Tile.Width) + n;
                (z[0], z[1], z[2], z[3]) = (s0, s1, s2, s3);
                (z[4], z[5], z[6], z[7]) = (s4, s5, s6, s7);
            }
        }
    }
}
