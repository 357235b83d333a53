namespace ScoreGpu.Engine.Processes;

/// <summary>The times on which a process is defined: <see cref="Start"/> is clean data, <see cref="End"/> is noise.
/// </summary>
/// <param name="Start">The time of the least noise.</param>
/// <param name="End">The time of the most noise; above <paramref name="Start"/>.</param>
public readonly record struct TimeRange(double Start, double End)
{
    /// <summary>Whether a time lies in the range, both ends included.</summary>
    /// <param name="t">The time to test.</param>
    public bool Contains(double t) => t >= Start && t <= End;
}
