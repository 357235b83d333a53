namespace ScoreGpu.Engine.Samplers;

/// <summary>Unadjusted Langevin dynamics: x′ = x + η·s(x) + √(2η)·z.</summary>
/// <remarks>
/// The convention with the whole score and 2η, not ½η and √η; noise is added in the last row too. Its samples tend to
/// exp(log p) up to a bias of order η. Parisi, 1981, "Correlation functions and computer simulations"; Roberts and
/// Tweedie, 1996, "Exponential convergence of Langevin distributions and their discrete approximations", section 1.2.
/// </remarks>
public static class LangevinSampler
{
    /// <summary>The program: <paramref name="steps"/> equal rows.</summary>
    /// <param name="steps">Rows, at least 1.</param>
    /// <param name="stepSize">η, above 0.</param>
    /// <param name="startScale">The standard deviation of the start, at least 0.</param>
    /// <param name="scoreFactor">
    /// The score over the network's output: 1 where it predicts the score, −1/σ where it predicts ε.
    /// </param>
    /// <param name="condition">What the network is told in every row; ignored by an unconditional network.</param>
    /// <exception cref="InputException">A number is out of range.</exception>
    public static StepProgram Create(
        int steps, double stepSize, double startScale = 3.0, double scoreFactor = 1.0, double condition = 0.0)
    {
        if (steps < 1)
        {
            throw InputException.For(nameof(steps), steps, "at least 1");
        }

        if (!(stepSize > 0.0 && double.IsFinite(stepSize)))
        {
            throw InputException.For("step size", stepSize, "a finite number above 0");
        }

        if (!(startScale >= 0.0 && double.IsFinite(startScale)))
        {
            throw InputException.For("start scale", startScale, "a finite number of at least 0");
        }

        if (!double.IsFinite(scoreFactor))
        {
            throw InputException.For("score factor", scoreFactor, "a finite number");
        }

        var update = StepProgram.LinearStep(1.0, stepSize * scoreFactor, Math.Sqrt(2.0 * stepSize));
        var rows = new StepRow[steps];
        Array.Fill(rows, new StepRow(condition, update));
        return new StepProgram("langevin", rows) { StartScale = startScale };
    }
}
