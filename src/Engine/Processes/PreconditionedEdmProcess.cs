namespace ScoreGpu.Engine.Processes;

/// <summary>
/// EDM's process as the preconditioned network sees it: c_in·(x₀ + t·ε), so α = c_in = 1/√(t² + σ_d²) and σ = t·c_in.
/// </summary>
/// <remarks>
/// Scaling x by a function of t alone changes neither what can be known of x₀ nor the signal-to-noise ratio, so that EDM's
/// input scale needs no place in a network or a sampler: it is a process. The signal's variance is 1 at every t for data
/// of deviation σ_d. f = −t/(t² + σ_d²), (σ²)′ = 2tσ_d²/(t² + σ_d²)². Karras, Aittala, Aila and Laine, 2022,
/// arXiv:2206.00364, section 5 and table 1.
/// </remarks>
public sealed class PreconditionedEdmProcess : ContinuousProcess
{
    /// <summary>Creates the process.</summary>
    /// <param name="sigmaData">σ_d, the standard deviation of the data's entries; above 0.</param>
    /// <param name="sigmaMin">The least noise level t of the range; above 0.</param>
    /// <param name="sigmaMax">The greatest noise level of the range; above <paramref name="sigmaMin"/>.</param>
    /// <exception cref="InputException">A number is out of range.</exception>
    public PreconditionedEdmProcess(double sigmaData = 0.5, double sigmaMin = 0.002, double sigmaMax = 80.0)
    {
        SigmaData = RequirePositive(sigmaData, nameof(sigmaData));
        TimeRange = new EdmProcess(sigmaMin, sigmaMax).TimeRange;
    }

    /// <inheritdoc/>
    public override string Name => "edm-preconditioned";

    /// <inheritdoc/>
    public override TimeRange TimeRange { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<Prediction> KnownPredictions => [.. base.KnownPredictions, Prediction.Preconditioned];

    /// <summary>σ_d.</summary>
    public double SigmaData { get; }

    /// <inheritdoc/>
    public override double Alpha(double t) => 1.0 / Math.Sqrt(Total(t));

    /// <inheritdoc/>
    public override double Sigma(double t) => t / Math.Sqrt(Total(t));

    /// <summary>The time at a λ: σ/α = t = exp(−λ/2).</summary>
    /// <param name="logSnr">λ.</param>
    public override double TimeAtLogSnr(double logSnr) => Math.Exp(-0.5 * logSnr);

    /// <inheritdoc/>
    public override double LogAlphaDerivative(double t) => -t / Total(t);

    /// <inheritdoc/>
    public override double VarianceDerivative(double t)
    {
        double total = Total(t);
        return 2.0 * t * SigmaData * SigmaData / (total * total);
    }

    /// <inheritdoc/>
    /// <remarks>
    /// F = (x₀ − c_skip·x)/c_out of x = x₀ + t·ε: (α·t/σ_d, −α·σ_d) (arXiv:2206.00364, equation (8) and table 1). Its
    /// variance is 1 for data of deviation σ_d; for σ_d = 1 it is −v.
    /// </remarks>
    public override PredictionForm FormOf(Prediction prediction, double t) => prediction == Prediction.Preconditioned
        ? new(Sigma(t) / SigmaData, -Alpha(t) * SigmaData)
        : base.FormOf(prediction, t);

    private double Total(double t) => (t * t) + (SigmaData * SigmaData);
}
