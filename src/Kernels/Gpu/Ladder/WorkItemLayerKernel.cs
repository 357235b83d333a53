namespace ScoreGpu.Kernels.Gpu;

/// <summary>A layer the obvious way: a work-item a sample, and everything in global memory.</summary>
/// <remarks>
/// <code>
///   work-item n:   for each output r:   y[r, n] = f(b[r] + Σ_k W[r, k] · x[k, n])
/// </code>
/// Nothing is shared on purpose and nothing is kept: every multiply-add reads a weight, the same for all work-items, and an
/// input. The batch lies feature by feature, so that neighbouring work-items read neighbouring inputs.
/// </remarks>
public static class WorkItemLayerKernel
{
    /// <summary>The number of work-items in a group.</summary>
    public const int GroupSize = 64;

    /// <summary>y = f(W·x + b) for every sample.</summary>
    /// <typeparam name="TActivation">f.</typeparam>
    /// <param name="weights">W, [outputs, inputs].</param>
    /// <param name="bias">b, [outputs].</param>
    /// <param name="x">The inputs, [inputs, samples].</param>
    /// <param name="y">Receives the outputs, [outputs, samples].</param>
    /// <param name="samples">The number of samples.</param>
    /// <param name="inputs">The number of inputs.</param>
    /// <param name="outputs">The number of outputs.</param>
    [Kernel(GroupSize = GroupSize)]
    [KernelInstance(typeof(Silu))]
    [KernelInstance(typeof(Identity))]
    [KernelCost("sample", Flops = "2 * inputs * outputs", Bytes = "4 * inputs + 4 * outputs")]
    public static void Run<TActivation>(
        FloatView weights, FloatView bias, FloatView x, FloatView y, int samples, int inputs, int outputs)
        where TActivation : struct, IActivation
    {
        int n = (Grid.IdxX * Group.DimX) + Group.IdxX;
        if (n < samples)
        {
            for (int r = 0; r < outputs; r++)
            {
                float sum = bias[r];
                for (int k = 0; k < inputs; k++)
                {
                    sum = MathF.FusedMultiplyAdd(weights[(r * inputs) + k], x[(k * samples) + n], sum);
                }

                y[(r * samples) + n] = TActivation.Value(sum);
            }
        }
    }
}
