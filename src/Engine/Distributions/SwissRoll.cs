namespace ScoreGpu.Engine.Distributions;

/// <summary>
/// A spiral of one and a half turns, seen along the roll: c(θ) = θ·(cos θ, sin θ)/5, θ uniform on [3π/2, 9π/2], with
/// Gaussian noise.
/// </summary>
/// <remarks>
/// The first and last coordinate of scikit-learn's <c>make_swiss_roll</c> (noise 1), a fifth of the size as in the code
/// of Grathwohl et al., "FFJORD", arXiv:1810.01367 (<c>swissroll</c>). Marsland, "Machine Learning: An Algorithmic
/// Perspective", chapter 6.
/// </remarks>
/// <param name="std">The noise's standard deviation; above 0.</param>
public sealed class SwissRoll(double std = SwissRoll.UsualStd)
    : NoisyCurves(1, 1.5 * Math.PI, 4.5 * Math.PI, Math.Sqrt(1.0 + (20.25 * Math.PI * Math.PI)) * Scale, std)
{
    /// <summary>The noise's usual standard deviation.</summary>
    public const double UsualStd = 0.2;

    private const double Scale = 0.2;

    /// <inheritdoc/>
    public override (double X, double Y) Centre(int arm, double theta)
    {
        (double sin, double cos) = Math.SinCos(theta);
        return (Scale * theta * cos, Scale * theta * sin);
    }
}
