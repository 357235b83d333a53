namespace ScoreGpu.Engine.Processes;

/// <summary>
/// A diffusion in continuous time: the SDE dx = f(t)·x dt + g(t) dw whose marginals are x_t = α(t)·x₀ + σ(t)·ε.
/// </summary>
/// <remarks>
/// f = (ln α)′ and g² = (σ²)′ − 2fσ² (Lu et al., 2022, arXiv:2206.00927, section 2.1). A process states α, σ and
/// their derivatives; drift and diffusion follow.
/// </remarks>
public abstract class ContinuousProcess : DiffusionProcess
{
    /// <inheritdoc/>
    public override IReadOnlyList<Prediction> KnownPredictions => [.. base.KnownPredictions, Prediction.Velocity];

    // Halving [0, 1] this often leaves no bit to find.
    private const int Halvings = 200;

    /// <summary>
    /// The times between which samplers step where nobody says otherwise: short of times at which the reverse SDE or a
    /// score is not finite.
    /// </summary>
    public virtual TimeRange SamplingRange => TimeRange;

    /// <summary>(ln α)′(t).</summary>
    /// <param name="t">A time in the process's range.</param>
    public abstract double LogAlphaDerivative(double t);

    /// <summary>(σ²)′(t) ≥ 0.</summary>
    /// <param name="t">A time in the process's range.</param>
    public abstract double VarianceDerivative(double t);

    /// <summary>The drift's factor f(t) = α′/α, so that the drift is f(t)·x.</summary>
    /// <param name="t">A time in the process's range.</param>
    public double Drift(double t) => LogAlphaDerivative(t);

    /// <summary>The squared diffusion coefficient g(t)² = (σ²)′ − 2fσ².</summary>
    /// <param name="t">A time in the process's range.</param>
    public virtual double DiffusionSquared(double t)
    {
        double sigma = Sigma(t);
        return VarianceDerivative(t) - (2.0 * LogAlphaDerivative(t) * sigma * sigma);
    }

    /// <summary>α′(t) = (ln α)′·α: the coefficient of x₀ in the velocity of the path.</summary>
    /// <param name="t">A time in the process's range.</param>
    public virtual double AlphaDerivative(double t) => LogAlphaDerivative(t) * Alpha(t);

    /// <summary>σ′(t) = (σ²)′/(2σ): the coefficient of ε in the velocity of the path. Undefined where σ = 0.</summary>
    /// <param name="t">A time with σ(t) &gt; 0.</param>
    public virtual double SigmaDerivative(double t) => VarianceDerivative(t) / (2.0 * Sigma(t));

    /// <summary>
    /// The velocity of the probability-flow ODE from a score: dx/dt = f·x − ½g²·s (arXiv:2011.13456, equation (13)).
    /// </summary>
    /// <param name="x">One entry of x_t.</param>
    /// <param name="score">The same entry of the score.</param>
    /// <param name="t">A time in the process's range.</param>
    public double FlowVelocity(double x, double score, double t) =>
        (Drift(t) * x) - (0.5 * DiffusionSquared(t) * score);

    /// <summary>The diffusion coefficient g(t) ≥ 0.</summary>
    /// <param name="t">A time in the process's range.</param>
    public double Diffusion(double t) => Math.Sqrt(DiffusionSquared(t));

    /// <summary>
    /// The drift of the reverse SDE, dx = (f·x − g²·s) dt + g dw̄ with t falling (Anderson, 1982; arXiv:2011.13456,
    /// equation (6)). Its diffusion coefficient is the forward one.
    /// </summary>
    /// <param name="x">One entry of x_t.</param>
    /// <param name="score">The same entry of the score.</param>
    /// <param name="t">A time in the process's range.</param>
    public double ReverseDrift(double x, double score, double t) => (Drift(t) * x) - (DiffusionSquared(t) * score);

    /// <summary>λ′(t) = −g²/σ² &lt; 0, the slope of the log signal-to-noise ratio.</summary>
    /// <param name="t">A time with σ(t) &gt; 0.</param>
    public double LogSnrDerivative(double t)
    {
        double sigma = Sigma(t);
        return -DiffusionSquared(t) / (sigma * sigma);
    }

    /// <summary>The time at which the log signal-to-noise ratio is λ: the inverse of the falling λ(t).</summary>
    /// <remarks>Here by halving the range; a process that has a closed form states it.</remarks>
    /// <param name="logSnr">λ, between those of the range's ends.</param>
    public virtual double TimeAtLogSnr(double logSnr)
    {
        (double low, double high) = (TimeRange.Start, TimeRange.End);
        for (int i = 0; i < Halvings; i++)
        {
            double middle = 0.5 * (low + high);
            if (middle == low || middle == high)
            {
                break;
            }

            (low, high) = LogSnr(middle) > logSnr ? (middle, high) : (low, middle);
        }

        return low;
    }

    /// <inheritdoc/>
    public override PredictionForm FormOf(Prediction prediction, double t) => prediction == Prediction.Velocity
        ? new(AlphaDerivative(t), SigmaDerivative(t))
        : base.FormOf(prediction, t);
}
