namespace ScoreGpu.Kernels.Gpu;

/// <summary>x itself: a layer whose input is not activated.</summary>
public readonly struct Identity : IActivation
{
    /// <inheritdoc/>
    public static float Value(float x) => x;

    /// <inheritdoc/>
    public static float Derivative(float x) => 1f;

    /// <inheritdoc/>
    public static float SecondDerivative(float x) => 0f;
}
