using ScoreGpu.Engine.Processes;

namespace ScoreGpu.Engine.Samplers;

/// <summary>The variance of DDPM's noise.</summary>
public enum DdpmVariance
{
    /// <summary>β, the variance of x_t given x_s: right for standard-normal data.</summary>
    Beta,

    /// <summary>β̃ = β·σ_s²/σ_t², that of x_s given x_t and x₀: right for data at one point.</summary>
    BetaTilde,
}

/// <summary>
/// Ancestral sampling of DDPM: x_s ~ N(μ(x_t, x̂₀), v·I), the posterior's mean with x̂₀ put in.
/// </summary>
/// <remarks>
/// With β = σ_t² − (α_t/α_s)²·σ_s², the mean is (α_t/α_s)·(σ_s²/σ_t²)·x_t + (α_s·β/σ_t²)·x̂₀, which for ε and one step
/// down is (x − β_t/√(1 − ᾱ_t)·ε)/√α_t. Any two times will do, so that the grid may leave steps out, and so will any
/// process: with α = 1 it is ancestral sampling of NCSN (arXiv:2011.13456, appendix F). There is no noise in the step
/// to the data. Ho, Jain and Abbeel, 2020, arXiv:2006.11239, equations (6), (7) and algorithm 2.
/// </remarks>
public static class DdpmSampler
{
    private const string Name = "ddpm";

    /// <summary>The program of a schedule for a network that predicts ε: T rows, variance β.</summary>
    /// <param name="schedule">β and what follows from it.</param>
    public static StepProgram Create(DdpmSchedule schedule)
    {
        ArgumentNullException.ThrowIfNull(schedule);
        return Create(
            new SamplerModel(schedule, Prediction.Epsilon),
            TimeGrid.Create(schedule, TimeSpacing.Uniform, schedule.Steps));
    }

    /// <summary>The program of a grid: one row a step.</summary>
    /// <param name="model">The process and the prediction.</param>
    /// <param name="grid">The times, falling.</param>
    /// <param name="variance">Which variance the noise has.</param>
    /// <exception cref="InputException">The grid rises, or a coefficient is not finite.</exception>
    public static StepProgram Create(SamplerModel model, TimeGrid grid, DdpmVariance variance = DdpmVariance.Beta)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(grid);
        grid.RequireFalling(Name);
        var levels = grid.Levels(model.Process);
        var rows = new StepRow[grid.Steps];
        for (int i = 0; i < rows.Length; i++)
        {
            var (t, s) = (levels[i], levels[i + 1]);
            double beta = t.VarianceGiven(s);
            double tilde = beta * s.Sigma * s.Sigma / (t.Sigma * t.Sigma);
            double ofState = t.Alpha / s.Alpha * s.Sigma * s.Sigma / (t.Sigma * t.Sigma);
            double ofDenoised = s.Alpha * beta / (t.Sigma * t.Sigma);
            double noise = s.Sigma == 0.0 ? 0.0 : Math.Sqrt(variance == DdpmVariance.Beta ? beta : tilde);
            rows[i] = model.Row(t.Time, new StepUpdate
            {
                X = (ofState * Register.State) + (ofDenoised * model.Denoised(t.Time)) + (noise * Register.Noise),
            });
        }

        return new StepProgram(Name, rows) { StartScale = model.Process.Prior(grid.Times[0]).Scale };
    }
}
