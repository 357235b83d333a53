namespace ScoreGpu.Engine.Training;

/// <summary>A learning rate that falls along half a cosine: η_k = η_end + ½(η₀ − η_end)(1 + cos(πk/K)).</summary>
/// <remarks>
/// With a constant rate the weights keep wandering around the minimum, and with them the field that they describe;
/// the slow end of the cosine lets them settle. Loshchilov and Hutter, 2017, arXiv:1608.03983, equation (5), without
/// restarts.
/// </remarks>
public sealed record CosineDecay
{
    /// <summary>Creates the decay.</summary>
    /// <param name="first">η₀ of the first step, above 0.</param>
    /// <param name="last">η_end, which the last step all but reaches; above 0.</param>
    /// <exception cref="InputException">A rate is not a positive number.</exception>
    public CosineDecay(double first, double last)
    {
        TrainingOptions.RequireLearningRate(first);
        TrainingOptions.RequireLearningRate(last);
        First = first;
        Last = last;
    }

    /// <summary>η₀.</summary>
    public double First { get; }

    /// <summary>η_end.</summary>
    public double Last { get; }

    /// <summary>η_k.</summary>
    /// <param name="step">k, from 0.</param>
    /// <param name="steps">K, at least 1.</param>
    public double At(int step, int steps)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(step);
        ArgumentOutOfRangeException.ThrowIfLessThan(steps, 1);
        return Last + (0.5 * (First - Last) * (1.0 + Math.Cos(Math.PI * Math.Min(step, steps) / steps)));
    }
}
