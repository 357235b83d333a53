using ScoreGpu.Engine.Processes;

namespace ScoreGpu.Engine.Samplers;

/// <summary>What a sampler knows of a network: the process, what the output means, and what the network is told.
/// </summary>
/// <remarks>
/// Every prediction is linear in every other given x_t, so each method here returns weights of x and of the output,
/// and the samplers are written once for all predictions.
/// </remarks>
public sealed class SamplerModel
{
    private readonly Func<double, Prediction, (double OfState, double OfOutput)> _convert;
    private readonly Func<double, (double OfState, double OfScore)> _fromScore;
    private readonly Func<double, double>? _condition;
    private readonly string _predicts;

    /// <summary>A network whose output is one of the field's predictions.</summary>
    /// <param name="process">α and σ.</param>
    /// <param name="predicts">What the network's output is.</param>
    /// <param name="condition">What the network is told at a time; null tells it the time itself.</param>
    public SamplerModel(DiffusionProcess process, Prediction predicts, Func<double, double>? condition = null)
    {
        Process = process;
        Predicts = predicts;
        _convert = (time, quantity) => process.Convert(predicts, quantity, time);
        _fromScore = time => process.Convert(Prediction.Score, predicts, time);
        _condition = condition;
        _predicts = Predictions.NameOf(predicts);
    }

    /// <summary>A network whose output is any combination of x₀ and ε, such as a preconditioned one.</summary>
    /// <param name="process">α and σ.</param>
    /// <param name="form">What the output is at a time.</param>
    /// <param name="condition">What the network is told at a time; null tells it the time itself.</param>
    public SamplerModel(
        DiffusionProcess process, Func<double, PredictionForm> form, Func<double, double>? condition = null)
    {
        Process = process;
        _convert = (time, quantity) => process.Convert(form(time), process.FormOf(quantity, time), time);
        _fromScore = time => process.Convert(process.FormOf(Prediction.Score, time), form(time), time);
        _condition = condition;
        _predicts = "a combination of x0 and epsilon";
    }

    /// <summary>α and σ.</summary>
    public DiffusionProcess Process { get; }

    /// <summary>What the network's output is; null for another combination of x₀ and ε.</summary>
    public Prediction? Predicts { get; }

    /// <summary>What the network is told at a time.</summary>
    public double ConditionAt(double time) => _condition is null ? time : _condition(time);

    /// <summary>The weights of x and of the score in the output: what a perfect network would say.</summary>
    internal (double OfState, double OfScore) OutputOfScore(double time) => _fromScore(time);

    /// <summary>ε from x and the output.</summary>
    /// <exception cref="InputException">It is not defined at this time.</exception>
    public LinearCombination Epsilon(double time) => Weights(Prediction.Epsilon, time);

    /// <summary>The score from x and the output.</summary>
    /// <exception cref="InputException">It is not defined at this time.</exception>
    public LinearCombination Score(double time) => Weights(Prediction.Score, time);

    /// <summary>x̂₀ from x and the output.</summary>
    /// <exception cref="InputException">It is not defined at this time.</exception>
    public LinearCombination Denoised(double time) => Weights(Prediction.Denoised, time);

    /// <summary>
    /// The velocity dx/dt of the probability-flow ODE from x and the output: α′·x̂₀ + σ′·ε, which is f·x − ½g²·s
    /// (arXiv:2011.13456, equation (13)) and stays finite where f and g² do not.
    /// </summary>
    /// <exception cref="InputException">It is not defined at this time, or the process is in discrete time.</exception>
    public LinearCombination Velocity(double time) => Weights(Prediction.Velocity, time);

    /// <summary>The process in continuous time.</summary>
    /// <param name="sampler">Who needs it, for the message.</param>
    /// <exception cref="InputException">The process is discrete.</exception>
    internal ContinuousProcess RequireContinuous(string sampler) =>
        Process as ContinuousProcess
        ?? throw InputException.For(
            "sampler",
            sampler,
            $"one that only visits the steps of a discrete process such as {Process.Name}: this one needs drift and "
            + "diffusion in continuous time");

    /// <summary>A row at a time, its coefficients checked.</summary>
    /// <param name="time">Where the network is evaluated.</param>
    /// <param name="update">What the registers become.</param>
    /// <exception cref="InputException">A coefficient is not finite.</exception>
    public StepRow Row(double time, StepUpdate update) =>
        update.IsFinite ? new StepRow(ConditionAt(time), update) : throw NotFinite(time);

    /// <summary>The row that leads to the data from any level: x ← x̂₀.</summary>
    /// <remarks>
    /// Tweedie's formula. What every sampler here ends with where its grid does: the last step of DDIM and of EDM to
    /// σ = 0, and the denoising after annealed Langevin (Jolicoeur-Martineau et al., 2020, arXiv:2009.05475).
    /// </remarks>
    /// <param name="time">Where the network is evaluated.</param>
    /// <param name="clip">The largest |x̂₀| in each dimension; +∞ clips nothing.</param>
    /// <exception cref="InputException">x̂₀ is not defined at this time.</exception>
    public StepRow DenoisingRow(double time, double clip = double.PositiveInfinity)
    {
        var denoised = Denoised(time);
        return Row(
            time,
            new StepUpdate
            {
                DenoisedX = denoised.X,
                DenoisedOutput = denoised.Output,
                DenoisedBound = clip,
                X = Register.Denoised,
            });
    }

    /// <summary>The time whose log signal-to-noise ratio lies midway between those of two times.</summary>
    /// <remarks>A discrete process gives the step nearest to it, strictly between the two.</remarks>
    /// <exception cref="InputException">There is no step between the two.</exception>
    internal double Midway(double from, double to)
    {
        double middle = 0.5 * (Process.LogSnr(from) + Process.LogSnr(to));
        if (Process is ContinuousProcess continuous)
        {
            return continuous.TimeAtLogSnr(middle);
        }

        double low = Math.Min(from, to) + 1;
        double high = Math.Max(from, to) - 1;
        if (low > high)
        {
            throw new InputException(
                $"The steps {from} and {to} have no step between them, at which a network that knows whole steps could "
                + "be evaluated; expected fewer steps.");
        }

        double best = low;
        for (double t = low; t <= high; t++)
        {
            best = Math.Abs(Process.LogSnr(t) - middle) < Math.Abs(Process.LogSnr(best) - middle) ? t : best;
        }

        return best;
    }

    private LinearCombination Weights(Prediction quantity, double time)
    {
        double ofState;
        double ofOutput;
        try
        {
            (ofState, ofOutput) = _convert(time, quantity);
        }
        catch (ArgumentException)
        {
            // The output is a multiple of x_t at this time.
            throw NotFinite(time);
        }

        return double.IsFinite(ofState) && double.IsFinite(ofOutput)
            ? (ofState * Register.State) + (ofOutput * Register.Output)
            : throw NotFinite(time);
    }

    private InputException NotFinite(double time) =>
        InputException.For(
            "time",
            time,
            $"one at which a sampler can use a network that predicts {_predicts} with the process {Process.Name}: a "
            + "coefficient is not finite there");
}
