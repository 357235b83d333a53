namespace ScoreGpu.Engine.Distributions;

/// <summary>
/// Two circles around the origin: c_k(θ) = r_k·(cos θ, sin θ) with r₀ = 3 and r₁ = 1.5, θ uniform on [0, 2π], with
/// Gaussian noise.
/// </summary>
/// <remarks>
/// scikit-learn's <c>make_circles</c> (factor 0.5, noise 0.08), three times the size as in the code of Grathwohl et al.,
/// "FFJORD", arXiv:1810.01367 (<c>circles</c>).
/// </remarks>
/// <param name="std">The noise's standard deviation; above 0.</param>
public sealed class Circles(double std = Circles.UsualStd) : NoisyCurves(2, 0.0, 2.0 * Math.PI, OuterRadius, std)
{
    /// <summary>The noise's usual standard deviation.</summary>
    public const double UsualStd = 0.24;

    /// <summary>The outer circle's radius r₀.</summary>
    public const double OuterRadius = 3.0;

    /// <summary>The inner circle's radius r₁.</summary>
    public const double InnerRadius = 1.5;

    /// <inheritdoc/>
    public override (double X, double Y) Centre(int arm, double theta)
    {
        (double sin, double cos) = Math.SinCos(theta);
        double radius = arm == 0 ? OuterRadius : InnerRadius;
        return (radius * cos, radius * sin);
    }
}
