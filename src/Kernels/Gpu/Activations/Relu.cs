namespace ScoreGpu.Kernels.Gpu;

/// <summary>max(x, 0); derivative 1 above 0 and 0 elsewhere, second derivative 0.</summary>
public readonly struct Relu : IActivation
{
    /// <inheritdoc/>
    public static float Value(float x) => MathF.Max(x, 0f);

    /// <inheritdoc/>
    public static float Derivative(float x) => x > 0f ? 1f : 0f;

    /// <inheritdoc/>
    public static float SecondDerivative(float x) => 0f;
}
