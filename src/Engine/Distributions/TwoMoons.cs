namespace ScoreGpu.Engine.Distributions;

/// <summary>
/// Two half circles that reach into each other: c₀(θ) = (2 cos θ − 1, 2 sin θ − 0.2) and
/// c₁(θ) = (1 − 2 cos θ, 0.8 − 2 sin θ), θ uniform on [0, π], with Gaussian noise.
/// </summary>
/// <remarks>
/// The moons of scikit-learn's <c>make_moons</c> (unit circles, noise 0.1), doubled and centred as in the code of
/// Grathwohl et al., "FFJORD", arXiv:1810.01367 (<c>moons</c>).
/// </remarks>
/// <param name="std">The noise's standard deviation; above 0.</param>
public sealed class TwoMoons(double std = TwoMoons.UsualStd) : NoisyCurves(2, 0.0, Math.PI, Radius, std)
{
    /// <summary>The noise's usual standard deviation.</summary>
    public const double UsualStd = 0.2;

    private const double Radius = 2.0;

    /// <inheritdoc/>
    public override (double X, double Y) Centre(int arm, double theta)
    {
        (double sin, double cos) = Math.SinCos(theta);
        return arm == 0
            ? ((Radius * cos) - 1.0, (Radius * sin) - 0.2)
            : (1.0 - (Radius * cos), 0.8 - (Radius * sin));
    }
}
