namespace ScoreGpu.Engine.Benchmarks.Growth;

/// <summary>A run at one size.</summary>
/// <param name="Size">The size.</param>
/// <param name="Time">Seconds a run.</param>
public sealed record GrowthPoint(GrowthSize Size, BenchmarkTime Time)
{
    // Of a normal distribution: the distance between the quartiles in standard deviations, and the standard error of a
    // median beside that of a mean.
    private const double Quartiles = 1.349;
    private const double OfMedian = 1.2533;

    /// <summary>The standard error of the median as a share of it, from the spread of the turns.</summary>
    public double RelativeError => OfMedian * Time.Spread / Quartiles / Math.Sqrt(Time.Turns);
}

/// <summary>How the time of a run grows with one of its sizes.</summary>
/// <param name="Operation">What runs: <c>sample</c> or <c>draw</c>.</param>
/// <param name="Axis">What grows.</param>
/// <param name="FittedFrom">The size from which on the power is fitted; below, fixed costs count too.</param>
/// <param name="Points">The runs, rising.</param>
/// <param name="Error">The largest error against float64 in units of what passes: at most 1 where it is reported.</param>
/// <param name="EndsBecause">Why there is no larger size, in the device's words; null where all were measured.</param>
public sealed record GrowthCurve(
    string Operation,
    GrowthAxis Axis,
    int FittedFrom,
    IReadOnlyList<GrowthPoint> Points,
    double Error,
    string? EndsBecause = null)
{
    /// <summary>The points that the power is fitted to.</summary>
    public IReadOnlyList<GrowthPoint> Fitted => [.. Points.Where(point => point.Size[Axis] >= FittedFrom)];

    /// <summary>The measured time as a power of what grows.</summary>
    public PowerLaw Measured => PowerLaw.Fit(
        [.. Fitted.Select(point => (double)point.Size[Axis])],
        [.. Fitted.Select(point => point.Time.Median)],
        [.. Fitted.Select(point => point.RelativeError)]);

    /// <summary>The counted work at the same sizes as a power of what grows: what <see cref="Measured"/> should be.</summary>
    public PowerLaw Theory => PowerLaw.Fit(
        [.. Fitted.Select(point => (double)point.Size[Axis])], [.. Fitted.Select(point => point.Size.Work)]);

    /// <summary>Operations a second and thread over the fitted points, their geometric mean.</summary>
    public double Rate =>
        Math.Exp(Fitted.Average(point => Math.Log(point.Size.Work / point.Time.Median)));

    /// <summary>Whether the results are within the tolerance.</summary>
    public bool IsRight => Error <= 1;

    /// <summary>The time that the counted work would take at <see cref="Rate"/>.</summary>
    public double TheorySeconds(GrowthPoint point)
    {
        ArgumentNullException.ThrowIfNull(point);
        return point.Size.Work / Rate;
    }
}
