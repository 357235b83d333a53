using System.Runtime.CompilerServices;
using ScoreGpu.Kernels.Cpu.Simd;

namespace ScoreGpu.Kernels.Cpu.Ladder;

/// <summary>The products with whole vectors of samples; the activation as before.</summary>
/// <remarks>
/// A vector holds 16, 8 or 4 samples, and one instruction multiplies and adds all of them. Two vectors are two sums, and two
/// loads of inputs and one of a weight serve two multiply-adds.
/// </remarks>
/// <typeparam name="TSimd">The vector instructions.</typeparam>
/// <typeparam name="TVector">The vector type.</typeparam>
internal readonly unsafe struct VectorLayer<TSimd, TVector> : ILayerRung
    where TSimd : struct, ISimd<TSimd, TVector>
    where TVector : struct
{
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

        Multiply(layer, bias, input, output);
    }

    /// <summary>output = W·input + b over a tile.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Multiply(in DenseLayer layer, float* bias, float* input, float* output)
    {
        for (int r = 0; r < layer.Rows; r++)
        {
            float* weights = layer.Weights + (r * layer.RowStride);
            for (int n = 0; n < Tile.Width; n += 2 * TSimd.Lanes)
            {
                float* a = input + n;
                TVector s0 = TSimd.Broadcast(bias[r]), s1 = s0;
                for (int k = 0; k < layer.Depth; k++)
                {
                    TVector w = TSimd.Broadcast(weights[k]);
                    s0 = TSimd.MultiplyAdd(w, TSimd.Load(a), s0);
                    s1 = TSimd.MultiplyAdd(w, TSimd.Load(a + TSimd.Lanes), s1);
                    a += Tile.Width;
                }

                TSimd.Store(output + (r * Tile.Width) + n, s0);
                TSimd.Store(output + (r * Tile.Width) + n + TSimd.Lanes, s1);
            }
        }
    }
}
