namespace ScoreGpu.Kernels.Gpu;

/// <summary>An activation function. Kernels take it as a type argument, so that it is compiled into each of them.</summary>
public interface IActivation
{
    /// <summary>f(x).</summary>
    /// <param name="x">The argument.</param>
    static abstract float Value(float x);

    /// <summary>f′(x).</summary>
    /// <param name="x">The argument.</param>
    static abstract float Derivative(float x);

    /// <summary>f″(x).</summary>
    /// <param name="x">The argument.</param>
    static abstract float SecondDerivative(float x);
}
