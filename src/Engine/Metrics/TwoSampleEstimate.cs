using ScoreGpu.Engine.Data;

namespace ScoreGpu.Engine.Metrics;

/// <summary>An estimate of how far two distributions are apart, from a sample of each, with its sampling error.</summary>
/// <remarks>
/// <para>
/// For a kernel k, the estimate is T = ±(2·mean k(x, y) − mean k(x, x′) − mean k(y, y′)) without pairs of a point with
/// itself: plus for distances, minus for similarities. It is a U-statistic, unbiased, and may be slightly negative where
/// the distributions agree.
/// </para>
/// <para>
/// Where they differ, T scatters as the means of h(x) = 2·mean_j k(x, y_j) − 2·mean k(x, x′) and of its counterpart h(y):
/// variance V = var h(x)/N + var h(y)/M. Where they agree these vanish and what remains is
/// V₀ = 2κ(1/N + 1/M)², with κ the mean square of the doubly centred kernel, estimated from both samples together; V then
/// comes out as 2V₀ on average (as a jackknife's does), so that the error given is √max(V − V₀, V₀).
/// Hoeffding, "A class of statistics with asymptotically normal distribution", 1948; Serfling, "Approximation Theorems of
/// Mathematical Statistics", 1980, section 5.3.
/// </para>
/// </remarks>
/// <param name="Value">T.</param>
/// <param name="StandardError">The standard error of T.</param>
/// <param name="NullError">√V₀: how far T scatters around 0 between two samples, of these sizes, of one distribution.
/// </param>
public sealed record TwoSampleEstimate(double Value, double StandardError, double NullError)
{
    /// <summary>The estimate of a kernel.</summary>
    /// <param name="kernel">k.</param>
    /// <param name="first">The points x, at least two, [N, D].</param>
    /// <param name="second">The points y, at least two, [M, D].</param>
    /// <param name="atZero">k of a point with itself.</param>
    /// <param name="sign">+1 for distances, −1 for similarities.</param>
    /// <exception cref="InputException">The dimensions differ, or a set has fewer than two points.</exception>
    internal static TwoSampleEstimate Of<TKernel>(
        TKernel kernel, PointSet first, PointSet second, double atZero, double sign)
        where TKernel : struct, IPairKernel
    {
        Require(first, second);
        double n = first.Count;
        double m = second.Count;
        PairSums.Result firstOverFirst = PairSums.Over(kernel, first, first);
        PairSums.Result firstOverSecond = PairSums.Over(kernel, first, second);
        PairSums.Result secondOverFirst = PairSums.Over(kernel, second, first);
        PairSums.Result secondOverSecond = PairSums.Over(kernel, second, second);
        double value = (2.0 * firstOverSecond.Total / (n * m))
            - ((firstOverFirst.Total - (n * atZero)) / (n * (n - 1.0)))
            - ((secondOverSecond.Total - (m * atZero)) / (m * (m - 1.0)));

        // The pooled sample without the diagonal, row by row.
        double others = n + m - 1.0;
        double[] means =
        [
            .. firstOverFirst.Rows.Zip(firstOverSecond.Rows, (own, other) => (own + other - atZero) / others),
            .. secondOverSecond.Rows.Zip(secondOverFirst.Rows, (own, other) => (own + other - atZero) / others),
        ];
        double squares = firstOverFirst.Squares + (2.0 * firstOverSecond.Squares) + secondOverSecond.Squares;
        double grand = PairSums.Sum(means) / (n + m);
        double centred = ((squares - ((n + m) * atZero * atZero)) / ((n + m) * others))
            - (2.0 * PairSums.Sum([.. means.Select(mean => mean * mean)]) / (n + m))
            + (grand * grand);
        double size = (1.0 / n) + (1.0 / m);
        double underNull = 2.0 * Math.Max(centred, 0.0) * size * size;
        double projected = (VarianceOf(firstOverFirst.Rows, firstOverSecond.Rows, n, m, atZero) / n)
            + (VarianceOf(secondOverSecond.Rows, secondOverFirst.Rows, m, n, atZero) / m);
        return new TwoSampleEstimate(
            sign * value, Math.Sqrt(Math.Max(projected - underNull, underNull)), Math.Sqrt(underNull));
    }

    /// <summary>Checks that two sets can be compared.</summary>
    /// <exception cref="InputException">The dimensions differ, or a set has fewer than two points.</exception>
    internal static void Require(PointSet first, PointSet second)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        if (first.Dimension != second.Dimension)
        {
            throw InputException.For("the second set's dimension", second.Dimension, $"{first.Dimension}");
        }

        if (Math.Min(first.Count, second.Count) < 2)
        {
            throw InputException.For("the number of points", Math.Min(first.Count, second.Count), "at least 2 a set");
        }
    }

    private static double VarianceOf(double[] own, double[] across, double count, double otherCount, double atZero)
    {
        double[] projections =
        [
            .. across.Zip(own, (other, same) => 2.0 * ((other / otherCount) - ((same - atZero) / (count - 1.0)))),
        ];
        double mean = PairSums.Sum(projections) / count;
        return PairSums.Sum([.. projections.Select(h => (h - mean) * (h - mean))]) / (count - 1.0);
    }
}
