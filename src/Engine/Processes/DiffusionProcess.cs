namespace ScoreGpu.Engine.Processes;

/// <summary>
/// A diffusion is two functions: x_t = α(t)·x₀ + σ(t)·ε with ε ~ N(0, I).
/// </summary>
/// <remarks>
/// Every conversion between score, noise and clean data follows from α and σ in closed form, in double. Processes
/// whose α and σ can be differentiated derive from <see cref="ContinuousProcess"/>; a discrete schedule derives from
/// this class directly.
/// Song, Sohl-Dickstein, Kingma, Kumar, Ermon and Poole, 2021, arXiv:2011.13456, equation (29); Kingma, Salimans,
/// Poole and Ho, 2021, arXiv:2107.00630, equation (1).
/// </remarks>
public abstract class DiffusionProcess
{
    /// <summary>The name that files and the command line use.</summary>
    public abstract string Name { get; }

    /// <summary>The times on which the process is defined.</summary>
    public abstract TimeRange TimeRange { get; }

    /// <summary>α(t), the factor of the clean data; in (0, 1] for the processes here.</summary>
    /// <param name="t">A time in <see cref="TimeRange"/>.</param>
    public abstract double Alpha(double t);

    /// <summary>σ(t) ≥ 0, the standard deviation of the noise.</summary>
    /// <param name="t">A time in <see cref="TimeRange"/>.</param>
    public abstract double Sigma(double t);

    /// <summary>
    /// The log signal-to-noise ratio λ(t) = ln(α²/σ²) = 2 ln α − 2 ln σ (arXiv:2107.00630, equation (2)); twice the λ
    /// of DPM-Solver. +∞ where σ = 0.
    /// </summary>
    /// <param name="t">A time in <see cref="TimeRange"/>.</param>
    public virtual double LogSnr(double t) => 2.0 * (Math.Log(Alpha(t)) - Math.Log(Sigma(t)));

    /// <summary>
    /// What sampling starts from at a time. Here N(0, σ²·I); N(0, I) where a process keeps the variance of standardised
    /// data, as the field has it (arXiv:2011.13456, appendix C).
    /// </summary>
    /// <param name="t">A time at which hardly anything is left of the data; most often the range's end.</param>
    public virtual GaussianPrior Prior(double t) => new(Sigma(t));

    /// <summary>The predictions that the process has.</summary>
    public virtual IReadOnlyList<Prediction> KnownPredictions { get; } =
        [Prediction.Epsilon, Prediction.Score, Prediction.Denoised, Prediction.V];

    /// <summary>What a prediction is at a time, as c₀·x₀ + c₁·ε.</summary>
    /// <param name="prediction">The prediction.</param>
    /// <param name="t">A time in <see cref="TimeRange"/>, with σ(t) &gt; 0 for the score.</param>
    /// <exception cref="InputException">The process has no such prediction.</exception>
    public virtual PredictionForm FormOf(Prediction prediction, double t) => prediction switch
    {
        Prediction.Epsilon => new(0.0, 1.0),
        Prediction.Score => new(0.0, -1.0 / Sigma(t)),
        Prediction.Denoised => new(1.0, 0.0),
        Prediction.V => new(-Sigma(t), Alpha(t)),
        _ => throw Lacks(prediction),
    };

    /// <summary>Checks that the process has a prediction.</summary>
    /// <param name="prediction">The prediction.</param>
    /// <exception cref="InputException">It has not.</exception>
    public void RequirePrediction(Prediction prediction)
    {
        if (!KnownPredictions.Contains(prediction))
        {
            throw Lacks(prediction);
        }
    }

    /// <summary>The weights that turn one prediction into another at a given x_t: q = a·x_t + b·p.</summary>
    /// <remarks>
    /// As the overload for forms, but the score is taken as (−ε)/σ, so that the clean data of a score are defined where
    /// σ = 0 too. The score of another prediction is not finite there.
    /// </remarks>
    /// <param name="from">What p is.</param>
    /// <param name="to">What q is.</param>
    /// <param name="t">A time in <see cref="TimeRange"/>.</param>
    /// <exception cref="InputException">A velocity, of a process in discrete time.</exception>
    /// <exception cref="ArgumentException">p is a multiple of x_t at this time.</exception>
    public (double OfState, double OfPrediction) Convert(Prediction from, Prediction to, double t)
    {
        if (from == to)
        {
            return (0.0, 1.0);
        }

        double sigma = Sigma(t);
        (double ofState, double ofPrediction) = Convert(Bounded(from), Bounded(to), t);
        ofPrediction = from == Prediction.Score ? sigma * ofPrediction : ofPrediction;
        return to == Prediction.Score ? (ofState / sigma, ofPrediction / sigma) : (ofState, ofPrediction);

        PredictionForm Bounded(Prediction prediction) =>
            prediction == Prediction.Score ? new(0.0, -1.0) : FormOf(prediction, t);
    }

