namespace ScoreGpu.Kernels.Gpu;

/// <summary>A dense layer behind an activation: y = W·f(x) + b for every sample.</summary>
/// <remarks>
/// A group computes a tile of 32 samples × 32 outputs, and walks along the inputs in slices of 16. The group copies a
/// slice of f(x) and one of W to shared memory, so that each element is read from global memory once a tile; each of
/// the 64 work-items then multiplies 4 samples by 4 outputs in registers, 16 multiply-adds for 8 reads.
/// <code>
///                  outputs (32)                work-item (r, c), r = item / 8, c = item % 8
///                +-------------+
///   inputs (16)  |  W slice ᵀ  |               samples r, r + 8, r + 16, r + 24
///                +-------------+               outputs c, c + 8, c + 16, c + 24
///   inputs (16)         |
///   +----------+ +-------------+
///   | f(x)     | |             |               f(x) slice  [16, 32 samples]
///   | slice  ᵀ |-|   y tile    | samples (32)  W slice     [16, 32 outputs]
///   |          | |             |
///   +----------+ +-------------+
/// </code>
/// Tiles at the edge are filled with zeros, which add nothing.
/// </remarks>
public static class DenseKernel
{
    /// <summary>The number of work-items in a group.</summary>
    public const int GroupSize = 64;

    /// <summary>The number of samples of a tile.</summary>
    public const int TileSamples = 32;

    /// <summary>The number of outputs of a tile.</summary>
    public const int TileOutputs = 32;

    private const int TileInputs = 16;

    // Work-items stand eight by eight on the tile, and each takes every eighth row and column.
    private const int Stride = 8;
    private const int Own = 4;

    /// <summary>The number of groups that cover a batch.</summary>
    /// <param name="samples">The number of samples.</param>
    /// <param name="outputs">The number of outputs.</param>
    public static int Groups(int samples, int outputs)
        => ((samples + TileSamples - 1) / TileSamples) * ((outputs + TileOutputs - 1) / TileOutputs);

    /// <summary>y = W·f(x) + b.</summary>
    /// <typeparam name="TActivation">f.</typeparam>
    /// <param name="x">The inputs before the activation, [samples, inputs].</param>
    /// <param name="weights">W, [outputs, inputs].</param>
    /// <param name="bias">b, [outputs].</param>
    /// <param name="y">Receives the outputs, [samples, outputs].</param>
    /// <param name="samples">The number of samples.</param>
    /// <param name="inputs">The number of inputs.</param>
    /// <param name="outputs">The number of outputs.</param>
    [Kernel(GroupSize = GroupSize)]
    [KernelInstance(typeof(Silu))]
    [KernelInstance(typeof(Tanh))]
    [KernelInstance(typeof(Relu))]
    [KernelInstance(typeof(Gelu))]
    [KernelInstance(typeof(Identity))]
    [KernelCost("sample", Flops = "2 * inputs * outputs", Bytes = "4 * inputs + 4 * outputs")]
    public static void Forward<TActivation>(
        FloatView x, FloatView weights, FloatView bias, FloatView y, int samples, int inputs, int outputs)
        where TActivation : struct, IActivation
    {
        FloatView xSlice = SharedMemory.Allocate<float>(TileInputs * TileSamples);
        FloatView weightSlice = SharedMemory.Allocate<float>(TileInputs * TileOutputs);
        float[] sums = new float[Own * Own];

        int tilesAcross = (outputs + TileOutputs - 1) / TileOutputs;
        int firstSample = Grid.IdxX / tilesAcross * TileSamples;
        int firstOutput = Grid.IdxX % tilesAcross * TileOutputs;
        int row = Group.IdxX / Stride;
        int column = Group.IdxX % Stride;

        for (int firstInput = 0; firstInput < inputs; firstInput += TileInputs)
        {
            LoadActivated<TActivation>(x, xSlice, firstSample, samples, firstInput, inputs);
            LoadWeights(weights, weightSlice, firstOutput, outputs, firstInput, inputs);
            Group.Barrier();

            for (int k = 0; k < TileInputs; k++)
            {
                MultiplyAdd(xSlice, weightSlice, k, row, column, sums);
            }

            // Nobody may load the next slice before all have used this one.
            Group.Barrier();
        }

        for (int i = 0; i < Own; i++)
        {
            for (int j = 0; j < Own; j++)
            {
                int sample = firstSample + row + (Stride * i);
                int output = firstOutput + column + (Stride * j);
                if (sample < samples && output < outputs)
                {
                    y[(sample * outputs) + output] = sums[(Own * i) + j] + bias[output];
                }
            }
        }
    }

    /// <summary>Copies f(x) of the tile's samples, transposed.</summary>
    private static void LoadActivated<TActivation>(
        FloatView x, FloatView slice, int firstSample, int samples, int firstInput, int inputs)
        where TActivation : struct, IActivation
    {
        // Neighbouring work-items read neighbouring inputs of one sample.
        for (int i = Group.IdxX; i < TileInputs * TileSamples; i += Group.DimX)
        {
            int input = firstInput + (i % TileInputs);
            int sample = firstSample + (i / TileInputs);
            float value = 0f;
            if (input < inputs && sample < samples)
            {
                value = TActivation.Value(x[(sample * inputs) + input]);
            }

            slice[(i % TileInputs * TileSamples) + (i / TileInputs)] = value;
        }
    }

    /// <summary>Copies the weights of the tile's outputs, transposed.</summary>
    private static void LoadWeights(
        FloatView weights, FloatView slice, int firstOutput, int outputs, int firstInput, int inputs)
    {
        for (int i = Group.IdxX; i < TileInputs * TileOutputs; i += Group.DimX)
        {
            int input = firstInput + (i % TileInputs);
            int output = firstOutput + (i / TileInputs);
            slice[(i % TileInputs * TileOutputs) + (i / TileInputs)] =
                input < inputs && output < outputs ? weights[(output * inputs) + input] : 0f;
        }
    }

    /// <summary>Adds the products of one input: 4 samples by 4 outputs.</summary>
    private static void MultiplyAdd(
        FloatView xSlice, FloatView weightSlice, int k, int row, int column, float[] sums)
    {
        for (int i = 0; i < Own; i++)
        {
            float value = xSlice[(k * TileSamples) + row + (Stride * i)];
            for (int j = 0; j < Own; j++)
            {
                float weight = weightSlice[(k * TileOutputs) + column + (Stride * j)];
                sums[(Own * i) + j] = MathF.FusedMultiplyAdd(value, weight, sums[(Own * i) + j]);
            }
        }
    }
}
