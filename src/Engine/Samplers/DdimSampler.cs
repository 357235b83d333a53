using ScoreGpu.Engine.Processes;

namespace ScoreGpu.Engine.Samplers;

/// <summary>
/// DDIM(η): x_s = α_s·x̂₀ + √(σ_s² − v)·ε + √v·z with x̂₀ = clamp((x_t − σ_t·ε)/α_t, ±clip).
/// </summary>
/// <remarks>
/// v = η²·β·σ_s²/σ_t² with β = σ_t² − (α_t/α_s)²·σ_s²: η = 0 is deterministic, η = 1 is DDPM with the posterior's
/// variance. ε is the network's also where x̂₀ is clipped. The grid may be any sub-sequence of the steps, and the step
/// to the data gives x̂₀ itself. Without clip and noise this is one Euler step of dx̄/dσ̄ = ε for x̄ = x/α and σ̄ =
/// σ/α, and the first-order exponential integrator of the probability-flow ODE; it is not an Euler step of that ODE in
/// t. With a rising grid and η = 0 it encodes. Song, Meng and Ermon, 2020, arXiv:2010.02502, equations (12), (14) and
/// (16).
/// </remarks>
public static class DdimSampler
{
    private const string Name = "ddim";

    /// <summary>The program of a whole schedule for a network that predicts ε: T rows.</summary>
    /// <param name="schedule">ᾱ.</param>
    /// <param name="eta">η, the share of DDPM's noise, in [0, 1].</param>
    /// <param name="clip">The largest |x̂₀| in each dimension, above 0; +∞ clips nothing.</param>
    /// <exception cref="InputException">η or the clip is out of range.</exception>
    public static StepProgram Create(DdpmSchedule schedule, double eta = 0.0, double clip = 5.0)
    {
        ArgumentNullException.ThrowIfNull(schedule);
        return Create(
            new SamplerModel(schedule, Prediction.Epsilon),
            TimeGrid.Create(schedule, TimeSpacing.Uniform, schedule.Steps),
            eta,
            clip);
    }

    /// <summary>The program of a grid: one row a step.</summary>
    /// <param name="model">The process and the prediction.</param>
    /// <param name="grid">The times.</param>
    /// <param name="eta">η, the share of DDPM's noise, in [0, 1].</param>
    /// <param name="clip">The largest |x̂₀| in each dimension, above 0; +∞ clips nothing.</param>
    /// <exception cref="InputException">A number is out of range, the grid rises and η is not 0, or a coefficient is
    /// not finite.</exception>
    public static StepProgram Create(
        SamplerModel model, TimeGrid grid, double eta = 0.0, double clip = double.PositiveInfinity)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(grid);
        if (!(eta is >= 0.0 and <= 1.0))
        {
            throw InputException.For(nameof(eta), eta, "a number from 0 to 1");
        }

        SamplerChecks.RequireClip(clip);
        if (eta > 0.0)
        {
            grid.RequireFalling($"{Name} with noise");
        }

        var levels = grid.Levels(model.Process);
        var rows = new StepRow[grid.Steps];
        for (int i = 0; i < rows.Length; i++)
        {
            rows[i] = Row(model, levels[i], levels[i + 1], eta, clip);
        }

        return new StepProgram(Name, rows) { StartScale = model.Process.Prior(grid.Times[0]).Scale };
    }

    private static StepRow Row(SamplerModel model, NoiseLevel t, NoiseLevel s, double eta, double clip)
    {
        if (s.Sigma == 0.0)
        {
            return model.DenoisingRow(t.Time, clip);
        }

        double noise = eta == 0.0 ? 0.0 : eta * s.Sigma / t.Sigma * Math.Sqrt(t.VarianceGiven(s));
        double direction = Math.Sqrt((s.Sigma - noise) * (s.Sigma + noise));
        var denoised = model.Denoised(t.Time);
        return model.Row(t.Time, new StepUpdate
        {
            DenoisedX = denoised.X,
            DenoisedOutput = denoised.Output,
            DenoisedBound = clip,
            X = (s.Alpha * Register.Denoised) + (direction * model.Epsilon(t.Time)) + (noise * Register.Noise),
        });
    }
}
