namespace ScoreGpu.Kernels.Gpu;

/// <summary>SiLU, x·s(x) with s(x) = 1/(1 + e⁻ˣ); derivative s·(1 + x·(1 − s)), second derivative
/// s·(1 − s)·(2 + x·(1 − 2s)).</summary>
/// <remarks>Elfwing, Uchibe and Doya, 2018, section 2.</remarks>
public readonly struct Silu : IActivation
{
    /// <inheritdoc/>
    public static float Value(float x) => x * Sigmoid(x);

    /// <inheritdoc/>
    public static float Derivative(float x)
    {
        float s = Sigmoid(x);
        return s * (1f + (x * (1f - s)));
    }

    /// <inheritdoc/>
    public static float SecondDerivative(float x)
    {
        float s = Sigmoid(x);
        return s * (1f - s) * (2f + (x * (1f - (2f * s))));
    }

    private static float Sigmoid(float x) => 1f / (1f + MathF.Exp(-x));
}
