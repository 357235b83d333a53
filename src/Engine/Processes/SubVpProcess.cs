using ScoreGpu.Kernels;

namespace ScoreGpu.Engine.Processes;

/// <summary>
/// The sub-variance-preserving process: with B(t) = ∫₀ᵗ β, α = exp(−B/2) and σ = 1 − exp(−B), t in [0, 1].
/// </summary>
/// <remarks>
/// f = −β/2 and g² = β(1 − exp(−2B)); its noise is never above that of <see cref="VpProcess"/>.
/// Song et al., 2021, arXiv:2011.13456, equations (12) and (29) and appendix C.
/// </remarks>
public sealed class SubVpProcess : ContinuousProcess
{
    private readonly LinearBeta _beta;

    /// <summary>Creates the process with β rising linearly from one value to another.</summary>
    /// <param name="betaMin">β at t = 0; above 0.</param>
    /// <param name="betaMax">β at t = 1; at least <paramref name="betaMin"/>.</param>
    /// <exception cref="InputException">A rate is out of range.</exception>
    public SubVpProcess(double betaMin = 0.1, double betaMax = 20.0) => _beta = LinearBeta.Checked(betaMin, betaMax);

    /// <inheritdoc/>
    public override string Name => "sub-vp";

    /// <inheritdoc/>
    public override TimeRange TimeRange => new(0.0, 1.0);

    /// <summary>β at t = 0.</summary>
    public double BetaMin => _beta.Minimum;

    /// <summary>β at t = 1.</summary>
    public double BetaMax => _beta.Maximum;

    /// <summary>10⁻³ to 1 (arXiv:2011.13456, appendix C).</summary>
    public override TimeRange SamplingRange => new(1e-3, 1.0);

    /// <summary>The rate β(t).</summary>
    /// <param name="t">A time in [0, 1].</param>
    public double Beta(double t) => _beta.At(t);

    /// <inheritdoc/>
    public override double Alpha(double t) => Math.Exp(-0.5 * _beta.Integral(t));

    /// <inheritdoc/>
    public override double Sigma(double t) => -ExpMinusOne.Of(-_beta.Integral(t));

    /// <summary>N(0, I): standardised data keep their variance.</summary>
    /// <param name="t">Without effect.</param>
    public override GaussianPrior Prior(double t) => new(1.0);

    /// <summary>The time at a λ: 1/√SNR = 2·sinh(B/2), and B is a quadratic of t.</summary>
    /// <param name="logSnr">λ.</param>
    public override double TimeAtLogSnr(double logSnr) =>
        _beta.TimeAtIntegral(2.0 * Math.Asinh(0.5 * Math.Exp(-0.5 * logSnr)));

    /// <inheritdoc/>
    public override double LogAlphaDerivative(double t) => -0.5 * _beta.At(t);

    /// <inheritdoc/>
    public override double VarianceDerivative(double t) =>
        2.0 * Sigma(t) * _beta.At(t) * Math.Exp(-_beta.Integral(t));

    /// <inheritdoc/>
    public override double SigmaDerivative(double t) => _beta.At(t) * Math.Exp(-_beta.Integral(t));
}
