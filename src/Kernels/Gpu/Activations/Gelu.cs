namespace ScoreGpu.Kernels.Gpu;

/// <summary>GELU by its tanh form, ½x·(1 + tanh u) with u = c·(x + kx³), c = √(2/π), k = 0.044715.</summary>
/// <remarks>
/// ½·(1 + tanh u) = 1/(1 + e⁻²ᵘ) = s, which keeps its digits where 1 + tanh u has none. With w = (2u)′ = 2c·(1 + 3kx²):
/// <code>
///   f′ = s + x·s·(1 − s)·w      f″ = s·(1 − s)·(2w + x·((1 − 2s)·w² + 12ck·x))
/// </code>
/// Hendrycks and Gimpel, "Gaussian error linear units", 2016, section 2.
/// </remarks>
public readonly struct Gelu : IActivation
{
    private const float TwoC = 1.59576912f;
    private const float TwoCk = 0.0713548163f;

    /// <inheritdoc/>
    public static float Value(float x) => x * Sigmoid(x);

    /// <inheritdoc/>
    public static float Derivative(float x)
    {
        float s = Sigmoid(x);
        return s + (x * s * (1f - s) * Slope(x));
    }

    /// <inheritdoc/>
    public static float SecondDerivative(float x)
    {
        float s = Sigmoid(x);
        float w = Slope(x);
        float bend = ((1f - (2f * s)) * w * w) + (6f * TwoCk * x);
        return s * (1f - s) * ((2f * w) + (x * bend));
    }

    private static float Sigmoid(float x) => 1f / (1f + MathF.Exp(-x * (TwoC + (TwoCk * x * x))));

    private static float Slope(float x) => TwoC + (3f * TwoCk * x * x);
}
