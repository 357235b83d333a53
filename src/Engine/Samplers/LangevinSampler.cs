using ScoreGpu.Engine.Processes;

namespace ScoreGpu.Engine.Samplers;

/// <summary>What a Langevin step size is.</summary>
public enum LangevinConvention
{
    /// <summary>η in x′ = x + η·s + √(2η)·z.</summary>
    Full,

    /// <summary>ε in x′ = x + ½ε·s + √ε·z: the same step for ε = 2η.</summary>
    Half,
}

/// <summary>Unadjusted Langevin dynamics: x′ = x + η·s(x) + √(2η)·z.</summary>
/// <remarks>
/// Noise is added in the last row too. The samples tend to exp(log p) up to a bias of order η: for N(0, σ²·I) their
/// variance is σ²/(1 − η/(2σ²)). Parisi, 1981, "Correlation functions and computer simulations"; Roberts and Tweedie,
/// 1996, "Exponential convergence of Langevin distributions and their discrete approximations", section 1.4; the
/// convention with ½ε is that of Welling and Teh, 2011.
/// </remarks>
public static class LangevinSampler
{
    /// <summary>η where nobody says otherwise.</summary>
    public const double UsualStepSize = 0.01;

    /// <summary>The standard deviation of the start where nobody says otherwise.</summary>
    public const double UsualStartScale = 3.0;

    /// <summary>The program of a network that predicts the score and is told nothing.</summary>
    /// <param name="steps">Rows, at least 1.</param>
    /// <param name="stepSize">η, above 0.</param>
    /// <param name="startScale">The standard deviation of the start, at least 0.</param>
    /// <exception cref="InputException">A number is out of range.</exception>
    public static StepProgram Create(int steps, double stepSize, double startScale = UsualStartScale) =>
        Create(new SamplerModel(new FixedNoiseProcess(0.0), Prediction.Score), 0.0, steps, stepSize, startScale);

    /// <summary>The program: <paramref name="steps"/> equal rows.</summary>
    /// <param name="model">The process and the prediction.</param>
    /// <param name="time">The time whose noisy distribution is sampled.</param>
    /// <param name="steps">Rows, at least 1.</param>
    /// <param name="stepSize">The step size in <paramref name="convention"/>, above 0.</param>
    /// <param name="startScale">The standard deviation of the start, at least 0.</param>
    /// <param name="convention">What the step size is.</param>
    /// <exception cref="InputException">A number is out of range, or the score is not finite at this time.</exception>
    public static StepProgram Create(
        SamplerModel model,
        double time,
        int steps,
        double stepSize,
        double startScale = UsualStartScale,
        LangevinConvention convention = LangevinConvention.Full)
    {
        ArgumentNullException.ThrowIfNull(model);
        SamplerChecks.RequireSteps(nameof(steps), steps);
        SamplerChecks.RequirePositive("step size", stepSize);
        SamplerChecks.RequireNotNegative("start scale", startScale);
        var rows = new StepRow[steps];
        Array.Fill(rows, Row(model, time, stepSize, convention));
        return new StepProgram("langevin", rows) { StartScale = startScale };
    }

    /// <summary>One step at a time of a process.</summary>
    internal static StepRow Row(SamplerModel model, double time, double stepSize, LangevinConvention convention)
    {
        double eta = convention == LangevinConvention.Full ? stepSize : 0.5 * stepSize;
        return model.Row(time, new StepUpdate
        {
            X = Register.State + (eta * model.Score(time)) + (Math.Sqrt(2.0 * eta) * Register.Noise),
        });
    }
}
