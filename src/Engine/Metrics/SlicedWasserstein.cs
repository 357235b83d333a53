using ScoreGpu.Engine.Data;
using ScoreGpu.Kernels;

namespace ScoreGpu.Engine.Metrics;

/// <summary>
/// The sliced Wasserstein-2 distance, SW₂² = E_θ W₂²(θ·X, θ·Y) over directions θ uniform on the sphere.
/// </summary>
/// <remarks>
/// On a line W₂² = ∫₀¹ (F⁻¹(q) − G⁻¹(q))² dq, which for samples is a sum over their sorted values; where the sets differ
/// in size, both quantile functions are steps and the integral runs over the ends of all steps, so that nothing is
/// interpolated. In double. Cost is O(P·(D·(N + M) + N ln N + M ln M)) for P directions.
/// Bonneel et al., "Sliced and Radon Wasserstein barycenters of measures", 2015.
/// </remarks>
/// <param name="Squared">The mean of W₂² over the directions.</param>
/// <param name="StandardError">Its standard error from the choice of directions; 0 in one dimension.</param>
/// <param name="Directions">The number of directions P.</param>
public sealed record SlicedWasserstein(double Squared, double StandardError, int Directions)
{
    /// <summary>SW₂.</summary>
    public double Distance => Math.Sqrt(Squared);

    /// <summary>Compares two sets.</summary>
    /// <param name="first">At least two points, [N, D].</param>
    /// <param name="second">At least two points, [M, D].</param>
    /// <param name="directions">P, at least 2; in one dimension one suffices and is taken.</param>
    /// <param name="seed">The seed of the directions.</param>
    /// <exception cref="InputException">The dimensions differ, a set has fewer than two points, or there are too few
    /// directions.</exception>
    public static SlicedWasserstein Between(PointSet first, PointSet second, int directions, ulong seed)
    {
        TwoSampleEstimate.Require(first, second);
        if (directions < 2)
        {
            throw InputException.For(nameof(directions), directions, "at least 2");
        }

        int taken = first.Dimension == 1 ? 1 : directions;
        double[] squared = new double[taken];
        Parallel.For(0, taken, p =>
        {
            double[] direction = Direction(seed, (uint)p, first.Dimension);
            squared[p] = OnLine(Projected(first, direction), Projected(second, direction));
        });
        double mean = PairSums.Sum(squared) / taken;
        double variance = taken == 1
            ? 0.0
            : PairSums.Sum([.. squared.Select(value => (value - mean) * (value - mean))]) / (taken - 1.0);
        return new SlicedWasserstein(mean, Math.Sqrt(variance / taken), taken);
    }

    /// <summary>The direction of an index, of length 1.</summary>
    /// <param name="seed">The seed.</param>
    /// <param name="index">The index.</param>
    /// <param name="dimension">The dimension D.</param>
    public static double[] Direction(ulong seed, uint index, int dimension)
    {
        double[] direction = new double[dimension];
        NormalDraws.Fill(seed, index, 0, PhiloxStreams.Projections, direction);
        double length = Math.Sqrt(direction.Sum(entry => entry * entry));
        return Array.ConvertAll(direction, entry => entry / length);
    }

    /// <summary>W₂² of two sets of numbers, which are sorted in place.</summary>
    /// <param name="first">At least one number.</param>
    /// <param name="second">At least one number.</param>
    /// <returns>NaN where a number is not finite.</returns>
    public static double OnLine(double[] first, double[] second)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        Array.Sort(first);
        Array.Sort(second);

        // Quantiles in whole numbers: step i of the first ends at (i + 1)·M of N·M, step j of the second at (j + 1)·N.
        long reached = 0;
        double sum = 0.0;
        for (int i = 0, j = 0; i < first.Length && j < second.Length;)
        {
            long endOfFirst = (i + 1L) * second.Length;
            long endOfSecond = (j + 1L) * first.Length;
            long end = Math.Min(endOfFirst, endOfSecond);
            double difference = first[i] - second[j];
            sum += (end - reached) * difference * difference;
            reached = end;
            i += end == endOfFirst ? 1 : 0;
            j += end == endOfSecond ? 1 : 0;
        }

        return sum / ((double)first.Length * second.Length);
    }

    private static double[] Projected(PointSet points, double[] direction)
    {
        double[] values = new double[points.Count];
        for (int i = 0; i < values.Length; i++)
        {
            ReadOnlySpan<float> point = points[i];
            for (int d = 0; d < direction.Length; d++)
            {
                values[i] += direction[d] * point[d];
            }
        }

        return values;
    }
}
