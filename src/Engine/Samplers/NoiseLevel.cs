using ScoreGpu.Engine.Processes;

namespace ScoreGpu.Engine.Samplers;

/// <summary>α and σ at one time of a grid.</summary>
/// <param name="Time">The time; NaN for the data themselves.</param>
/// <param name="Alpha">α.</param>
/// <param name="Sigma">σ.</param>
internal readonly record struct NoiseLevel(double Time, double Alpha, double Sigma)
{
    /// <summary>The data: α = 1, σ = 0. No network is evaluated there.</summary>
    public static NoiseLevel Data => new(double.NaN, 1.0, 0.0);

    /// <summary>DPM-Solver's λ = ln(α/σ), half the log signal-to-noise ratio; +∞ for the data.</summary>
    public double HalfLogSnr { get; private init; } = Math.Log(Alpha) - Math.Log(Sigma);

    /// <summary>σ/α, the noise level of x/α.</summary>
    public double Ratio => Sigma / Alpha;

    /// <summary>The level of a process at a time.</summary>
    public static NoiseLevel At(DiffusionProcess process, double time) =>
        new(time, process.Alpha(time), process.Sigma(time)) { HalfLogSnr = 0.5 * process.LogSnr(time) };

    /// <summary>The variance of x_t given x_s at a less noisy level s: σ_t² − (α_t/α_s)²·σ_s².</summary>
    public double VarianceGiven(NoiseLevel less)
    {
        double carried = Alpha / less.Alpha * less.Sigma;
        return (Sigma - carried) * (Sigma + carried);
    }
}
