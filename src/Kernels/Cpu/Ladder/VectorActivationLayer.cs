using ScoreGpu.Kernels.Cpu.Simd;

namespace ScoreGpu.Kernels.Cpu.Ladder;

/// <summary>The activation with whole vectors too: the exponential as a polynomial, the products as before.</summary>
/// <remarks>
/// <see cref="VectorMath"/> has the polynomial: eˣ = 2ⁿ·eʳ with |r| ≤ ½·ln 2, right to a unit in the last place. No table and
/// no branch, so that every lane takes the same path.
/// </remarks>
/// <typeparam name="TSimd">The vector instructions.</typeparam>
/// <typeparam name="TVector">The vector type.</typeparam>
internal readonly unsafe struct VectorActivationLayer<TSimd, TVector> : ILayerRung
    where TSimd : struct, ISimd<TSimd, TVector>
    where TVector : struct
{
    /// <inheritdoc/>
    public static void Apply(in DenseLayer layer, float* bias, float* input, float* output)
    {
        if (layer.ActivateInput)
        {
            ActivationPass.Value<TSimd, TVector>(layer.Activation, input, input, layer.Depth * Tile.Width);
        }

        VectorLayer<TSimd, TVector>.Multiply(layer, bias, input, output);
    }
}
