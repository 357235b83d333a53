namespace ScoreGpu.Kernels;

/// <summary>The coefficients of one step of Adam or AdamW, worked out in double.</summary>
/// <param name="Beta1">β₁.</param>
/// <param name="Beta2">β₂.</param>
/// <param name="Rest1">1 − β₁, taken in double: in float32 1 − 0.999f is off by 5e-5.</param>
/// <param name="Rest2">1 − β₂, likewise.</param>
/// <param name="StepSize">η/(1 − β₁ᵗ).</param>
/// <param name="SecondMomentScale">1/√(1 − β₂ᵗ).</param>
/// <param name="Epsilon">ε.</param>
/// <param name="Shrink">η·λ, the share by which decoupled weight decay shortens the weights; 0 for Adam.</param>
/// <param name="ClipNorm">The largest global norm of the gradient.</param>
/// <param name="IsClipped">1 where there is a largest norm.</param>
public readonly record struct AdamRates(
    float Beta1,
    float Beta2,
    float Rest1,
    float Rest2,
    float StepSize,
    float SecondMomentScale,
    float Epsilon,
    float Shrink,
    float ClipNorm,
    int IsClipped);
