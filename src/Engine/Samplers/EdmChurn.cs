namespace ScoreGpu.Engine.Samplers;

/// <summary>How much noise EDM's sampler adds before a step (arXiv:2206.00364, algorithm 2, line 4).</summary>
/// <param name="Amount">S_churn ≥ 0, the sum of γ over all steps; 0 adds nothing.</param>
/// <param name="LeastSigma">S_tmin, the least noise level at which noise is added.</param>
/// <param name="GreatestSigma">S_tmax, the greatest.</param>
/// <param name="NoiseScale">S_noise, the standard deviation of the noise added.</param>
public readonly record struct EdmChurn(
    double Amount, double LeastSigma = 0.05, double GreatestSigma = 50.0, double NoiseScale = 1.003)
{
    /// <summary>No noise: the sampler is deterministic.</summary>
    public static EdmChurn None => new(0.0);

    /// <summary>The factor 1 + γ by which a noise level is raised: γ = min(S_churn/N, √2 − 1) in the range.</summary>
    internal double Raise(double sigma, int steps) =>
        sigma >= LeastSigma && sigma <= GreatestSigma
            ? 1.0 + Math.Min(Amount / steps, Math.Sqrt(2.0) - 1.0)
            : 1.0;

    /// <summary>Checks the numbers.</summary>
    /// <exception cref="InputException">One is out of range.</exception>
    internal void Require()
    {
        SamplerChecks.RequireNotNegative("churn", Amount);
        SamplerChecks.RequireNotNegative("churn's least sigma", LeastSigma);
        SamplerChecks.RequireNotNegative("churn's noise scale", NoiseScale);
        if (!(GreatestSigma >= LeastSigma))
        {
            throw InputException.For("churn's greatest sigma", GreatestSigma, $"at least the least, {LeastSigma}");
        }
    }
}
