using ScoreGpu.Engine.Processes;
using ScoreGpu.Kernels;

namespace ScoreGpu.Engine.Samplers;

/// <summary>
/// DDIM(η): x̂₀ = clamp((x − √(1 − ᾱ)·ε)/√ᾱ, ±clip), x′ = √ᾱ′·x̂₀ + √(1 − ᾱ′ − σ²)·ε + σ·z.
/// </summary>
/// <remarks>
/// ᾱ′ belongs to the next step down and is 1 past the end, so the last row gives x̂₀ itself. ε is the network's output
/// as it is, also where x̂₀ is clipped. σ = η·√((1 − ᾱ′)/(1 − ᾱ))·√(1 − ᾱ/ᾱ′): η = 0 is deterministic, η = 1 is DDPM
/// with the posterior's variance. Rows run t = T − 1 … 0 from N(0, I); the network predicts ε and is told t.
/// Song, Meng and Ermon, 2020, arXiv:2010.02502, equations (12) and (16).
/// </remarks>
public static class DdimSampler
{
    /// <summary>The program of a schedule: T rows.</summary>
    /// <param name="schedule">ᾱ.</param>
    /// <param name="eta">η, the share of DDPM's noise, in [0, 1].</param>
    /// <param name="clip">The largest |x̂₀| in each dimension, above 0; +∞ clips nothing.</param>
    /// <exception cref="InputException">η or the clip is out of range.</exception>
    public static StepProgram Create(DdpmSchedule schedule, double eta = 0.0, double clip = 5.0)
    {
        ArgumentNullException.ThrowIfNull(schedule);
        if (!(eta is >= 0.0 and <= 1.0))
        {
            throw InputException.For(nameof(eta), eta, "a number from 0 to 1");
        }

        if (!(clip > 0.0))
        {
            throw InputException.For(nameof(clip), clip, "a number above 0, or infinity for none");
        }

        var rows = new StepRow[schedule.Steps];
        for (int row = 0; row < rows.Length; row++)
        {
            int t = schedule.Steps - 1 - row;
            rows[row] = new StepRow(t, Update(schedule, t, eta, clip));
        }

        return new StepProgram("ddim", rows);
    }

    private static StepCoefficients Update(DdpmSchedule schedule, int t, double eta, double clip)
    {
        double alpha = schedule.Alpha(t);
        double sigma = schedule.Sigma(t);
        double nextAlpha = t == 0 ? 1.0 : schedule.Alpha(t - 1);
        double nextSigma = t == 0 ? 0.0 : schedule.Sigma(t - 1);

        // One step down, 1 − ᾱ/ᾱ′ is β; taken from the schedule it keeps its digits.
        double noise = eta * nextSigma / sigma * Math.Sqrt(schedule.Betas[t]);
        double direction = Math.Sqrt(Math.Max(0.0, (nextSigma * nextSigma) - (noise * noise)));
        return new StepCoefficients(
            (float)(1.0 / alpha),
            (float)(-sigma / alpha),
            (float)clip,
            new RegisterUpdate(0, 0, 0, 0, (float)direction, (float)nextAlpha, (float)noise),
            StepProgram.KeepAnchor,
            StepProgram.KeepAccumulator,
            StepProgram.KeepPrevious);
    }
}
