using ScoreGpu.Kernels;

namespace ScoreGpu.Engine.Samplers;

/// <summary>
/// DPM-Solver-2, the singlestep midpoint method in λ = ln(α/σ): with r = (λ_u − λ_t)/h,
/// x_u = (α_u/α_t)·x_t − σ_u·(e^{rh} − 1)·ε_t and
/// x_s = (α_s/α_t)·x_t − σ_s·(e^h − 1)·(ε_t + (ε_u − ε_t)/(2r)). Order 2.
/// </summary>
/// <remarks>
/// r = ½ where time is continuous, so that only ε_u counts. On a discrete process u is the step nearest to the middle,
/// and r what it is there, so at most half of the steps may be visited. A rising grid encodes. Lu, Zhou, Bao, Chen, Li
/// and Zhu, 2022, arXiv:2206.00927, algorithm 1 and, for any r, the appendix.
/// </remarks>
public static class DpmSolver2Sampler
{
    /// <summary>The program of a grid: two rows a step, one for a last step to the data.</summary>
    /// <param name="model">The process and the prediction.</param>
    /// <param name="grid">The times, falling or rising.</param>
    /// <exception cref="InputException">A coefficient is not finite, or there is no step between two of a discrete
    /// process.</exception>
    public static StepProgram Create(SamplerModel model, TimeGrid grid)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(grid);
        List<StepRow> rows = [];
        for (int i = 0; i + 1 < grid.Times.Count; i++)
        {
            AddStep(rows, model, grid.Times[i], grid.Times[i + 1]);
        }

        if (grid.EndsAtData)
        {
            rows.Add(model.DenoisingRow(grid.Times[^1]));
        }

        return new StepProgram("dpm-solver-2", rows) { StartScale = model.Process.Prior(grid.Times[0]).Scale };
    }

    private static void AddStep(List<StepRow> rows, SamplerModel model, double from, double to)
    {
        var t = NoiseLevel.At(model.Process, from);
        var u = NoiseLevel.At(model.Process, model.Midway(from, to));
        var s = NoiseLevel.At(model.Process, to);
        double h = s.HalfLogSnr - t.HalfLogSnr;
        double part = u.HalfLogSnr - t.HalfLogSnr;
        double ofSecond = 0.5 * h / part;
        double change = s.Sigma * ExpMinusOne.Of(h);
        var epsilon = model.Epsilon(t.Time);
        rows.Add(model.Row(t.Time, new StepUpdate
        {
            X = (u.Alpha / t.Alpha * Register.State) - (u.Sigma * ExpMinusOne.Of(part) * epsilon),
            Anchor = (s.Alpha / t.Alpha * Register.State) - (change * (1.0 - ofSecond) * epsilon),
        }));
        rows.Add(model.Row(u.Time, new StepUpdate
        {
            X = Register.Anchor - (change * ofSecond * model.Epsilon(u.Time)),
        }));
    }
}
