using ScoreGpu.Viz.Labs;

namespace ScoreGpu.Cli;

/// <summary>What one run of the program is connected to.</summary>
/// <param name="Output">Takes results, and nothing else.</param>
/// <param name="Error">Takes messages and progress.</param>
/// <param name="IsInteractive">Whether a person watches <paramref name="Error"/>, so that progress is shown.</param>
/// <param name="Cancellation">Cancelled by Ctrl-C.</param>
internal sealed record Session(
    TextWriter Output, TextWriter Error, bool IsInteractive, CancellationToken Cancellation)
{
    /// <summary>The labs that <c>lab all</c> runs.</summary>
    public IReadOnlyList<ILab> Labs { get; init; } = LabCatalog.All;

    /// <summary>The environment: the value of a variable, or null where it is not set.</summary>
    public Func<string, string?> Variable { get; init; } = Environment.GetEnvironmentVariable;
}
