namespace ScoreGpu.Engine.Benchmarks.Growth;

/// <summary>The process's resident memory at its largest during a run.</summary>
/// <param name="Count">Trajectories.</param>
/// <param name="Bytes">Bytes.</param>
public readonly record struct MemoryPoint(int Count, long Bytes);

/// <summary>How memory grows with the trajectories.</summary>
/// <param name="Operation">What runs: <c>sample</c>, which returns the points, or <c>draw</c>, which keeps none.</param>
/// <param name="TheoryBytesPerTrajectory">4·D where the points are returned, 0 where they are not.</param>
/// <param name="FittedFrom">The count from which on the slope is fitted; below, the program itself still grows.</param>
/// <param name="Points">The runs, rising.</param>
public sealed record GrowthMemory(
    string Operation, double TheoryBytesPerTrajectory, int FittedFrom, IReadOnlyList<MemoryPoint> Points)
{
    /// <summary>Bytes that a trajectory adds: the slope of a straight line through the points, by least squares.</summary>
    public double BytesPerTrajectory
    {
        get
        {
            MemoryPoint[] fitted = Fitted();
            double meanCount = fitted.Average(point => point.Count);
            double meanBytes = fitted.Average(point => (double)point.Bytes);
            return fitted.Sum(point => (point.Count - meanCount) * (point.Bytes - meanBytes))
                / fitted.Sum(point => (point.Count - meanCount) * (point.Count - meanCount));
        }
    }

    /// <summary>The memory that theory expects, from the first point that is fitted on.</summary>
    public double TheoryBytes(int count)
    {
        MemoryPoint first = Fitted()[0];
        return first.Bytes + (TheoryBytesPerTrajectory * Math.Max(0.0, count - first.Count));
    }

    private MemoryPoint[] Fitted() => [.. Points.Where(point => point.Count >= FittedFrom)];
}

/// <summary>How costs grow.</summary>
/// <param name="Curves">Times, a curve each; those whose results are right.</param>
/// <param name="Memory">Memory against the trajectories.</param>
/// <param name="Refused">Curves whose results are wrong: their times are not to be shown.</param>
public sealed record GrowthReport(
    IReadOnlyList<GrowthCurve> Curves, IReadOnlyList<GrowthMemory> Memory, IReadOnlyList<RefusedGrowth> Refused);

/// <summary>A curve that is not reported, because its results are wrong.</summary>
/// <param name="Operation">What ran.</param>
/// <param name="Axis">What grew.</param>
/// <param name="Error">The largest error against float64 in units of what passes.</param>
public sealed record RefusedGrowth(string Operation, GrowthAxis Axis, double Error);
