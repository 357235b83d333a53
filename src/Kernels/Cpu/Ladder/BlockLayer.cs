using System.Runtime.CompilerServices;
using ScoreGpu.Kernels.Cpu.Simd;

namespace ScoreGpu.Kernels.Cpu.Ladder;

/// <summary>A block of four rows by two vectors in registers: eight sums, and each number that is loaded is used more than
/// once.</summary>
/// <remarks>
/// <code>
///              a0 │ a1        two vectors of inputs, each used by four rows
///   w0  ──►  │ s00 │ s01 │
///   w1  ──►  │ s10 │ s11 │    a weight in all lanes, used by two vectors
///   w2  ──►  │ s20 │ s21 │
///   w3  ──►  │ s30 │ s31 │    six loads, eight multiply-adds
/// </code>
/// </remarks>
/// <typeparam name="TSimd">The vector instructions.</typeparam>
/// <typeparam name="TVector">The vector type.</typeparam>
internal readonly unsafe struct BlockLayer<TSimd, TVector> : ILayerRung
    where TSimd : struct, ISimd<TSimd, TVector>
    where TVector : struct
{
    private const int Rows = 4;

    /// <inheritdoc/>
    public static void Apply(in DenseLayer layer, float* bias, float* input, float* output)
    {
        if (layer.ActivateInput)
        {
            ActivationPass.Value<TSimd, TVector>(layer.Activation, input, input, layer.Depth * Tile.Width);
        }

        if (layer.Rows % Rows != 0)
        {
            // The last layer has fewer rows than a block.
            VectorLayer<TSimd, TVector>.Multiply(layer, bias, input, output);
            return;
        }

        for (int n = 0; n < Tile.Width; n += 2 * TSimd.Lanes)
        {
            for (int r = 0; r < layer.Rows; r += Rows)
            {
                Block(layer.Depth, layer.Weights + (r * layer.RowStride), layer.RowStride, bias + r, input + n,
                    output + (r * Tile.Width) + n);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Block(int depth, float* weights, nint stride, float* bias, float* a, float* z)
    {
        TVector s00 = TSimd.Broadcast(bias[0]), s01 = s00;
        TVector s10 = TSimd.Broadcast(bias[1]), s11 = s10;
        TVector s20 = TSimd.Broadcast(bias[2]), s21 = s20;
        TVector s30 = TSimd.Broadcast(bias[3]), s31 = s30;
        for (int k = 0; k < depth; k++)
        {
            TVector a0 = TSimd.Load(a), a1 = TSimd.Load(a + TSimd.Lanes);
            TVector w0 = TSimd.Broadcast(weights[0]), w1 = TSimd.Broadcast(weights[stride]);
            TVector w2 = TSimd.Broadcast(weights[2 * stride]), w3 = TSimd.Broadcast(weights[3 * stride]);
            s00 = TSimd.MultiplyAdd(w0, a0, s00);
            s01 = TSimd.MultiplyAdd(w0, a1, s01);
            s10 = TSimd.MultiplyAdd(w1, a0, s10);
            s11 = TSimd.MultiplyAdd(w1, a1, s11);
            s20 = TSimd.MultiplyAdd(w2, a0, s20);
            s21 = TSimd.MultiplyAdd(w2, a1, s21);
            s30 = TSimd.MultiplyAdd(w3, a0, s30);
            s31 = TSimd.MultiplyAdd(w3, a1, s31);
            weights++;
            a += Tile.Width;
        }

        Store(z, s00, s01);
        Store(z + Tile.Width, s10, s11);
        Store(z + (2 * Tile.Width), s20, s21);
        Store(z + (3 * Tile.Width), s30, s31);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(float* z, TVector first, TVector second)
    {
        TSimd.Store(z, first);
        TSimd.Store(z + TSimd.Lanes, second);
    }
}
