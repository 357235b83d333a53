namespace ScoreGpu.Engine.Processes;

/// <summary>The linear rate β(t) = β_min + t(β_max − β_min) on [0, 1] and its integral.</summary>
/// <remarks>Shared by the VP and sub-VP processes (arXiv:2011.13456, appendix C).</remarks>
/// <param name="Minimum">β_min = β(0).</param>
/// <param name="Maximum">β_max = β(1).</param>
public readonly record struct LinearBeta(double Minimum, double Maximum)
{
    /// <summary>β(t).</summary>
    /// <param name="t">A time in [0, 1].</param>
    public double At(double t) => Minimum + (t * (Maximum - Minimum));

    /// <summary>∫₀ᵗ β(s) ds = β_min·t + ½(β_max − β_min)·t².</summary>
    /// <param name="t">A time in [0, 1].</param>
    public double Integral(double t) => t * (Minimum + (0.5 * t * (Maximum - Minimum)));
}
