namespace ScoreGpu.Engine.Processes;

/// <summary>The linear rate β(t) = β_min + t(β_max − β_min) on [0, 1] and its integral.</summary>
/// <remarks>Shared by the VP and sub-VP processes (arXiv:2011.13456, appendix C).</remarks>
/// <param name="Minimum">β_min = β(0).</param>
/// <param name="Maximum">β_max = β(1).</param>
public readonly record struct LinearBeta(double Minimum, double Maximum)
{
    /// <summary>Creates the rate from values that come from outside.</summary>
    /// <param name="betaMin">β at t = 0; finite and above 0.</param>
    /// <param name="betaMax">β at t = 1; finite and at least <paramref name="betaMin"/>.</param>
    /// <exception cref="InputException">A rate is out of range.</exception>
    public static LinearBeta Checked(double betaMin, double betaMax)
    {
        if (!(betaMin > 0.0) || double.IsInfinity(betaMin))
        {
            throw InputException.For(nameof(betaMin), betaMin, "a finite number above 0");
        }

        if (!(betaMax >= betaMin) || double.IsInfinity(betaMax))
        {
            throw InputException.For(nameof(betaMax), betaMax, $"a finite number, at least betaMin = {betaMin}");
        }

        return new LinearBeta(betaMin, betaMax);
    }

    /// <summary>β(t).</summary>
    /// <param name="t">A time in [0, 1].</param>
    public double At(double t) => Minimum + (t * (Maximum - Minimum));

    /// <summary>∫₀ᵗ β(s) ds = β_min·t + ½(β_max − β_min)·t².</summary>
    /// <param name="t">A time in [0, 1].</param>
    public double Integral(double t) => t * (Minimum + (0.5 * t * (Maximum - Minimum)));

    /// <summary>The time t ≥ 0 at which the integral has a value: 2B/(β_min + √(β_min² + 2B(β_max − β_min))).</summary>
    /// <param name="integral">B, at least 0.</param>
    public double TimeAtIntegral(double integral) =>
        2.0 * integral / (Minimum + Math.Sqrt((Minimum * Minimum) + (2.0 * integral * (Maximum - Minimum))));
}
