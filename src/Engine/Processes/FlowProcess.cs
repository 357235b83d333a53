namespace ScoreGpu.Engine.Processes;

/// <summary>The straight path of flow matching: α = 1 − t and σ = t, t in [0, 1].</summary>
/// <remarks>
/// t = 0 is data and t = 1 noise here, as for every process of this engine; some papers count the other way. The path
/// velocity α′x₀ + σ′ε is ε − x₀. f = −1/(1 − t) and g² = 2t/(1 − t) are infinite at t = 1, where the velocity is
/// not. Liu, Gong and Liu, 2022, arXiv:2209.03003, equation (1); Lipman et al., 2022, arXiv:2210.02747, section 4.1,
/// example II.
/// </remarks>
public sealed class FlowProcess : ContinuousProcess
{
    /// <inheritdoc/>
    public override string Name => "flow";

    /// <inheritdoc/>
    public override TimeRange TimeRange => new(0.0, 1.0);

    /// <summary>
    /// 10⁻³ to 0.999: a score or a noise prediction says nothing about the data at t = 1, where x_t is the noise
    /// itself. A network that predicts the velocity may be run from 1 to 0.
    /// </summary>
    public override TimeRange SamplingRange => new(1e-3, 0.999);

    /// <inheritdoc/>
    public override double Alpha(double t) => 1.0 - t;

    /// <inheritdoc/>
    public override double Sigma(double t) => t;

    /// <summary>The time at a λ: (1 − t)/t = exp(λ/2).</summary>
    /// <param name="logSnr">λ.</param>
    public override double TimeAtLogSnr(double logSnr) => 1.0 / (1.0 + Math.Exp(0.5 * logSnr));

    /// <inheritdoc/>
    public override double LogAlphaDerivative(double t) => -1.0 / (1.0 - t);

    /// <inheritdoc/>
    public override double VarianceDerivative(double t) => 2.0 * t;

    /// <summary>g² = 2t/(1 − t): the general formula, summed.</summary>
    /// <param name="t">A time in [0, 1).</param>
    public override double DiffusionSquared(double t) => 2.0 * t / (1.0 - t);

    /// <inheritdoc/>
    public override double AlphaDerivative(double t) => -1.0;

    /// <inheritdoc/>
    public override double SigmaDerivative(double t) => 1.0;
}
