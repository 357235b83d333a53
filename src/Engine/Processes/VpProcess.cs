using ScoreGpu.Kernels;

namespace ScoreGpu.Engine.Processes;

/// <summary>
/// The variance-preserving process: with B(t) = ∫₀ᵗ β, α = exp(−B/2) and σ² = 1 − exp(−B), t in [0, 1].
/// </summary>
/// <remarks>
/// f = −β/2 and g² = β. Song et al., 2021, arXiv:2011.13456, equations (11) and (29) and appendix C. σ² goes through
/// exp(x) − 1 in one piece: near t = 0 the subtraction would lose every digit.
/// </remarks>
public sealed class VpProcess : ContinuousProcess
{
    private readonly LinearBeta _beta;

    /// <summary>Creates the process with β rising linearly from one value to another.</summary>
    /// <param name="betaMin">β at t = 0; above 0.</param>
    /// <param name="betaMax">β at t = 1; at least <paramref name="betaMin"/>.</param>
    /// <exception cref="InputException">A rate is out of range.</exception>
    public VpProcess(double betaMin = 0.1, double betaMax = 20.0) => _beta = LinearBeta.Checked(betaMin, betaMax);

    /// <inheritdoc/>
    public override string Name => "vp";

    /// <inheritdoc/>
    public override TimeRange TimeRange => new(0.0, 1.0);

    /// <summary>10⁻³ to 1 (arXiv:2011.13456, appendix C).</summary>
    public override TimeRange SamplingRange => new(1e-3, 1.0);

    /// <summary>β at t = 0.</summary>
    public double BetaMin => _beta.Minimum;

    /// <summary>β at t = 1.</summary>
    public double BetaMax => _beta.Maximum;

    /// <summary>The rate β(t).</summary>
    /// <param name="t">A time in [0, 1].</param>
    public double Beta(double t) => _beta.At(t);

    /// <inheritdoc/>
    public override double Alpha(double t) => Math.Exp(-0.5 * _beta.Integral(t));

    /// <inheritdoc/>
    public override double Sigma(double t) => Math.Sqrt(-ExpMinusOne.Of(-_beta.Integral(t)));

    /// <inheritdoc/>
    public override double LogSnr(double t)
    {
        double integral = _beta.Integral(t);
        return -integral - Math.Log(-ExpMinusOne.Of(-integral));
    }

    /// <summary>N(0, I): standardised data keep their variance.</summary>
    /// <param name="t">Without effect.</param>
    public override GaussianPrior Prior(double t) => new(1.0);

    /// <summary>The time at a λ: exp(B) = 1 + exp(−λ), and B is a quadratic of t.</summary>
    /// <param name="logSnr">λ.</param>
    public override double TimeAtLogSnr(double logSnr)
    {
        // ln(1 + y) as 2·asinh(y/(2√(1 + y))), which keeps its digits near y = 0, where λ is large.
        double y = Math.Exp(-logSnr);
        return _beta.TimeAtIntegral(2.0 * Math.Asinh(0.5 * y / Math.Sqrt(1.0 + y)));
    }

    /// <inheritdoc/>
    public override double LogAlphaDerivative(double t) => -0.5 * _beta.At(t);

    /// <inheritdoc/>
    public override double VarianceDerivative(double t) => _beta.At(t) * Math.Exp(-_beta.Integral(t));

    /// <summary>g² = β(t), stated in closed form because the general formula only adds rounding.</summary>
    /// <param name="t">A time in [0, 1].</param>
    public override double DiffusionSquared(double t) => _beta.At(t);
}
