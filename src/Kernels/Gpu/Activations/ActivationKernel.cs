namespace ScoreGpu.Kernels.Gpu;

/// <summary>An activation on every element of an array.</summary>
/// <remarks>
/// A work-item walks over the elements with the stride of the whole launch, so that any number of groups will do and
/// neighbours read neighbouring elements:
/// <code>
///   element    0  1  2 …  T−1 |  T  T+1 … | 2T …        T = groups × group size
///   work-item  0  1  2 …  T−1 |  0  1   … | 0  …
/// </code>
/// </remarks>
public static class ActivationKernel
{
    /// <summary>The number of work-items in a group.</summary>
    public const int GroupSize = 128;

    /// <summary>y = f(x), element by element.</summary>
    /// <typeparam name="TActivation">f.</typeparam>
    /// <param name="x">The arguments.</param>
    /// <param name="y">Receives the values; as long as x.</param>
    [Kernel(GroupSize = GroupSize)]
    [KernelInstance(typeof(Silu))]
    [KernelInstance(typeof(Tanh))]
    [KernelInstance(typeof(Relu))]
    [KernelInstance(typeof(Gelu))]
    [KernelCost("element", Flops = "f", Bytes = "8", Where = "f: operations of the activation")]
    public static void Apply<TActivation>(FloatView x, FloatView y)
        where TActivation : struct, IActivation
    {
        int stride = Grid.DimX * Group.DimX;
        for (int i = (Grid.IdxX * Group.DimX) + Group.IdxX; i < x.IntLength; i += stride)
        {
            y[i] = TActivation.Value(x[i]);
        }
    }

    /// <summary>dx = dy·f′(x), element by element: the way back.</summary>
    /// <typeparam name="TActivation">f.</typeparam>
    /// <param name="x">The arguments.</param>
    /// <param name="dy">The gradient with respect to f(x); as long as x.</param>
    /// <param name="dx">Receives the gradient with respect to x; as long as x.</param>
    [Kernel(GroupSize = GroupSize)]
    [KernelInstance(typeof(Silu))]
    [KernelInstance(typeof(Tanh))]
    [KernelInstance(typeof(Relu))]
    [KernelInstance(typeof(Gelu))]
    [KernelCost("element", Flops = "1 + f", Bytes = "12", Where = "f: operations of the activation's derivative")]
    public static void Backward<TActivation>(FloatView x, FloatView dy, FloatView dx)
        where TActivation : struct, IActivation
    {
        int stride = Grid.DimX * Group.DimX;
        for (int i = (Grid.IdxX * Group.DimX) + Group.IdxX; i < x.IntLength; i += stride)
        {
            dx[i] = dy[i] * TActivation.Derivative(x[i]);
        }
    }
}
