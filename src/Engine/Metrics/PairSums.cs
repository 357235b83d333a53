using System.Numerics;
using ScoreGpu.Engine.Data;

namespace ScoreGpu.Engine.Metrics;

/// <summary>
/// Sums of a kernel over all pairs of two sets: Σ_j k(x_i, y_j) of every point x_i, and Σ_ij k².
/// </summary>
/// <remarks>
/// Cost is N·M·D on all threads, in vectors of single precision; each row's sum is double, and rows are added in order,
/// so the result does not depend on the number of threads.
/// </remarks>
internal static class PairSums
{
    // A chunk of values is added in single precision before it goes to the double sum: short enough for seven digits to
    // suffice, long enough to make the conversion cheap.
    private const int VectorsPerChunk = 16;

    /// <summary>The sums of each point over another set.</summary>
    /// <param name="kernel">k.</param>
    /// <param name="points">The points x_i, [N, D].</param>
    /// <param name="others">The points y_j, [M, D].</param>
    public static Result Over<TKernel>(TKernel kernel, PointSet points, PointSet others)
        where TKernel : struct, IPairKernel
    {
        float[] columns = Columns(others);
        double[] rows = new double[points.Count];
        double[] squares = new double[points.Count];
        Parallel.For(0, rows.Length, i =>
            (rows[i], squares[i]) = Row(kernel, points[i], columns, others.Count));
        return new Result(rows, Sum(squares));
    }

    /// <summary>Adds numbers in order.</summary>
    public static double Sum(double[] values)
    {
        double total = 0.0;
        foreach (double value in values)
        {
            total += value;
        }

        return total;
    }

    /// <summary>The values of a set by dimension, [D, N].</summary>
    public static float[] Columns(PointSet points)
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

    /// <summary>The squared distances of a point to the next few of a set.</summary>
    /// <param name="point">The point, [D].</param>
    /// <param name="columns">The set, [D, count].</param>
    /// <param name="count">The points of the set.</param>
    /// <param name="first">The first of them.</param>
    public static Vector<float> SquaredDistances(ReadOnlySpan<float> point, float[] columns, int count, int first)
    {
        Vector<float> squared = Vector<float>.Zero;
        for (int d = 0; d < point.Length; d++)
        {
            Vector<float> difference =
                new Vector<float>(columns.AsSpan((d * count) + first, Vector<float>.Count)) - new Vector<float>(point[d]);
            squared += difference * difference;
        }

        return squared;
    }

    /// <summary>The squared distance of a point to one of a set.</summary>
    /// <param name="point">The point, [D].</param>
    /// <param name="columns">The set, [D, count].</param>
    /// <param name="count">The points of the set.</param>
    /// <param name="index">Which of them.</param>
    public static float SquaredDistance(ReadOnlySpan<float> point, float[] columns, int count, int index)
    {
        float squared = 0.0f;
        for (int d = 0; d < point.Length; d++)
        {
            float difference = columns[(d * count) + index] - point[d];
            squared += difference * difference;
        }

        return squared;
    }

    private static (double Sum, double Squares) Row<TKernel>(
        TKernel kernel, ReadOnlySpan<float> point, float[] columns, int count)
        where TKernel : struct, IPairKernel
    {
        int width = Vector<float>.Count;
        double sum = 0.0;
        double squares = 0.0;
        int j = 0;
        while (j + width <= count)
        {
            Vector<float> chunk = Vector<float>.Zero;
            Vector<float> chunkSquares = Vector<float>.Zero;
            int end = Math.Min(j + (width * VectorsPerChunk), count - width + 1);
            for (; j < end; j += width)
            {
                Vector<float> value = kernel.Of(SquaredDistances(point, columns, count, j));
                chunk += value;
                chunkSquares += value * value;
            }

            sum += Widened(chunk);
            squares += Widened(chunkSquares);
        }

        for (; j < count; j++)
        {
            float value = kernel.Of(SquaredDistance(point, columns, count, j));
            sum += value;
            squares += value * value;
        }

        return (sum, squares);
    }

    private static double Widened(Vector<float> values)
    {
        Vector.Widen(values, out Vector<double> low, out Vector<double> high);
        return Vector.Sum(low + high);
    }

    /// <summary>Sums over all pairs.</summary>
    /// <param name="Rows">Σ_j k(x_i, y_j), [N].</param>
    /// <param name="Squares">Σ_ij k(x_i, y_j)².</param>
    internal sealed record Result(double[] Rows, double Squares)
    {
        /// <summary>Σ_ij k(x_i, y_j).</summary>
        public double Total => Sum(Rows);
    }
}
