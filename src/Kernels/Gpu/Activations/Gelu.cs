namespace ScoreGpu.Kernels.Gpu;

/// <summary>GELU by its tanh form, ½x·(1 + tanh u) with u = √(2/π)·(x + 0.044715x³).</summary>
/// <remarks>Hendrycks and Gimpel, "Gaussian error linear units", 2016, section 2.</remarks>
public readonly struct Gelu : IActivation
{
    private const float Scale = 0.7978845608f;
    private const float Cubic = 0.044715f;

    /// <inheritdoc/>
    public static float Value(float x) => 0.5f * x * (1f + MathF.Tanh(Argument(x)));

    /// <inheritdoc/>
    public static float Derivative(float x)
    {
        float t = MathF.Tanh(Argument(x));
        float slope = Scale * (1f + (3f * Cubic * x * x));
        return (0.5f * (1f + t)) + (0.5f * x * (1f - (t * t)) * slope);
    }

    private static float Argument(float x) => Scale * (x + (Cubic * x * x * x));
}
