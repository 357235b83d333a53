namespace ScoreGpu.Engine.Samplers;

/// <summary>
/// EDM's sampler: Heun's method for dx̄/dσ̄ = ε with x̄ = x/α and σ̄ = σ/α, with fresh noise before a step that raises
/// σ̄ to σ̂ = (1 + γ)·σ̄ (churn). Order 2 without it.
/// </summary>
/// <remarks>
/// Where α = 1 and σ = t this is the paper's algorithm as it stands; the change of variables brings every other process
/// to that form (its equation (4)). The noise before a step is added by the row before; before the first step it widens
/// the start, so a start that the caller gives goes without. Without churn it visits only the grid's own times, so it
/// serves discrete processes too, and a rising grid encodes. Karras, Aittala, Aila and Laine, 2022, arXiv:2206.00364,
/// algorithms 1 and 2.
/// </remarks>
public static class EdmSampler
{
    private const string Name = "edm";

    /// <summary>The program of a grid: two rows a step, one for a last step to the data (N steps: 2N − 1
    /// rows).</summary>
    /// <param name="model">The process and the prediction.</param>
    /// <param name="grid">The times; falling where there is churn.</param>
    /// <param name="churn">The noise; null adds none.</param>
    /// <exception cref="InputException">A number is out of range, a coefficient is not finite, or there is churn and
    /// the grid rises or the process is discrete.</exception>
    public static StepProgram Create(SamplerModel model, TimeGrid grid, EdmChurn? churn = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(grid);
        var added = churn ?? EdmChurn.None;
        added.Require();
        if (added.Amount > 0.0)
        {
            grid.RequireFalling($"{Name} with churn");
        }

        var levels = grid.Levels(model.Process);
        int steps = grid.Steps;
        var starts = new NoiseLevel[steps];
        for (int i = 0; i < steps; i++)
        {
            starts[i] = Raised(model, levels[i], added.Raise(levels[i].Ratio, steps));
        }

        List<StepRow> rows = [];
        for (int i = 0; i < steps; i++)
        {
            // What the next step starts from: its own level where it adds no noise, and the last level at the end.
            var next = i + 1 < steps ? starts[i + 1] : levels[i + 1];
            AddStep(rows, model, starts[i], levels[i + 1], next, added.NoiseScale);
        }

        double prior = model.Process.Prior(grid.Times[0]).Scale / levels[0].Alpha;
        double extra = NoiseBetween(levels[0], starts[0], added.NoiseScale);
        return new StepProgram(Name, rows)
        {
            StartScale = starts[0].Alpha * Math.Sqrt((prior * prior) + (extra * extra)),
        };
    }

    private static NoiseLevel Raised(SamplerModel model, NoiseLevel level, double factor) =>
        factor == 1.0
            ? level
            : NoiseLevel.At(
                model.Process,
                model.RequireContinuous($"{Name} with churn").TimeAtLogSnr(-2.0 * Math.Log(factor * level.Ratio)));

    private static double NoiseBetween(NoiseLevel level, NoiseLevel raised, double scale) =>
        scale * Math.Sqrt(Math.Max(0.0, (raised.Ratio - level.Ratio) * (raised.Ratio + level.Ratio)));

    private static void AddStep(
        List<StepRow> rows, SamplerModel model, NoiseLevel from, NoiseLevel to, NoiseLevel next, double noiseScale)
    {
        if (to.Sigma == 0.0)
        {
            // Euler's step to σ = 0: x̂₀.
            rows.Add(model.DenoisingRow(from.Time));
            return;
        }

        double h = to.Ratio - from.Ratio;
        double noise = NoiseBetween(to, next, noiseScale);
        var scaled = 1.0 / from.Alpha * Register.State;
        var slope = model.Epsilon(from.Time);
        rows.Add(model.Row(from.Time, new StepUpdate
        {
            X = to.Alpha * (scaled + (h * slope)),
            Anchor = scaled + (0.5 * h * slope),
        }));
        rows.Add(model.Row(to.Time, new StepUpdate
        {
            X = next.Alpha * (Register.Anchor + (0.5 * h * model.Epsilon(to.Time)) + (noise * Register.Noise)),
        }));
    }
}
