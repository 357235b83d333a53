using ScoreGpu.Engine.Distributions;
using ScoreGpu.Engine.Metrics;

namespace ScoreGpu.Viz.Labs.Sde;

/// <summary>What the score is on average over points of the density, at one time; each with its standard error.
/// </summary>
/// <param name="Time">t.</param>
/// <param name="Sigma">σ(t).</param>
/// <param name="Mean">E[s₁] and E[s₂], which are 0.</param>
/// <param name="Products">E[s₁²], E[s₁s₂], E[s₂²]: Fisher's information.</param>
/// <param name="Curvatures">−E[∂²ln p/∂xᵢ∂xⱼ] of the same entries: the same information.</param>
/// <param name="Differences">The means of the differences of the two at each point, which are 0.</param>
/// <param name="Zeros">The zeros of the score.</param>
internal sealed record ScoreMoments(
    double Time,
    double Sigma,
    IReadOnlyList<MeanEstimate> Mean,
    IReadOnlyList<MeanEstimate> Products,
    IReadOnlyList<MeanEstimate> Curvatures,
    IReadOnlyList<MeanEstimate> Differences,
    IReadOnlyList<CriticalPoint> Zeros)
{
    /// <summary>The entries of the information, as in the lists.</summary>
    public static IReadOnlyList<string> Entries { get; } = ["11", "12", "22"];

    /// <summary>The largest |mean|/standard error among those that are 0 in truth.</summary>
    public double LargestDeviation => Mean.Concat(Differences).Max(mean => Math.Abs(mean.Value / mean.StandardError));

    /// <summary>How many zeros are of a kind.</summary>
    public int Count(CriticalKind kind) => Zeros.Count(zero => zero.Kind == kind);

    /// <summary>Measures at one time.</summary>
    /// <param name="time">t.</param>
    /// <param name="sigma">σ(t).</param>
    /// <param name="density">The density of x_t.</param>
    /// <param name="count">Points.</param>
    /// <param name="key">The key of the points.</param>
    public static ScoreMoments Measure(double time, double sigma, GaussianMixture density, int count, ulong key)
    {
        double[] points = density.SampleDoubles(count, key);
        double[] scores = density.Scores(points);
        double[][] products = [new double[count], new double[count], new double[count]];
        double[][] curvatures = [new double[count], new double[count], new double[count]];
        Parallel.For(0, count, i =>
        {
            Span<double> first = stackalloc double[2];
            Span<double> second = stackalloc double[2];
            ReadOnlySpan<double> at = points.AsSpan(2 * i, 2);
            density.ScoreJacobianVector(at, [1.0, 0.0], first);
            density.ScoreJacobianVector(at, [0.0, 1.0], second);
            (double s1, double s2) = (scores[2 * i], scores[(2 * i) + 1]);
            (products[0][i], products[1][i], products[2][i]) = (s1 * s1, s1 * s2, s2 * s2);
            (curvatures[0][i], curvatures[1][i], curvatures[2][i]) = (-first[0], -first[1], -second[1]);
        });
        return new ScoreMoments(
            time,
            sigma,
            [Coordinate(0), Coordinate(1)],
            [.. products.Select(MeanEstimate.Of)],
            [.. curvatures.Select(MeanEstimate.Of)],
            [.. products.Zip(curvatures, (p, c) => MeanEstimate.Of([.. p.Zip(c, (a, b) => a - b)]))],
            CriticalPoints.Find(density, 3.0));

        MeanEstimate Coordinate(int d) => MeanEstimate.Of([.. Enumerable.Range(0, count).Select(i => scores[(2 * i) + d])]);
    }
}
