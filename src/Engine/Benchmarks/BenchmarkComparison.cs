namespace ScoreGpu.Engine.Benchmarks;

/// <summary>An operation at one size in two benchmarks.</summary>
/// <param name="First">In the first.</param>
/// <param name="Second">In the second.</param>
public sealed record ComparedResult(BenchmarkResult First, BenchmarkResult Second)
{
    /// <summary>How many times faster the second is: the ratio of the medians.</summary>
    public double Speedup => First.Time.Median / Second.Time.Median;

    /// <summary>Whether the quartiles of one lie beyond those of the other: less than that may be chance.</summary>
    public bool IsApart =>
        First.Time.LowerQuartile > Second.Time.UpperQuartile || Second.Time.LowerQuartile > First.Time.UpperQuartile;
}

/// <summary>Two machines, devices or versions side by side.</summary>
/// <param name="First">The first benchmark.</param>
/// <param name="Second">The second.</param>
/// <param name="Results">What both have measured, in the order of the first.</param>
public sealed record BenchmarkComparison(
    BenchmarkReport First, BenchmarkReport Second, IReadOnlyList<ComparedResult> Results)
{
    /// <summary>The geometric mean of the speedups.</summary>
    public double MeanSpeedup => Math.Exp(Results.Average(result => Math.Log(result.Speedup)));

    /// <summary>Lays two benchmarks side by side.</summary>
    /// <exception cref="InputException">They have nothing in common.</exception>
    public static BenchmarkComparison Of(BenchmarkReport first, BenchmarkReport second)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        var places = second.Results.ToLookup(result => (result.Operation, result.Shape));
        ComparedResult[] results =
        [
            .. first.Results.SelectMany(
                result => places[(result.Operation, result.Shape)].Take(1),
                (result, other) => new ComparedResult(result, other)),
        ];
        return results.Length > 0
            ? new BenchmarkComparison(first, second, results)
            : throw new InputException("the two benchmarks have no operation of the same size in common; expected some.");
    }
}
