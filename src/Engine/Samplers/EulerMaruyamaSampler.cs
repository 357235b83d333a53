namespace ScoreGpu.Engine.Samplers;

/// <summary>
/// Euler–Maruyama for the reverse SDE: x′ = x − (f·x − g²·s)·h + g·√h·z, h the step of t, all taken at its start.
/// </summary>
/// <remarks>
/// The noise is additive, so the strong order is 1 and not ½; the weak order is 1. Kloeden and Platen, 1992, "Numerical
/// solution of stochastic differential equations", section 10.2; Song et al., 2021, arXiv:2011.13456, equation (6) and
/// section 4.1.
/// </remarks>
public static class EulerMaruyamaSampler
{
    private const string Name = "euler-maruyama";

    /// <summary>The program of a grid: one row a step.</summary>
    /// <param name="model">A process in continuous time, and what the network predicts of it.</param>
    /// <param name="grid">The times, falling.</param>
    /// <exception cref="InputException">The process is discrete, the grid rises, or a coefficient is not finite.
    /// </exception>
    public static StepProgram Create(SamplerModel model, TimeGrid grid)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(grid);
        var process = model.RequireContinuous(Name);
        grid.RequireFalling(Name);
        var rows = new List<StepRow>(grid.Steps);
        for (int i = 0; i + 1 < grid.Times.Count; i++)
        {
            double t = grid.Times[i];
            double h = t - grid.Times[i + 1];
            var drift = (process.Drift(t) * Register.State) - (process.DiffusionSquared(t) * model.Score(t));
            rows.Add(model.Row(t, new StepUpdate
            {
                X = Register.State - (h * drift) + (process.Diffusion(t) * Math.Sqrt(h) * Register.Noise),
            }));
        }

        if (grid.EndsAtData)
        {
            rows.Add(model.DenoisingRow(grid.Times[^1]));
        }

        return new StepProgram(Name, rows) { StartScale = process.Prior(grid.Times[0]).Scale };
    }
}
