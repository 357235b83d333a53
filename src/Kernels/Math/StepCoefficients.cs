namespace ScoreGpu.Kernels;

/// <summary>A register's new value: a linear combination of everything that a sampler's row can see.</summary>
/// <param name="X">Weight of the state x.</param>
/// <param name="Anchor">Weight of the anchor.</param>
/// <param name="Accumulator">Weight of the accumulator.</param>
/// <param name="Previous">Weight of the previous output.</param>
/// <param name="Output">Weight of the network's output at x.</param>
/// <param name="Denoised">Weight of the denoised estimate x̂₀.</param>
/// <param name="Noise">Weight of fresh noise z ~ N(0, I).</param>
public readonly record struct RegisterUpdate(
    float X, float Anchor, float Accumulator, float Previous, float Output, float Denoised, float Noise);

/// <summary>One row of a step program as the kernels read it, in float32.</summary>
/// <remarks>
/// x̂₀ = clamp(DenoisedX · x + DenoisedOutput · output, ±DenoisedBound); then the four registers take their new values
/// at once, each from the old ones. A bound of +∞ clips nothing.
/// </remarks>
/// <param name="DenoisedX">Weight of x in x̂₀.</param>
/// <param name="DenoisedOutput">Weight of the output in x̂₀.</param>
/// <param name="DenoisedBound">The largest |x̂₀| in each dimension.</param>
/// <param name="X">The next state.</param>
/// <param name="Anchor">The next anchor.</param>
/// <param name="Accumulator">The next accumulator.</param>
/// <param name="Previous">The next previous output.</param>
public readonly record struct StepCoefficients(
    float DenoisedX,
    float DenoisedOutput,
    float DenoisedBound,
    RegisterUpdate X,
    RegisterUpdate Anchor,
    RegisterUpdate Accumulator,
    RegisterUpdate Previous)
{
    /// <summary>Whether any register takes noise, so that it must be drawn.</summary>
    public bool UsesNoise => X.Noise != 0f || Anchor.Noise != 0f || Accumulator.Noise != 0f || Previous.Noise != 0f;
}
