using System.Numerics;
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
/// Székely and Rizzo, "Energy statistics", 2013, equation (5).
/// </remarks>
public static class EnergyDistance
{
    // A chunk of distances is added in single precision before it goes to the double sum: short enough for seven
    // digits to suffice, long enough to make the conversion cheap.
    private const int VectorsPerChunk = 16;

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
        return DistanceSum(points, Columns(points), points.Count) / (points.Count * (points.Count - 1.0));
    }

    /// <summary>Estimates the squared energy distance to a reference that is compared with many sets.</summary>
    /// <param name="first">At least two points, [N, D].</param>
    /// <param name="second">At least two points, [M, D].</param>
    /// <param name="withinSecond"><see cref="MeanDistanceWithin"/> of the second set; null computes it.</param>
    /// <returns>The estimate; NaN where a value is not finite.</returns>
    /// <exception cref="InputException">The dimensions differ, or a set has fewer than two points.</exception>
    public static double Between(PointSet first, PointSet second, double? withinSecond)
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

        double n = first.Count;
        double m = second.Count;
        double across = DistanceSum(first, Columns(second), second.Count);
        return (2.0 * across / (n * m)) - MeanDistanceWithin(first) - (withinSecond ?? MeanDistanceWithin(second));
    }

    private static double DistanceSum(PointSet points, float[] columns, int count)
    {
        double[] sums = new double[points.Count];
        Parallel.For(0, points.Count, i => sums[i] = DistanceSum(points[i], columns, count));
        double total = 0.0;
        foreach (double sum in sums)
        {
            total += sum;
        }

        return total;
    }

    private static double DistanceSum(ReadOnlySpan<float> point, float[] columns, int count)
    {
        int width = Vector<float>.Count;
        int chunk = width * VectorsPerChunk;
        double sum = 0.0;
        int j = 0;
        while (j + width <= count)
        {
            Vector<float> distances = Vector<float>.Zero;
            int end = Math.Min(j + chunk, count - width + 1);
            for (; j < end; j += width)
            {
                Vector<float> squared = Vector<float>.Zero;
                for (int d = 0; d < point.Length; d++)
                {
                    ReadOnlySpan<float> column = columns.AsSpan((d * count) + j, width);
                    Vector<float> difference = new Vector<float>(column) - new Vector<float>(point[d]);
                    squared += difference * difference;
                }

                distances += Vector.SquareRoot(squared);
            }

            Vector.Widen(distances, out Vector<double> low, out Vector<double> high);
            sum += Vector.Sum(low + high);
        }

        for (; j < count; j++)
        {
            float squared = 0.0f;
            for (int d = 0; d < point.Length; d++)
            {
                float difference = columns[(d * count) + j] - point[d];
                squared += difference * difference;
            }

            sum += MathF.Sqrt(squared);
        }

        return sum;
    }

    private static float[] Columns(PointSet points)
    {
        float[] columns = new float[points.Values.Length];
        for (int i = 0; i < points.Count; i++)
        {
            for (int d = 0; d < points.Dimension; d++)
            {
                columns[(d * points.Count) + i] = points.Values[(i * points.Dimension) + d];
            }
        }

        return columns;
    }
}
