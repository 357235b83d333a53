namespace ScoreGpu.Engine.Processes;

/// <summary>
/// The variance-exploding process: α = 1 and σ(t) = σ_min·(σ_max/σ_min)^t, t in [0, 1].
/// </summary>
/// <remarks>
/// f = 0 and g² = 2σ² ln(σ_max/σ_min). σ(t) here is the noise level itself, as networks are trained on it; an SDE
/// that is started from clean data at t = 0 has the slightly smaller variance σ(t)² − σ_min².
/// Song et al., 2021, arXiv:2011.13456, equation (9) and appendix C.
/// </remarks>
public sealed class VeProcess : ContinuousProcess
{
    private readonly double _logRatio;

    /// <summary>Creates the process.</summary>
    /// <param name="sigmaMin">σ at t = 0; above 0.</param>
    /// <param name="sigmaMax">σ at t = 1; above <paramref name="sigmaMin"/>.</param>
    /// <exception cref="InputException">A level is out of range.</exception>
    public VeProcess(double sigmaMin = 0.01, double sigmaMax = 50.0)
    {
        SigmaMin = RequirePositive(sigmaMin, nameof(sigmaMin));
        SigmaMax = RequirePositive(sigmaMax, nameof(sigmaMax));
        if (sigmaMax <= sigmaMin)
        {
            throw InputException.For(nameof(sigmaMax), sigmaMax, $"a number above sigmaMin = {sigmaMin}");
        }

        _logRatio = Math.Log(sigmaMax / sigmaMin);
    }

    /// <inheritdoc/>
    public override string Name => "ve";

    /// <inheritdoc/>
    public override TimeRange TimeRange => new(0.0, 1.0);

    /// <summary>10⁻⁵ to 1 (arXiv:2011.13456, appendix C).</summary>
    public override TimeRange SamplingRange => new(1e-5, 1.0);

    /// <summary>σ at t = 0.</summary>
    public double SigmaMin { get; }

    /// <summary>σ at t = 1.</summary>
    public double SigmaMax { get; }

    /// <inheritdoc/>
    public override double Alpha(double t) => 1.0;

    /// <inheritdoc/>
    public override double Sigma(double t) => SigmaMin * Math.Exp(t * _logRatio);

    /// <summary>The time at a λ: σ = exp(−λ/2), and t = ln(σ/σ_min)/ln(σ_max/σ_min).</summary>
    /// <param name="logSnr">λ.</param>
    public override double TimeAtLogSnr(double logSnr) => ((-0.5 * logSnr) - Math.Log(SigmaMin)) / _logRatio;

    /// <inheritdoc/>
    public override double LogAlphaDerivative(double t) => 0.0;

    /// <inheritdoc/>
    public override double VarianceDerivative(double t)
    {
        double sigma = Sigma(t);
        return 2.0 * _logRatio * sigma * sigma;
    }
}
