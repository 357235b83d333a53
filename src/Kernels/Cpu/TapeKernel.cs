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
    /// <summary>
    /// Rows of a wide layer's gradient in one piece of work: two register blocks, so that activations come from the
    /// second-level cache half as often, and still enough pieces for many cores.
    /// </summary>
    public const int GradientRows = 2 * MicroKernel.MaximumRows;

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
        float* y)
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
                    layer, input, Tile.Width, bias, output, Tile.Width, Tile.Width);
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
        float* inputGradient)
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
                    Tile.Width);
            }

            if (layer.ActivateInput)
            {
                Deactivate<TSimd, TVector>(layer, l, tape, derivatives, next, nextStride);
            }

            delta = next;
            laneStride = nextStride;
        }
    }

    /// <inheritdoc cref="TileKernels.WeightGradient"/>
    public static void WeightGradient<TSimd, TVector>(
        in DenseLayer layer,
        int index,
        Tape tape,
        float* records,
        int samples,
        int block,
        float* weightGradient,
        float* biasGradient,
        bool accumulate)
        where TSimd : struct, ISimd<TSimd, TVector>
        where TVector : struct
    {
        if (layer.IsNarrow)
        {
            NarrowGradient<TSimd, TVector>(
                layer, index, tape, records, samples, block, weightGradient, biasGradient, accumulate);
        }
        else
        {
            WideGradient<TSimd, TVector>(
                layer, index, tape, records, samples, block, weightGradient, biasGradient, accumulate);
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

    /// <summary>Some rows of δ · aᵀ, 64 columns at a time: δ is broadcast, a runs in vectors.</summary>
    private static void WideGradient<TSimd, TVector>(
        in DenseLayer layer,
        int index,
        Tape tape,
        float* records,
        int samples,
        int block,
        float* weightGradient,
        float* biasGradient,
        bool accumulate)
        where TSimd : struct, ISimd<TSimd, TVector>
        where TVector : struct
    {
        int firstRow = block * GradientRows;
        int rows = Math.Min(GradientRows, layer.Rows - firstRow);
        float* sum = stackalloc float[GradientRows * Tile.Width];
        for (int column = 0; column < layer.Depth; column += Tile.Width)
        {
            for (int tile = 0; tile < Tile.CountFor(samples); tile++)
            {
                for (int lane = 0; lane <= tape.Tangents; lane++)
                {
                    float* lanes = records + ((long)tile * tape.TileStride) + (lane * tape.LaneStride);
                    DenseKernel.Multiply<TSimd, TVector>(
                        rows,
                        Math.Min(Tile.Width, samples - (tile * Tile.Width)),
                        lanes + tape.Delta(index) + (firstRow * Tile.Width),
                        Tile.Width,
                        1,
                        lanes + tape.Input(index) + (column * Tile.Width),
                        Tile.Width,
                        tile == 0 && lane == 0 ? ChainKernel.NoBias : null,
                        sum);
                }
            }

            int columns = Math.Min(Tile.Width, layer.Depth - column);
            for (int row = 0; row < rows; row++)
            {
                float* target = weightGradient + ((firstRow + row) * layer.RowStride) + column;
                Put<TSimd, TVector>(sum + (row * Tile.Width), target, columns, accumulate);
            }
        }

        if (biasGradient == null)
        {
            return;
        }

        for (int row = firstRow; row < firstRow + rows; row++)
        {
            float total = ElementKernel.RowSum<TSimd, TVector>(
                records + tape.Delta(index) + (row * Tile.Width), Tile.CountFor(samples), tape.TileStride);
            biasGradient[row] = accumulate ? biasGradient[row] + total : total;
        }
    }

    /// <summary>Sixty-four rows of the gradient as columns of a · δᵀ: a is broadcast, δ runs in vectors.</summary>
    private static void NarrowGradient<TSimd, TVector>(
        in DenseLayer layer,
        int index,
        Tape tape,
        float* records,
        int samples,
        int block,
        float* weightGradient,
        float* biasGradient,
        bool accumulate)
        where TSimd : struct, ISimd<TSimd, TVector>
        where TVector : struct
    {
        int firstRow = block * Tile.Width;
        int rows = Math.Min(Tile.Width, layer.Rows - firstRow);
        float* sum = stackalloc float[layer.Depth * Tile.Width];
        float* biasSum = stackalloc float[Tile.Width];
        new Span<float>(biasSum, Tile.Width).Clear();
        for (int tile = 0; tile < Tile.CountFor(samples); tile++)
        {
            for (int lane = 0; lane <= tape.Tangents; lane++)
            {
                float* lanes = records + ((long)tile * tape.TileStride) + (lane * tape.LaneStride);
                float* delta = lanes + tape.Delta(index) + (firstRow * Tile.Width);
                DenseKernel.Multiply<TSimd, TVector>(
                    layer.Depth,
                    Math.Min(Tile.Width, samples - (tile * Tile.Width)),
                    lanes + tape.Input(index),
                    Tile.Width,
                    1,
                    delta,
                    Tile.Width,
                    tile == 0 && lane == 0 ? ChainKernel.NoBias : null,
                    sum);
                if (lane == 0 && biasGradient != null)
                {
                    for (int n = 0; n < Tile.Width; n++)
                    {
                        ElementKernel.Add<TSimd, TVector>(biasSum, delta + (n * Tile.Width), Tile.Width);
                    }
                }
            }
        }

        for (int row = 0; row < rows; row++)
        {
            float* target = weightGradient + ((firstRow + row) * layer.RowStride);
            for (int d = 0; d < layer.Depth; d++)
            {
                float value = sum[(d * Tile.Width) + row];
                target[d] = accumulate ? target[d] + value : value;
            }
        }

        if (biasGradient != null)
        {
            Put<TSimd, TVector>(biasSum, biasGradient + firstRow, rows, accumulate);
        }
    }

    private static void Put<TSimd, TVector>(float* source, float* target, int count, bool accumulate)
        where TSimd : struct, ISimd<TSimd, TVector>
        where TVector : struct
    {
        if (accumulate)
        {
            ElementKernel.Add<TSimd, TVector>(target, source, count);
        }
        else
        {
            Buffer.MemoryCopy(source, target, count * sizeof(float), count * sizeof(float));
        }
    }
}
