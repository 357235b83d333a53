namespace ScoreGpu.Engine.Samplers;

/// <summary>Turns a program into one whose state is what the network sees: s·x in place of x.</summary>
/// <remarks>
/// A row evaluates its network at the state register. Where a network wants its input scaled, the register holds s·x
/// instead, s that of the row about to run: each row undoes its own s in what it reads of the state and applies the
/// next row's to what it writes; after the last row s = 1. No device need know. The start is scaled too, so a start
/// that the caller gives must be multiplied by the first row's s, and trajectories hold s·x.
/// </remarks>
public static class InputScaling
{
    /// <summary>The program with scaled inputs.</summary>
    /// <param name="program">The rows.</param>
    /// <param name="scaleAt">s of what a row tells the network; finite and above 0.</param>
    /// <exception cref="InputException">A scale is out of range.</exception>
    public static StepProgram Apply(StepProgram program, Func<double, double> scaleAt)
    {
        ArgumentNullException.ThrowIfNull(program);
        ArgumentNullException.ThrowIfNull(scaleAt);
        double[] scales = [.. program.Rows.Select(row => scaleAt(row.Condition)), 1.0];
        var rows = new StepRow[program.Rows.Count];
        for (int i = 0; i < rows.Length; i++)
        {
            SamplerChecks.RequirePositive("input scale", scales[i]);
            var (condition, step) = program.Rows[i];
            double undo = 1.0 / scales[i];
            rows[i] = new StepRow(condition, step with
            {
                DenoisedX = undo * step.DenoisedX,
                X = scales[i + 1] * Read(step.X, undo),
                Anchor = Read(step.Anchor, undo),
                Accumulator = Read(step.Accumulator, undo),
                Previous = Read(step.Previous, undo),
            });
        }

        return new StepProgram(program.Name, rows) { StartScale = scales[0] * program.StartScale };
    }

    private static LinearCombination Read(LinearCombination sum, double undo) => sum with { X = undo * sum.X };
}
