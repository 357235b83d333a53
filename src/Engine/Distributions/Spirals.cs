namespace ScoreGpu.Engine.Distributions;

/// <summary>
/// Two spirals, each the other turned by 180°: c(θ) = ±θ·(−cos θ, sin θ)/3 on [0, 3π] with density q(θ) = 2θ/(3π)²,
/// nearly even along the curve, with Gaussian noise.
/// </summary>
/// <remarks>
/// The spirals of the code of Grathwohl et al., "FFJORD", arXiv:1810.01367 (<c>2spirals</c>), without its second,
/// uniform noise of width 1/6, so that the density is one integral.
/// </remarks>
/// <param name="std">The noise's standard deviation; above 0.</param>
public sealed class Spirals(double std = Spirals.UsualStd)
    : NoisyCurves(2, 0.0, LastAngle, Math.Sqrt(1.0 + (LastAngle * LastAngle)) / 3.0, std)
{
    /// <summary>The noise's usual standard deviation.</summary>
    public const double UsualStd = 0.1;

    private const double LastAngle = 3.0 * Math.PI;

    /// <inheritdoc/>
    public override (double X, double Y) Centre(int arm, double theta)
    {
        (double sin, double cos) = Math.SinCos(theta);
        double radius = (arm == 0 ? theta : -theta) / 3.0;
        return (-radius * cos, radius * sin);
    }

    /// <inheritdoc/>
    public override double ParameterDensity(double theta) => 2.0 * theta / (LastAngle * LastAngle);

    /// <inheritdoc/>
    public override double Quantile(double u) => LastAngle * Math.Sqrt(u);
}
