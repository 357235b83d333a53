using ScoreGpu.Kernels;

namespace ScoreGpu.Engine.Samplers;

/// <summary>A sampler as a table: the rows that turn a start into a sample, one network evaluation each.</summary>
/// <remarks>
/// The registers are x, an anchor, an accumulator and the previous output; the last three start as zero. Every sampler
/// whose update is linear in them and in the network's output, with an optional clip of x̂₀, is such a table; the
/// host works out its coefficients in double and the kernel knows no sampler by name.
/// </remarks>
/// <param name="name">What the sampler is called.</param>
/// <param name="rows">The rows, first to last.</param>
public sealed class StepProgram(string name, IReadOnlyList<StepRow> rows)
{
    /// <summary>What the sampler is called.</summary>
    public string Name { get; } = name;

    /// <summary>The rows, first to last.</summary>
    public IReadOnlyList<StepRow> Rows { get; } = rows;

    /// <summary>Network evaluations a sample.</summary>
    public int Nfe => Rows.Count;

    /// <summary>The standard deviation of the Gaussian that the sampler starts from where no start is given.</summary>
    public double StartScale { get; init; } = 1.0;

    /// <summary>A register that keeps its value is the identity in its own weight.</summary>
    public static RegisterUpdate KeepAnchor => Register.Anchor.Rounded();

    /// <summary>As <see cref="KeepAnchor"/>, for the accumulator.</summary>
    public static RegisterUpdate KeepAccumulator => Register.Accumulator.Rounded();

    /// <summary>As <see cref="KeepAnchor"/>, for the previous output.</summary>
    public static RegisterUpdate KeepPrevious => Register.Previous.Rounded();

    /// <summary>x ← x·<paramref name="x"/> + output·<paramref name="output"/> + z·<paramref name="noise"/>.</summary>
    public static StepUpdate LinearStep(double x, double output, double noise) =>
        new() { X = (x * Register.State) + (output * Register.Output) + (noise * Register.Noise) };
}
