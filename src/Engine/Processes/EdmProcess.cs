namespace ScoreGpu.Engine.Processes;

/// <summary>The process of EDM: α = 1 and σ = t, so that time is the noise level.</summary>
/// <remarks>
/// f = 0 and g² = 2t. Karras, Aittala, Aila and Laine, 2022, arXiv:2206.00364, table 1 ("Ours").
/// </remarks>
public sealed class EdmProcess : ContinuousProcess
{
    /// <summary>Creates the process.</summary>
    /// <param name="sigmaMin">The least noise level of the range; above 0.</param>
    /// <param name="sigmaMax">The greatest noise level of the range; above <paramref name="sigmaMin"/>.</param>
    /// <exception cref="InputException">A level is out of range.</exception>
    public EdmProcess(double sigmaMin = 0.002, double sigmaMax = 80.0)
    {
        RequirePositive(sigmaMin, nameof(sigmaMin));
        RequirePositive(sigmaMax, nameof(sigmaMax));
        if (sigmaMax <= sigmaMin)
        {
            throw InputException.For(nameof(sigmaMax), sigmaMax, $"a number above sigmaMin = {sigmaMin}");
        }

        TimeRange = new TimeRange(sigmaMin, sigmaMax);
    }

    /// <inheritdoc/>
    public override string Name => "edm";

    /// <inheritdoc/>
    public override TimeRange TimeRange { get; }

    /// <inheritdoc/>
    public override double Alpha(double t) => 1.0;

    /// <inheritdoc/>
    public override double Sigma(double t) => t;

    /// <summary>The time at a λ: t = σ = exp(−λ/2).</summary>
    /// <param name="logSnr">λ.</param>
    public override double TimeAtLogSnr(double logSnr) => Math.Exp(-0.5 * logSnr);

    /// <inheritdoc/>
    public override double LogAlphaDerivative(double t) => 0.0;

    /// <inheritdoc/>
    public override double VarianceDerivative(double t) => 2.0 * t;

    /// <inheritdoc/>
    public override double SigmaDerivative(double t) => 1.0;
}
