namespace ScoreGpu.Kernels.Gpu;

/// <summary>The hyperbolic tangent; derivatives 1 − tanh²x and −2·tanh x·(1 − tanh²x).</summary>
public readonly struct Tanh : IActivation
{
    /// <inheritdoc/>
    public static float Value(float x) => MathF.Tanh(x);

    /// <inheritdoc/>
    public static float Derivative(float x)
    {
        float y = MathF.Tanh(x);
        return 1f - (y * y);
    }

    /// <inheritdoc/>
    public static float SecondDerivative(float x)
    {
        float y = MathF.Tanh(x);
        return -2f * y * (1f - (y * y));
    }
}
