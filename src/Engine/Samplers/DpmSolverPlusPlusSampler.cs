using ScoreGpu.Kernels;

namespace ScoreGpu.Engine.Samplers;

/// <summary>
/// DPM-Solver++(2M), a two-step method in λ = ln(α/σ): x_s = (σ_s/σ_t)·x_t + α_s·(1 − e^{−h})·D with
/// D = x̂₀ + (x̂₀ − x̂₀′)/(2r), x̂₀′ that of the step before and r its length over h. Order 2.
/// </summary>
/// <remarks>
/// <para>Its SDE form adds noise: x_s = (σ_s/σ_t)·e^{−h}·x_t + α_s·(1 − e^{−2h})·D + σ_s·√(1 − e^{−2h})·z.</para>
/// <para>
/// x̂₀ may be clipped, which the method was made for. The first step is of first order, D = x̂₀; so is the step to the
/// data, where both forms give x̂₀. A rising grid encodes by the form without noise. Lu, Zhou, Bao, Chen, Li and Zhu,
/// 2022, arXiv:2211.01095, algorithm 2, and its section on
/// solvers of the SDE (SDE-DPM-Solver++(2M)).
/// </para>
/// </remarks>
public static class DpmSolverPlusPlusSampler
{
    /// <summary>The program of a grid: one row a step.</summary>
    /// <param name="model">The process and the prediction.</param>
    /// <param name="grid">The times; falling for the SDE.</param>
    /// <param name="addsNoise">Whether the SDE is solved, and not the ODE.</param>
    /// <param name="clip">The largest |x̂₀| in each dimension, above 0; +∞ clips nothing.</param>
    /// <exception cref="InputException">The clip is out of range, a coefficient is not finite, or the SDE's grid rises.
    /// </exception>
    public static StepProgram Create(
        SamplerModel model, TimeGrid grid, bool addsNoise = false, double clip = double.PositiveInfinity)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(grid);
        SamplerChecks.RequireClip(clip);
        string name = addsNoise ? "sde-dpm-solver++2m" : "dpm-solver++2m";
        if (addsNoise)
        {
            grid.RequireFalling(name);
        }

        var levels = grid.Levels(model.Process);
        var rows = new StepRow[grid.Steps];
        double before = 0.0;
        for (int i = 0; i < rows.Length; i++)
        {
            var (t, s) = (levels[i], levels[i + 1]);
            if (s.Sigma == 0.0)
            {
                rows[i] = model.DenoisingRow(t.Time, clip);
                continue;
            }

            double h = s.HalfLogSnr - t.HalfLogSnr;
            double extrapolation = i == 0 ? 0.0 : 0.5 * h / before;
            rows[i] = Row(model, t, s, h, extrapolation, addsNoise, clip);
            before = h;
        }

        return new StepProgram(name, rows) { StartScale = model.Process.Prior(grid.Times[0]).Scale };
    }

    private static StepRow Row(
        SamplerModel model, NoiseLevel t, NoiseLevel s, double h, double extrapolation, bool addsNoise, double clip)
    {
        var denoised = model.Denoised(t.Time);
        double decay = s.Sigma / t.Sigma * (addsNoise ? Math.Exp(-h) : 1.0);
        double gain = -ExpMinusOne.Of(addsNoise ? -2.0 * h : -h);
        var estimate = ((1.0 + extrapolation) * Register.Denoised) - (extrapolation * Register.Previous);
        var next = (decay * Register.State) + (s.Alpha * gain * estimate);
        return model.Row(t.Time, new StepUpdate
        {
            DenoisedX = denoised.X,
            DenoisedOutput = denoised.Output,
            DenoisedBound = clip,
            X = addsNoise ? next + (s.Sigma * Math.Sqrt(gain) * Register.Noise) : next,
            Previous = Register.Denoised,
        });
    }
}
