using ScoreGpu.Engine.Processes;

namespace ScoreGpu.Engine.Samplers;

/// <summary>
/// Ancestral sampling of DDPM: x′ = (x − β_t/√(1 − ᾱ_t)·ε)/√α_t + √β_t·z, with z = 0 in the last row.
/// </summary>
/// <remarks>
/// The network predicts ε and is told t. Rows run t = T − 1 … 0 from N(0, I); the noise's variance is σ_t² = β_t.
/// Ho, Jain and Abbeel, 2020, arXiv:2006.11239, algorithm 2.
/// </remarks>
public static class DdpmSampler
{
    /// <summary>The program of a schedule: T rows.</summary>
    /// <param name="schedule">β and what follows from it.</param>
    public static StepProgram Create(DdpmSchedule schedule)
    {
        ArgumentNullException.ThrowIfNull(schedule);
        var rows = new StepRow[schedule.Steps];
        for (int row = 0; row < rows.Length; row++)
        {
            int t = schedule.Steps - 1 - row;
            double beta = schedule.Betas[t];
            double shrink = 1.0 / Math.Sqrt(schedule.Alphas[t]);
            double noise = t == 0 ? 0.0 : Math.Sqrt(beta);
            rows[row] = new StepRow(t, StepProgram.LinearStep(shrink, -shrink * beta / schedule.Sigma(t), noise));
        }

        return new StepProgram("ddpm", rows);
    }
}
