using ScoreGpu.Kernels.Cpu.Simd;

namespace ScoreGpu.Kernels.Cpu;

/// <summary>A chain of dense layers over one tile: values, tangents (J·v) and input gradients (vᵀJ).</summary>
/// <remarks>
/// Layer by layer, activation as a pass of its own: two tiles of scratch, 64 KiB at width 128, and the weights stream
/// past them. The three passes are the three products of a layer's W with a tile, with the activation's derivative between them (Griewank
/// and Walther, "Evaluating Derivatives", SIAM 2008, chapter 3).
/// </remarks>
public static unsafe class ChainKernel
{
    // Serves as the bias of a product that has none: rows beyond it do not exist.
    private static readonly float* Zeros = AllocateZeros();

    /// <summary>The most rows of a layer.</summary>
    public const int MaximumRows = 1 << 16;

    /// <summary>A bias of zeros.</summary>
    public static float* NoBias => Zeros;

    /// <inheritdoc cref="TileKernels.Forward"/>
    public static void Forward<TSimd, TVector>(
        ReadOnlySpan<DenseLayer> layers, float* firstBias, float* x, float* ping, float* pong, float* y, int columns)
        where TSimd : struct, ISimd<TSimd, TVector>
        where TVector : struct =>
        Linearise<TSimd, TVector>(layers, firstBias, x, ping, pong, y, default, columns);

    /// <inheritdoc cref="TileKernels.Linearise"/>
    /// <remarks>Without <paramref name="derivatives"/> nothing is left: the plain forward pass.</remarks>
    public static void Linearise<TSimd, TVector>(
        ReadOnlySpan<DenseLayer> layers,
        float* firstBias,
        float* x,
        float* ping,
        float* pong,
        float* y,
        ReadOnlySpan<nint> derivatives,
        int columns)
        where TSimd : struct, ISimd<TSimd, TVector>
        where TVector : struct
    {
        float* input = x;
        for (int l = 0; l < layers.Length; l++)
        {
            ref readonly var layer = ref layers[l];
            int stride = StrideBefore(l, layers.Length, columns);
            if (layer.ActivateInput)
            {
                // Only the first layer's input is the caller's, to be kept.
                float* activated = l == 0 ? pong : input;
                int count = Tape.RoundUp(layer.Depth * stride);
                if (derivatives.IsEmpty)
                {
                    ActivationPass.Value<TSimd, TVector>(layer.Activation, input, activated, count);
                }
                else
                {
                    ActivationPass.WithDerivative<TSimd, TVector>(
                        layer.Activation, input, activated, (float*)derivatives[l], count);
                }

                input = activated;
            }

            float* output = l == layers.Length - 1 ? y : input == ping ? pong : ping;
            float* bias = l == 0 ? firstBias : layer.Bias;
            Product<TSimd, TVector>(
                layer, input, stride, bias, output, StrideBefore(l + 1, layers.Length, columns), columns);
            input = output;
        }
    }

    /// <inheritdoc cref="TileKernels.Tangent"/>
    public static void Tangent<TSimd, TVector>(
        ReadOnlySpan<DenseLayer> layers,
        float* tangent,
        float* ping,
        float* pong,
        float* result,
        ReadOnlySpan<nint> derivatives,
        int columns)
        where TSimd : struct, ISimd<TSimd, TVector>
        where TVector : struct
    {
        float* input = tangent;
        for (int l = 0; l < layers.Length; l++)
        {
            ref readonly var layer = ref layers[l];
            int stride = StrideBefore(l, layers.Length, columns);
            if (layer.ActivateInput)
            {
                int count = Tape.RoundUp(layer.Depth * stride);
                float* activated = l == 0 ? pong : input;
                ElementKernel.Multiply<TSimd, TVector>(input, (float*)derivatives[l], activated, count);
                input = activated;
            }

            float* output = l == layers.Length - 1 ? result : input == ping ? pong : ping;
            Product<TSimd, TVector>(
                layer, input, stride, Zeros, output, StrideBefore(l + 1, layers.Length, columns), columns);
            input = output;
        }
    }

    /// <inheritdoc cref="TileKernels.Cotangent"/>
    public static void Cotangent<TSimd, TVector>(
        ReadOnlySpan<DenseLayer> layers,
        float* cotangent,
        float* ping,
        float* pong,
        float* result,
        ReadOnlySpan<nint> derivatives,
        int columns)
        where TSimd : struct, ISimd<TSimd, TVector>
        where TVector : struct
    {
        float* delta = cotangent;
        for (int l = layers.Length - 1; l >= 0; l--)
        {
            ref readonly var layer = ref layers[l];
            float* output = l == 0 ? result : delta == ping ? pong : ping;
            int stride = StrideBefore(l, layers.Length, columns);
            TransposedProduct<TSimd, TVector>(
                layer, delta, StrideBefore(l + 1, layers.Length, columns), output, stride, columns);
            if (layer.ActivateInput)
            {
                ElementKernel.Multiply<TSimd, TVector>(
                    output, (float*)derivatives[l], output, Tape.RoundUp(layer.Depth * stride));
            }

            delta = output;
        }
    }

    /// <summary>output = W · input + bias, or output += W · input where <paramref name="bias"/> is null.</summary>
    internal static void Product<TSimd, TVector>(
        in DenseLayer layer,
        float* input,
        int inputStride,
        float* bias,
        float* output,
        int outputStride,
        int columns)
        where TSimd : struct, ISimd<TSimd, TVector>
        where TVector : struct =>
        DenseKernel.Multiply<TSimd, TVector>(
            layer.Rows,
            layer.Depth,
            layer.Weights,
            layer.RowStride,
            1,
            input,
            inputStride,
            bias,
            output,
            outputStride,
            columns);

    /// <summary>output = Wᵀ · delta.</summary>
    internal static void TransposedProduct<TSimd, TVector>(
        in DenseLayer layer, float* delta, int deltaStride, float* output, int outputStride, int columns)
        where TSimd : struct, ISimd<TSimd, TVector>
        where TVector : struct =>
        DenseKernel.Multiply<TSimd, TVector>(
            layer.Depth,
            layer.Rows,
            layer.Weights,
            1,
            layer.RowStride,
            delta,
            deltaStride,
            Zeros,
            output,
            outputStride,
            columns);

    /// <summary>
    /// What lies between two layers is packed, rows of <paramref name="columns"/> samples; the chain's input and output are
    /// tiles like any other.
    /// </summary>
    private static int StrideBefore(int layer, int layers, int columns) =>
        layer == 0 || layer == layers ? Tile.Width : columns;

    private static float* AllocateZeros() =>
        (float*)System.Runtime.InteropServices.NativeMemory.AllocZeroed(MaximumRows, sizeof(float));
}
