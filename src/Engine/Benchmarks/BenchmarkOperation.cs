using ScoreGpu.Engine.Devices;
using ScoreGpu.Engine.Verification;

namespace ScoreGpu.Engine.Benchmarks;

/// <summary>Something that devices do, made to be measured: what it costs, how it is run, and what it should give.</summary>
/// <param name="name">The name in tables and files.</param>
/// <param name="group">What it is one of: network, training, sampling, likelihood, or other.</param>
/// <param name="item">What is counted a second, in the plural.</param>
/// <param name="cost">What it costs.</param>
internal abstract class BenchmarkOperation(string name, string group, string item, OperationCost cost)
{
    /// <summary>The name in tables and files.</summary>
    public string Name => name;

    /// <summary>What it is one of.</summary>
    public string Group => group;

    /// <summary>What is counted a second, in the plural.</summary>
    public string Item => item;

    /// <summary>What it costs.</summary>
    public OperationCost Cost => cost;

    /// <summary>Whether there is a network whose width matters.</summary>
    public virtual bool HasWidth => true;

    /// <summary>Items of a run.</summary>
    public abstract double Items(BenchmarkShape shape);

    /// <summary>Puts everything where a run needs it.</summary>
    /// <param name="device">The device; stays the caller's.</param>
    /// <param name="shape">The size.</param>
    /// <param name="inputs">Points to work on.</param>
    public abstract PreparedOperation Prepare(IDevice device, BenchmarkShape shape, BenchmarkInputs inputs);

    /// <summary>Runs it for a small batch, and compares with float64.</summary>
    /// <param name="device">The device; stays the caller's.</param>
    /// <param name="shape">A small size of an odd batch.</param>
    /// <param name="table">Receives a row a quantity.</param>
    public abstract void Verify(IDevice device, BenchmarkShape shape, VerificationTable table);
}

/// <summary>An operation that is ready to run.</summary>
/// <param name="Run">Runs it once; returns when the results are where they belong.</param>
/// <param name="Owner">What was allocated on the device; null for nothing.</param>
internal sealed record PreparedOperation(Action Run, IDisposable? Owner = null) : IDisposable
{
    private readonly Func<double>? _evaluations;

    /// <summary>
    /// An operation whose evaluations depend on the run: its cost and its items are stated for one a trajectory, and this
    /// tells how many the last run had.
    /// </summary>
    public PreparedOperation(Action run, IDisposable? owner, Func<double> evaluations)
        : this(run, owner) => _evaluations = evaluations;

    /// <summary>What the cost and the items are to be multiplied by, after a run: 1 where they are those of a run.</summary>
    public double Evaluations => _evaluations?.Invoke() ?? 1;

    /// <inheritdoc/>
    public void Dispose() => Owner?.Dispose();
}
