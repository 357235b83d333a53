namespace ScoreGpu.Engine.Training;

/// <summary>The first steps' share of the learning rate, rising linearly: (k + 1)/W below step W, then 1.</summary>
/// <remarks>
/// Adam's second moments know little after a few steps, so that its first updates are too long in some directions.
/// Goyal et al., 2017, arXiv:1706.02677, section 2.2.
/// </remarks>
public sealed record LinearWarmUp
{
    /// <summary>Creates the warm-up.</summary>
    /// <param name="steps">W, at least 0.</param>
    /// <exception cref="InputException">W is negative.</exception>
    public LinearWarmUp(int steps)
    {
        TrainingOptions.Require(steps >= 0, "warm-up", steps, "at least 0 steps");
        Steps = steps;
    }

    /// <summary>W.</summary>
    public int Steps { get; }

    /// <summary>The share of the learning rate.</summary>
    /// <param name="step">k, from 0.</param>
    public double At(int step) => step < Steps ? (step + 1.0) / Steps : 1.0;
}
