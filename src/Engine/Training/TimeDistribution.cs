using ScoreGpu.Engine.Distributions;
using ScoreGpu.Engine.Processes;

namespace ScoreGpu.Engine.Training;

/// <summary>How often each time is trained on, as the quantile function t = Q(u), u uniform on (0, 1).</summary>
/// <remarks>
/// A trainer holds a table of levels, so that a time is drawn from a fine list: E_t[h] = ∫₀¹ h(Q(u)) du by the midpoint
/// rule. For L levels the sum is off by (h∘Q)″/(24·L²) on average, 4·10⁻⁸ of the curvature at L = 1,000; where Q is
/// unbounded, as a log-normal's, the last half cell of each end leaves an error of its own, h's share of the outermost
/// 1/(2L) of probability. In between, the network is never asked, and interpolates.
/// </remarks>
public abstract record TimeDistribution
{
    /// <summary>Levels where nobody says otherwise.</summary>
    public const int UsualLevels = 1000;

    /// <summary>The most levels.</summary>
    public const int MostLevels = 100_000;

    /// <summary>Q(u).</summary>
    /// <param name="u">A number in (0, 1).</param>
    public abstract double At(double u);

    /// <summary>Q((i + ½)/L) for i = 0 … L − 1.</summary>
    /// <param name="levels">L, 1 to <see cref="MostLevels"/>.</param>
    /// <exception cref="InputException">L is out of range.</exception>
    public IReadOnlyList<double> Midpoints(int levels)
    {
        TrainingOptions.Require(levels is >= 1 and <= MostLevels, "levels", levels, $"1 to {MostLevels}");
        return [.. Enumerable.Range(0, levels).Select(i => At((i + 0.5) / levels))];
    }
}

/// <summary>Uniform in t: score_sde's and flow matching's.</summary>
/// <param name="Range">From where to where.</param>
public sealed record UniformTime(TimeRange Range) : TimeDistribution
{
    /// <inheritdoc/>
    public override double At(double u) => Range.Start + (u * (Range.End - Range.Start));
}

/// <summary>
/// ln t uniform, for processes whose time is σ: as many samples at each order of magnitude, which is what a uniform t of
/// the variance-exploding process is.
/// </summary>
/// <param name="Range">From where to where; above 0.</param>
public sealed record LogUniformTime(TimeRange Range) : TimeDistribution
{
    /// <inheritdoc/>
    public override double At(double u) => Range.Start * Math.Pow(Range.End / Range.Start, u);
}

/// <summary>
/// ln t ~ N(mean, deviation²), for processes whose time is σ (Karras et al. 2022, arXiv:2206.00364, table 1: −1.2 and
/// 1.2): most steps go to the noise levels at which there is most to learn.
/// </summary>
/// <param name="Mean">P_mean.</param>
/// <param name="Deviation">P_std, above 0.</param>
public sealed record LogNormalTime(double Mean = -1.2, double Deviation = 1.2) : TimeDistribution
{
    /// <inheritdoc/>
    public override double At(double u) => Math.Exp(Mean + (Deviation * NormalQuantile.At(u)));
}

/// <summary>
/// logit of t's place in the range ~ N(mean, deviation²) (Esser et al. 2024, arXiv:2403.03206, equation 19): the middle of
/// a flow's path more often than its ends.
/// </summary>
/// <param name="Range">From where to where.</param>
/// <param name="Mean">m.</param>
/// <param name="Deviation">s, above 0.</param>
public sealed record LogitNormalTime(TimeRange Range, double Mean = 0, double Deviation = 1) : TimeDistribution
{
    /// <inheritdoc/>
    public override double At(double u)
    {
        double logit = Mean + (Deviation * NormalQuantile.At(u));
        return Range.Start + ((Range.End - Range.Start) / (1.0 + Math.Exp(-logit)));
    }
}