    /// <summary>Score of a noise prediction: s = −ε/σ, the Gaussian kernel's gradient. Undefined where σ = 0.</summary>
    /// <param name="epsilon">One entry of ε.</param>
    /// <param name="t">A time with σ(t) &gt; 0.</param>
    public double ScoreFromEpsilon(double epsilon, double t) => -epsilon / Sigma(t);

    /// <summary>Noise of a score: ε = −σ·s.</summary>
    /// <param name="score">One entry of the score.</param>
    /// <param name="t">A time in <see cref="TimeRange"/>.</param>
    public double EpsilonFromScore(double score, double t) => -Sigma(t) * score;

    /// <summary>Clean data of a noise prediction: x₀ = (x_t − σ·ε)/α (arXiv:2006.11239, equation (15)).</summary>
    /// <param name="x">One entry of x_t.</param>
    /// <param name="epsilon">The same entry of ε.</param>
    /// <param name="t">A time with α(t) &gt; 0.</param>
    public double DenoisedFromEpsilon(double x, double epsilon, double t) => (x - (Sigma(t) * epsilon)) / Alpha(t);

    /// <summary>Noise of a clean-data prediction: ε = (x_t − α·x₀)/σ. Undefined where σ = 0.</summary>
    /// <param name="x">One entry of x_t.</param>
    /// <param name="denoised">The same entry of x₀.</param>
    /// <param name="t">A time with σ(t) &gt; 0.</param>
    public double EpsilonFromDenoised(double x, double denoised, double t) => (x - (Alpha(t) * denoised)) / Sigma(t);

    /// <summary>Clean data of a score, by Tweedie's formula: x₀ = (x_t + σ²·s)/α.</summary>
    /// <param name="x">One entry of x_t.</param>
    /// <param name="score">The same entry of the score.</param>
    /// <param name="t">A time with α(t) &gt; 0.</param>
    public double DenoisedFromScore(double x, double score, double t)
    {
        double sigma = Sigma(t);
        return (x + (sigma * sigma * score)) / Alpha(t);
    }

    /// <summary>Score of a clean-data prediction: s = (α·x₀ − x_t)/σ². Undefined where σ = 0.</summary>
    /// <param name="x">One entry of x_t.</param>
    /// <param name="denoised">The same entry of x₀.</param>
    /// <param name="t">A time with σ(t) &gt; 0.</param>
    public double ScoreFromDenoised(double x, double denoised, double t)
    {
        double sigma = Sigma(t);
        return ((Alpha(t) * denoised) - x) / (sigma * sigma);
    }

    /// <summary>
    /// The weights that turn one prediction into another at a given x_t: q = a·x_t + b·p, where p = c₀x₀ + c₁ε and
    /// q = d₀x₀ + d₁ε. With Δ = αc₁ − σc₀: a = (d₀c₁ − d₁c₀)/Δ, b = (αd₁ − σd₀)/Δ.
    /// </summary>
    /// <param name="from">What p is.</param>
    /// <param name="to">What q is.</param>
    /// <param name="t">A time in <see cref="TimeRange"/>.</param>
    /// <returns>The weight of x_t and the weight of p.</returns>
    /// <exception cref="ArgumentException">p is a multiple of x_t at this time, so it tells nothing more (Δ = 0).
    /// </exception>
    public (double OfState, double OfPrediction) Convert(PredictionForm from, PredictionForm to, double t)
    {
        double alpha = Alpha(t);
        double sigma = Sigma(t);
        double determinant = (alpha * from.Epsilon) - (sigma * from.Denoised);
        if (determinant == 0.0)
        {
            throw new ArgumentException(
                $"The prediction {from} is a multiple of x_t at t = {t}; expected one that is independent of it.",
                nameof(from));
        }

        return (
            ((to.Denoised * from.Epsilon) - (to.Epsilon * from.Denoised)) / determinant,
            ((alpha * to.Epsilon) - (sigma * to.Denoised)) / determinant);
    }

    /// <summary>Throws unless a number is finite and positive; for the constructors of the processes.</summary>
    /// <param name="value">The number.</param>
    /// <param name="name">The parameter that holds it.</param>
    /// <exception cref="InputException">The number is not finite and positive.</exception>
    protected static double RequirePositive(double value, string name)
    {
        if (!(value > 0.0) || double.IsInfinity(value))
        {
            throw InputException.For(name, value, "a finite number above 0");
        }

        return value;
    }

    private InputException Lacks(Prediction prediction)
    {
        string why = prediction == Prediction.Velocity
            ? "has steps, and no velocity in between"
            : "has no preconditioning";
        return InputException.For(
            "predict", Predictions.NameOf(prediction), $"another prediction: the process {Name} {why}");
    }
}
