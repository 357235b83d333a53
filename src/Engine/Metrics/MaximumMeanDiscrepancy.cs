using ScoreGpu.Engine.Data;

namespace ScoreGpu.Engine.Metrics;

/// <summary>
/// The squared maximum mean discrepancy E k(X, X′) + E k(Y, Y′) − 2E k(X, Y) of a Gaussian kernel
/// k(x, y) = exp(−|x − y|²/(2h²)), or of the mean of several: zero exactly where the distributions agree.
/// </summary>
/// <remarks>
/// The unbiased estimate. A bandwidth h far above the sets' differences or far below the distance of neighbours sees
/// little: take the median distance where nothing else is known, and several bandwidths where the differences may be of
/// any size. Cost is O((N + M)²·D) for each bandwidth.
/// Gretton et al., "A kernel two-sample test", JMLR 13, 2012, equation (3).
/// </remarks>
public static class MaximumMeanDiscrepancy
{
    private const int MostPointsOfMedian = 1000;

    /// <summary>The multiples of the median distance that make a kernel of several bandwidths.</summary>
    public static IReadOnlyList<double> UsualMultiples { get; } = [0.25, 0.5, 1.0, 2.0, 4.0];

    /// <summary>Estimates the squared discrepancy.</summary>
    /// <param name="first">At least two points, [N, D].</param>
    /// <param name="second">At least two points, [M, D].</param>
    /// <param name="bandwidths">h, each finite and above 0.</param>
    /// <exception cref="InputException">The dimensions differ, a set has fewer than two points, or a bandwidth is out of
    /// range.</exception>
    public static TwoSampleEstimate Estimate(PointSet first, PointSet second, params IReadOnlyList<double> bandwidths)
    {
        ArgumentNullException.ThrowIfNull(bandwidths);
        if (bandwidths.Count == 0)
        {
            throw InputException.For(nameof(bandwidths), "empty", "at least one");
        }

        foreach (double bandwidth in bandwidths)
        {
            if (!(bandwidth > 0.0) || double.IsInfinity(bandwidth))
            {
                throw InputException.For("bandwidth", bandwidth, "a finite number above 0");
            }
        }

        return TwoSampleEstimate.Of(new GaussianKernel(bandwidths), first, second, atZero: 1.0, sign: -1.0);
    }

    /// <summary>The median of the distances between the points of both sets together.</summary>
    /// <remarks>At most 1,000 points of each are taken, evenly from the whole set, and a million distances.</remarks>
    /// <param name="first">At least two points, [N, D].</param>
    /// <param name="second">At least two points, [M, D].</param>
    /// <exception cref="InputException">The dimensions differ, a set has fewer than two points, or more than half of the
    /// points are equal.</exception>
    public static double MedianDistance(PointSet first, PointSet second)
    {
        TwoSampleEstimate.Require(first, second);
        List<int> pooled = [];
        pooled.AddRange(Spread(first.Count));
        int ofFirst = pooled.Count;
        pooled.AddRange(Spread(second.Count));
        List<double> squares = new(pooled.Count * (pooled.Count - 1) / 2);
        for (int i = 0; i < pooled.Count; i++)
        {
            ReadOnlySpan<float> point = i < ofFirst ? first[pooled[i]] : second[pooled[i]];
            for (int j = 0; j < i; j++)
            {
                squares.Add(Squared(point, j < ofFirst ? first[pooled[j]] : second[pooled[j]]));
            }
        }

        squares.Sort();
        double median = Math.Sqrt(squares[squares.Count / 2]);
        return median > 0.0
            ? median
            : throw InputException.For("the median distance", median, "above 0; most points are equal");
    }

    private static IEnumerable<int> Spread(int count)
    {
        int taken = Math.Min(count, MostPointsOfMedian);
        return Enumerable.Range(0, taken).Select(i => (int)((long)i * count / taken));
    }

    private static double Squared(ReadOnlySpan<float> x, ReadOnlySpan<float> y)
    {
        double sum = 0.0;
        for (int d = 0; d < x.Length; d++)
        {
            double difference = (double)x[d] - y[d];
            sum += difference * difference;
        }

        return sum;
    }
}
