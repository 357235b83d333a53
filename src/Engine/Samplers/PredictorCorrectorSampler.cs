using ScoreGpu.Engine.Processes;

namespace ScoreGpu.Engine.Samplers;

/// <summary>
/// Predictor–corrector: after each step of the reverse SDE some Langevin steps at the new time,
/// x ← x + ε·s + √(2ε)·z with ε = 2a·(r·σ)², r the signal-to-noise ratio and a = (α_t/α_s)² of the step just made.
/// </summary>
/// <remarks>
/// Song's corrector has ε = 2a·(r·‖z‖/‖s‖)² with norms averaged over the batch, so that a sample depends on its
/// neighbours; here both norms are what they are of pure noise, √D and √D/σ, which makes the corrector a row of a table
/// and a sample its own. <see cref="Host.BatchPredictorCorrector"/> measures the norms. The predictor is
/// Euler–Maruyama, or DDPM's ancestral step where time is discrete. Song et al., 2021, arXiv:2011.13456, algorithm 1
/// and appendix G.
/// </remarks>
public static class PredictorCorrectorSampler
{
    /// <summary>r where nobody says otherwise (arXiv:2011.13456, appendix G).</summary>
    public const double UsualSnr = 0.16;

    private const string Name = "predictor-corrector";

    /// <summary>The program of a grid: 1 + <paramref name="correctorSteps"/> rows a step, one for a last step to the
    /// data.
    /// </summary>
    /// <param name="model">The process and the prediction.</param>
    /// <param name="grid">The times, falling.</param>
    /// <param name="snr">r, above 0.</param>
    /// <param name="correctorSteps">Langevin steps after each predictor step, at least 1.</param>
    /// <exception cref="InputException">A number is out of range, the grid rises, or a coefficient is not finite.
    /// </exception>
    public static StepProgram Create(
        SamplerModel model, TimeGrid grid, double snr = UsualSnr, int correctorSteps = 1)
    {
        Require(snr, correctorSteps);
        var predictor = Predictor(model, grid);
        List<StepRow> rows = [];
        for (int i = 0; i < predictor.Rows.Count; i++)
        {
            rows.Add(predictor.Rows[i]);
            if (i + 1 < grid.Times.Count)
            {
                double t = grid.Times[i + 1];
                double relative = snr * model.Process.Sigma(t);
                double step = 2.0 * Damping(model.Process, grid.Times[i], t) * relative * relative;
                rows.AddRange(Enumerable.Repeat(
                    LangevinSampler.Row(model, t, step, LangevinConvention.Full), correctorSteps));
            }
        }

        return new StepProgram(Name, rows) { StartScale = predictor.StartScale };
    }

    /// <summary>The predictor alone, one row a step.</summary>
    internal static StepProgram Predictor(SamplerModel model, TimeGrid grid)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(grid);
        grid.RequireFalling(Name);
        return model.Process is ContinuousProcess
            ? EulerMaruyamaSampler.Create(model, grid)
            : DdpmSampler.Create(model, grid);
    }

    /// <summary>a = (α_from/α_to)²: 1 − β of the step between, 1 where α = 1.</summary>
    internal static double Damping(DiffusionProcess process, double from, double to)
    {
        double ratio = process.Alpha(from) / process.Alpha(to);
        return ratio * ratio;
    }

    /// <summary>Checks the numbers.</summary>
    /// <exception cref="InputException">One is out of range.</exception>
    internal static void Require(double snr, int correctorSteps)
    {
        SamplerChecks.RequirePositive(nameof(snr), snr);
        SamplerChecks.RequireSteps("corrector steps", correctorSteps);
    }
}
