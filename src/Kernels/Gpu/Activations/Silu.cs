namespace ScoreGpu.Kernels.Gpu;

/// <summary>SiLU, x·s(x) with s(x) = 1/(1 + e⁻ˣ); derivative s(x)·(1 + x·(1 − s(x))).</summary>
/// <remarks>Elfwing, Uchibe and Doya, 2018, equation (1).</remarks>
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

    private static float Sigmoid(float x) => 1f / (1f + MathF.Exp(-x));
}
