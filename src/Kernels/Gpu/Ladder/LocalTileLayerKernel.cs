namespace ScoreGpu.Kernels.Gpu;

/// <summary>A layer through local memory: a group fetches a square of inputs and one of weights, and shares them.</summary>
/// <remarks>
/// <code>
///                      16 samples
///                    +-----------+
///        16 inputs   | x square  |       16 × 16 work-items, an output of a sample each, walk
///                    +-----------+       along the inputs in squares of 16
///   +-----------+    +-----------+
///   | W square  |    | y square  |       a number is read from global memory once,
///   +-----------+    +-----------+       and from local memory sixteen times
///      16 outputs × 16 inputs
/// </code>
/// The batch lies feature by feature as in <see cref="WorkItemLayerKernel"/>; what is outside of it is zero.
/// </remarks>
public static class LocalTileLayerKernel
{
    /// <summary>The side of a square.</summary>
    public const int Side = 16;

    /// <summary>The number of groups that cover a layer.</summary>
    /// <param name="samples">The number of samples.</param>
    /// <param name="outputs">The number of outputs.</param>
    public static int Groups(int samples, int outputs) => ((samples + Side - 1) / Side) * ((outputs + Side - 1) / Side);

    /// <summary>y = f(W·x + b) for every sample.</summary>
    /// <typeparam name="TActivation">f.</typeparam>
    /// <param name="weights">W, [outputs, inputs].</param>
    /// <param name="bias">b, [outputs].</param>
    /// <param name="x">The inputs, [inputs, samples].</param>
    /// <param name="y">Receives the outputs, [outputs, samples].</param>
    /// <param name="samples">The number of samples.</param>
    /// <param name="inputs">The number of inputs.</param>
    /// <param name="outputs">The number of outputs.</param>
    [Kernel(GroupSize = Side * Side)]
    [KernelInstance(typeof(Silu))]
    [KernelInstance(typeof(Identity))]
    [KernelCost("sample", Flops = "2 * inputs * outputs", Bytes = "4 * inputs + 4 * outputs")]
    public static void Run<TActivation>(
        FloatView weights, FloatView bias, FloatView x, FloatView y, int samples, int inputs, int outputs)
        where TActivation : struct, IActivation
    {
        FloatView xSquare = SharedMemory.Allocate<float>(Side * Side);
        FloatView weightSquare = SharedMemory.Allocate<float>(Side * Side);
        int across = (samples + Side - 1) / Side;
        int row = Group.IdxX / Side;
        int column = Group.IdxX % Side;
        int n = (Grid.IdxX % across * Side) + column;
        int r = (Grid.IdxX / across * Side) + row;
        float sum = 0f;
        for (int first = 0; first < inputs; first += Side)
        {
            // Each work-item fetches one input and one weight; neighbours fetch neighbours.
            bool hasX = first + row < inputs && n < samples;
            xSquare[Group.IdxX] = hasX ? x[((first + row) * samples) + n] : 0f;
            bool hasWeight = r < outputs && first + column < inputs;
            weightSquare[Group.IdxX] = hasWeight ? weights[(r * inputs) + first + column] : 0f;
            Group.Barrier();

            for (int k = 0; k < Side; k++)
            {
                sum = MathF.FusedMultiplyAdd(weightSquare[(row * Side) + k], xSquare[(k * Side) + column], sum);
            }

            // Nobody may fetch the next squares before all have used these.
            Group.Barrier();
        }

        if (r < outputs && n < samples)
        {
            y[(r * samples) + n] = TActivation.Value(sum + bias[r]);
        }
    }
}
