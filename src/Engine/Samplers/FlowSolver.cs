namespace ScoreGpu.Engine.Samplers;

/// <summary>What the solvers of the probability-flow ODE in t share: the grid, the start and the last step.</summary>
/// <remarks>
/// The ODE is dx/dt = α′(t)·x̂₀ + σ′(t)·ε, for a flow-matching network the predicted velocity itself. A rising grid
/// encodes.
/// </remarks>
internal static class FlowSolver
{
    /// <summary>Adds the rows of a step from one time to another.</summary>
    public delegate void Step(List<StepRow> rows, double from, double to);

    /// <summary>The program of a grid.</summary>
    public static StepProgram Create(string name, SamplerModel model, TimeGrid grid, Step step)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(grid);
        var process = model.RequireContinuous(name);
        List<StepRow> rows = [];
        for (int i = 0; i + 1 < grid.Times.Count; i++)
        {
            step(rows, grid.Times[i], grid.Times[i + 1]);
        }

        if (grid.EndsAtData)
        {
            rows.Add(model.DenoisingRow(grid.Times[^1]));
        }

        return new StepProgram(name, rows) { StartScale = process.Prior(grid.Times[0]).Scale };
    }
}
