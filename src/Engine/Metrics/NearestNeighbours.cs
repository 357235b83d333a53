using System.Numerics;
using ScoreGpu.Engine.Data;

namespace ScoreGpu.Engine.Metrics;

/// <summary>Distances to the k-th nearest neighbour, by looking at every pair.</summary>
internal static class NearestNeighbours
{
    /// <summary>The squared distance of each point to its k-th nearest in a set.</summary>
    /// <param name="points">The points, [N, D].</param>
    /// <param name="others">The set, [M, D].</param>
    /// <param name="k">k, at least 1 and at most M, or M − 1 where the points are the set.</param>
    /// <param name="isSame">Whether point i is entry i of the set, and no neighbour of itself.</param>
    /// <returns>[N]; NaN where a point is not finite.</returns>
    /// <remarks>Cost is N·M·D on all threads, in vectors of single precision.</remarks>
    public static double[] SquaredDistances(PointSet points, PointSet others, int k, bool isSame)
    {
        float[] columns = PairSums.Columns(others);
        double[] result = new double[points.Count];
        Parallel.For(0, result.Length, i =>
            result[i] = OfPoint(points[i], columns, others.Count, k, isSame ? i : -1));
        return result;
    }

    private static double OfPoint(ReadOnlySpan<float> point, float[] columns, int count, int k, int self)
    {
        foreach (float entry in point)
        {
            if (!float.IsFinite(entry))
            {
                return double.NaN;
            }
        }

        int width = Vector<float>.Count;
        Span<float> nearest = stackalloc float[64];
        nearest = k <= nearest.Length ? nearest[..k] : new float[k];
        nearest.Fill(float.PositiveInfinity);
        int j = 0;
        for (; j + width <= count; j += width)
        {
            Vector<float> squared = PairSums.SquaredDistances(point, columns, count, j);
            if (Vector.LessThanAny(squared, new Vector<float>(nearest[^1])))
            {
                for (int lane = 0; lane < width; lane++)
                {
                    Insert(nearest, squared[lane], j + lane == self);
                }
            }
        }

        for (; j < count; j++)
        {
            Insert(nearest, PairSums.SquaredDistance(point, columns, count, j), j == self);
        }

        return nearest[^1];
    }

    // Keeps the list sorted; the last entry is the k-th nearest so far.
    private static void Insert(Span<float> nearest, float squared, bool isSelf)
    {
        if (isSelf || !(squared < nearest[^1]))
        {
            return;
        }

        int place = nearest.Length - 1;
        for (; place > 0 && nearest[place - 1] > squared; place--)
        {
            nearest[place] = nearest[place - 1];
        }

        nearest[place] = squared;
    }
}
