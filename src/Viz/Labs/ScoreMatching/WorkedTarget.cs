namespace ScoreGpu.Viz.Labs.ScoreMatching;

/// <summary>The target that one point and one draw of noise make, on the line.</summary>
/// <param name="Sigma">σ.</param>
internal sealed record WorkedTarget(double Sigma)
{
    /// <summary>x.</summary>
    public const double Clean = 2.0;

    /// <summary>ε.</summary>
    public const double Noise = 0.6;

    /// <summary>σε.</summary>
    public double Offset => Sigma * Noise;

    /// <summary>x̃ = x + σε.</summary>
    public double Noisy => Clean + Offset;

    /// <summary>σ².</summary>
    public double Variance => Sigma * Sigma;

    /// <summary>−(x̃ − x)/σ² = −ε/σ.</summary>
    public double Target => -Noise / Sigma;
}
