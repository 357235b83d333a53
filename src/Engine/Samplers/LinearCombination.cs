using ScoreGpu.Kernels;

namespace ScoreGpu.Engine.Samplers;

/// <summary>What a register becomes: a weighted sum of everything that a sampler's row can see, in double.</summary>
/// <remarks>
/// Sums and multiples of the members of <see cref="Register"/> read as the formulas they are, as in
/// <c>(a * Register.State) + (b * Register.Output)</c>.
/// </remarks>
/// <param name="X">Weight of the state x.</param>
/// <param name="Anchor">Weight of the anchor.</param>
/// <param name="Accumulator">Weight of the accumulator.</param>
/// <param name="Previous">Weight of the register for what the row before said.</param>
/// <param name="Output">Weight of the network's output at x.</param>
/// <param name="Denoised">Weight of the denoised estimate x̂₀.</param>
/// <param name="Noise">Weight of fresh noise z ~ N(0, I).</param>
public readonly record struct LinearCombination(
    double X, double Anchor, double Accumulator, double Previous, double Output, double Denoised, double Noise)
{
    /// <summary>The sum.</summary>
    public static LinearCombination operator +(LinearCombination left, LinearCombination right) =>
        new(
            left.X + right.X,
            left.Anchor + right.Anchor,
            left.Accumulator + right.Accumulator,
            left.Previous + right.Previous,
            left.Output + right.Output,
            left.Denoised + right.Denoised,
            left.Noise + right.Noise);

    /// <summary>The difference.</summary>
    public static LinearCombination operator -(LinearCombination left, LinearCombination right) =>
        left + (-1.0 * right);

    /// <summary>A multiple.</summary>
    public static LinearCombination operator *(double factor, LinearCombination of) =>
        new(
            factor * of.X,
            factor * of.Anchor,
            factor * of.Accumulator,
            factor * of.Previous,
            factor * of.Output,
            factor * of.Denoised,
            factor * of.Noise);

    /// <summary>The same weights as exact doubles.</summary>
    public static LinearCombination From(RegisterUpdate update) =>
        new(
            update.X,
            update.Anchor,
            update.Accumulator,
            update.Previous,
            update.Output,
            update.Denoised,
            update.Noise);

    /// <summary>The weights as the kernels read them.</summary>
    public RegisterUpdate Rounded() =>
        new(
            (float)X,
            (float)Anchor,
            (float)Accumulator,
            (float)Previous,
            (float)Output,
            (float)Denoised,
            (float)Noise);

    /// <summary>Whether every weight is finite.</summary>
    public bool IsFinite =>
        double.IsFinite(X + Anchor + Accumulator + Previous + Output + Denoised + Noise);
}
