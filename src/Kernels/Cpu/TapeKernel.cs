using ScoreGpu.Kernels.Cpu.Simd;

namespace ScoreGpu.Kernels.Cpu;

/// <summary>The passes of training over one tile: forward and backward through a chain, by way of a tape.</summary>
/// <remarks>
/// With tangents ȧⱼ = J·ẋⱼ carried along (Hyvärinen's and sliced score matching need the network's Jacobian), a layer
/// z = W·a, a = f(z₋), has per tangent ż = W·ȧ, ȧ = f'(z₋) ⊙ ż₋, and going back
/// <code>
/// ā = Wᵀ·z̄     ǡⱼ = Wᵀ·ż̄ⱼ     ż̄₋ⱼ = f'(z₋) ⊙ ǡⱼ     z̄₋ = f'(z₋) ⊙ ā + f''(z₋) ⊙ Σⱼ ż₋ⱼ ⊙ ǡⱼ
/// </code>
/// so that a tangent is one more lane of the same products. Without tangents this is plain back-propagation.
/// </remarks>
public static unsafe class TapeKernel
{
    /// <inheritdoc cref="TileKernels.TrainForward"/>
    public static void Forward<TSimd, TVector>(
        ReadOnlySpan<DenseLayer> layers,
        float* firstBias,
        Tape tape,
        float* record,
        float* derivatives,
        float* x,
        float* ping,
        float* pong,
        float* y,
        int columns)
        where TSimd : struct, ISimd<TSimd, TVector>
        where TVector : struct
    {
        for (int lane = 0; lane <= tape.Tangents; lane++)
        {
            float* input = x + (lane * layers[0].Depth * Tile.Width);
            float* lanes = record + (lane * tape.LaneStride);
            for (int l = 0; l < layers.Length; l++)
            {
                ref readonly var layer = ref layers[l];
                if (layer.ActivateInput)
                {
                    // A tangent before its activation is kept: it is computed in its place.
                    float* activated = lane > 0 ? ping : l == 0 ? pong : input;
                    Activate<TSimd, TVector>(layer, l, lane, tape, derivatives, input, activated);
                    input = activated;
                }

                KeepInput(layer, input, lanes + tape.Input(l));
                float* bias = lane > 0 ? ChainKernel.NoBias : l == 0 ? firstBias : layer.Bias;
                float* output = l == layers.Length - 1
                    ? y + (lane * layer.Rows * Tile.Width)
                    : lane > 0 && layers[l + 1].ActivateInput
                        ? derivatives + tape.PreTangent(l + 1, lane - 1, layer.Rows)
                        : input == ping ? pong : ping;
                ChainKernel.Product<TSimd, TVector>(
                    layer, input, Tile.Width, bias, output, Tile.Width, columns);
                input = output;
            }
        }
    }

    /// <inheritdoc cref="TileKernels.TrainBackward"/>
    public static void Backward<TSimd, TVector>(
        ReadOnlySpan<DenseLayer> layers,
        Tape tape,
        float* record,
        float* derivatives,
        float* delta,
        float* scratch,
        float* inputGradient,
        int columns)
        where TSimd : struct, ISimd<TSimd, TVector>
        where TVector : struct
    {
        float* top = delta;
        int laneStride = layers[^1].Rows * Tile.Width;
        for (int l = layers.Length - 1; l >= 0; l--)
        {
            ref readonly var layer = ref layers[l];
            for (int lane = 0; lane <= tape.Tangents; lane++)
            {
                KeepDelta(layer, delta + (lane * laneStride), record + (lane * tape.LaneStride) + tape.Delta(l));
            }

            if (l == 0 && inputGradient == null)
            {
                return;
            }

            // A wide layer's δ belongs on the tape as it is: it is computed in its place.
            bool inPlace = l > 0 && !layers[l - 1].IsNarrow;
            float* spare = delta == scratch ? top : scratch;
            float* next = l == 0 ? inputGradient : inPlace ? record + tape.Delta(l - 1) : spare;
            int nextStride = inPlace ? tape.LaneStride : layer.Depth * Tile.Width;
            for (int lane = 0; lane <= tape.Tangents; lane++)
            {
                ChainKernel.TransposedProduct<TSimd, TVector>(
                    layer,
                    delta + (lane * laneStride),
                    Tile.Width,
                    next + (lane * nextStride),
                    Tile.Width,
                    columns);
            }

            if (layer.ActivateInput)
            {
                Deactivate<TSimd, TVector>(layer, l, tape, derivatives, next, nextStride);
            }

            delta = next;
            laneStride = nextStride;
        }
    }

    private static void Activate<TSimd, TVector>(
        in DenseLayer layer, int index, int lane, Tape tape, float* derivatives, float* input, float* activated)
        where TSimd : struct, ISimd<TSimd, TVector>
        where TVector : struct
    {
        int count = layer.Depth * Tile.Width;
        float* first = derivatives + tape.FirstDerivative(index);
        if (lane > 0)
        {
            ElementKernel.Multiply<TSimd, TVector>(input, first, activated, count);
        }
        else if (tape.Tangents == 0)
        {
            ActivationPass.WithDerivative<TSimd, TVector>(layer.Activation, input, activated, first, count);
        }
        else
        {
            ActivationPass.WithTwoDerivatives<TSimd, TVector>(
                layer.Activation, input, activated, first, derivatives + tape.SecondDerivative(index), count);
        }
    }

    private static void Deactivate<TSimd, TVector>(
        in DenseLayer layer, int index, Tape tape, float* derivatives, float* gradients, int laneStride)
        where TSimd : struct, ISimd<TSimd, TVector>
        where TVector : struct
    {
        int count = layer.Depth * Tile.Width;
        float* first = derivatives + tape.FirstDerivative(index);
        ElementKernel.Multiply<TSimd, TVector>(gradients, first, gradients, count);
        for (int tangent = 0; tangent < tape.Tangents; tangent++)
        {
            float* gradient = gradients + ((1 + tangent) * laneStride);
            float* value = derivatives + tape.PreTangent(index, tangent, layer.Depth);
            ElementKernel.AddProduct<TSimd, TVector>(
                gradients, derivatives + tape.SecondDerivative(index), value, gradient, count);
            ElementKernel.Multiply<TSimd, TVector>(gradient, first, gradient, count);
        }
    }

    private static void KeepInput(in DenseLayer layer, float* input, float* target)
    {
        if (layer.IsNarrow)
        {
            long bytes = (long)layer.Depth * Tile.Width * sizeof(float);
            Buffer.MemoryCopy(input, target, bytes, bytes);
        }
        else
        {
            TransposeKernel.ToPanels(input, layer.Depth, target);
        }
    }

    private static void KeepDelta(in DenseLayer layer, float* delta, float* target)
    {
        if (layer.IsNarrow)
        {
            TransposeKernel.ToPanels(delta, layer.Rows, target);
        }
        else if (delta != target)
        {
            long bytes = (long)layer.Rows * Tile.Width * sizeof(float);
            Buffer.MemoryCopy(delta, target, bytes, bytes);
        }
    }
}
