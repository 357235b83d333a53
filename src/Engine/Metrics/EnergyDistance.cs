using ScoreGpu.Engine.Data;

namespace ScoreGpu.Engine.Metrics;

/// <summary>
/// The squared energy distance between two sets of samples, 2E|X − Y| − E|X − X′| − E|Y − Y′|: zero exactly where the
/// two distributions agree, and positive otherwise.
/// </summary>
/// <remarks>
/// The unbiased estimate (a U-statistic): pairs of a point with itself are left out of the last two means, so the
/// estimate scatters around the true value and may come out slightly negative where the distributions agree. Cost is
/// O((N + M)²·D). Distances are single precision; each point's sum over the others is double, and the sums are added
/// in the order of the points, so the result does not depend on the number of threads.
/// Székely and Rizzo, "Energy statistics: a class of statistics based on distances", 2013.
/// </remarks>
public static class EnergyDistance
{
    /// <summary>Estimates the squared energy distance together with its sampling error.</summary>
    /// <param name="first">At least two points, [N, D].</param>
    /// <param name="second">At least two points, [M, D].</param>
    /// <exception cref="InputException">The dimensions differ, or a set has fewer than two points.</exception>
    public static TwoSampleEstimate Estimate(PointSet first, PointSet second) =>
        TwoSampleEstimate.Of(default(DistanceKernel), first, second, atZero: 0.0, sign: 1.0);

    /// <summary>Estimates the squared energy distance.</summary>
    /// <param name="first">At least two points, [N, D].</param>
    /// <param name="second">At least two points, [M, D].</param>
    /// <returns>The estimate; NaN where a value is not finite.</returns>
    /// <exception cref="InputException">The dimensions differ, or a set has fewer than two points.</exception>
    public static double Between(PointSet first, PointSet second) => Between(first, second, null);

    /// <summary>The mean distance between two different points of a set, E|Y − Y′|.</summary>
    /// <param name="points">At least two points, [M, D].</param>
    /// <exception cref="InputException">The set has fewer than two points.</exception>
    public static double MeanDistanceWithin(PointSet points)
    {
        ArgumentNullException.ThrowIfNull(points);
        if (points.Count < 2)
        {
            throw InputException.For("the number of points", points.Count, "at least 2");
        }

        // A point's distance to itself is exactly 0, so it is enough to leave it out of the divisor.
        return PairSums.Over(default(DistanceKernel), points, points).Total / (points.Count * (points.Count - 1.0));
    }

    /// <summary>Estimates the squared energy distance to a reference that is compared with many sets.</summary>
    /// <param name="first">At least two points, [N, D].</param>
    /// <param name="second">At least two points, [M, D].</param>
    /// <param name="withinSecond"><see cref="MeanDistanceWithin"/> of the second set; null computes it.</param>
    /// <returns>The estimate; NaN where a value is not finite.</returns>
    /// <exception cref="InputException">The dimensions differ, or a set has fewer than two points.</exception>
    public static double Between(PointSet first, PointSet second, double? withinSecond)
    {
        TwoSampleEstimate.Require(first, second);
        double across = PairSums.Over(default(DistanceKernel), first, second).Total;
        return (2.0 * across / ((double)first.Count * second.Count))
            - MeanDistanceWithin(first)
            - (withinSecond ?? MeanDistanceWithin(second));
    }
}
