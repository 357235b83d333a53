namespace ScoreGpu.Engine.Samplers.Host;

/// <summary>The tolerances of an adaptive solver.</summary>
public sealed record AdaptiveOptions
{
    /// <summary>rtol, above 0; 10⁻⁵ as in arXiv:2011.13456, appendix D.4.</summary>
    public double RelativeTolerance { get; init; } = 1e-5;

    /// <summary>atol, above 0.</summary>
    public double AbsoluteTolerance { get; init; } = 1e-5;

    /// <summary>Steps tried before a trajectory is given up, at least 1.</summary>
    public int MostSteps { get; init; } = 10_000;

    /// <summary>Checks the numbers.</summary>
    /// <exception cref="InputException">One is out of range.</exception>
    internal void Require()
    {
        SamplerChecks.RequirePositive("rtol", RelativeTolerance);
        SamplerChecks.RequirePositive("atol", AbsoluteTolerance);
        SamplerChecks.RequireSteps("steps", MostSteps);
    }
}
