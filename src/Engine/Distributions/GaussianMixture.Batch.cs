namespace ScoreGpu.Engine.Distributions;

/// <content>The same quantities over many points at once, in parallel.</content>
public sealed partial class GaussianMixture
{
    private const int PointsPerBlock = 256;

    private delegate void PointAction(ReadOnlySpan<double> point, Span<double> scratch, int index);

    /// <summary>ln p at every point, in nats.</summary>
    /// <param name="points">The points, [N, D] row-major.</param>
    /// <returns>The log-densities, [N].</returns>
    public double[] LogDensities(float[] points)
    {
        double[] result = new double[CountOf(points)];
        ForEachPoint(points, result.Length, (point, _, i) => result[i] = LogDensity(point));
        return result;
    }

    /// <inheritdoc cref="LogDensities(float[])"/>
    public double[] LogDensities(double[] points)
    {
        double[] result = new double[CountOf(points)];
        ForEachPoint(points, result.Length, (point, _, i) => result[i] = LogDensity(point));
        return result;
    }

    /// <summary>The score at every point, rounded to single precision at the end.</summary>
    /// <param name="points">The points, [N, D] row-major.</param>
    /// <returns>The scores, [N, D] row-major.</returns>
    public float[] Scores(float[] points)
    {
        float[] result = new float[CountOf(points) * Dimension];
        ForEachPoint(points, CountOf(points), (point, scratch, i) =>
        {
            Score(point, scratch);
            for (int j = 0; j < scratch.Length; j++)
            {
                result[(i * scratch.Length) + j] = (float)scratch[j];
            }
        });
        return result;
    }

    /// <summary>The score at every point.</summary>
    /// <param name="points">The points, [N, D] row-major.</param>
    /// <returns>The scores, [N, D] row-major.</returns>
    public double[] Scores(double[] points)
    {
        double[] result = new double[points.Length];
        ForEachPoint(points, CountOf(points), (point, _, i) =>
            Score(point, result.AsSpan(i * point.Length, point.Length)));
        return result;
    }

    /// <summary>The divergence of the score at every point.</summary>
    /// <param name="points">The points, [N, D] row-major.</param>
    /// <returns>The divergences, [N].</returns>
    public double[] ScoreDivergences(float[] points)
    {
        double[] result = new double[CountOf(points)];
        ForEachPoint(points, result.Length, (point, _, i) => result[i] = ScoreDivergence(point));
        return result;
    }

    /// <inheritdoc cref="ScoreDivergences(float[])"/>
    public double[] ScoreDivergences(double[] points)
    {
        double[] result = new double[CountOf(points)];
        ForEachPoint(points, result.Length, (point, _, i) => result[i] = ScoreDivergence(point));
        return result;
    }

    private int CountOf<T>(T[] points)
    {
        ArgumentNullException.ThrowIfNull(points);
        if (points.Length % Dimension != 0)
        {
            throw new ArgumentException(
                $"points has {points.Length} values; expected a multiple of the dimension {Dimension}.",
                nameof(points));
        }

        return points.Length / Dimension;
    }

    private void ForEachPoint(float[] points, int count, PointAction action)
    {
        int blocks = (count + PointsPerBlock - 1) / PointsPerBlock;
        Parallel.For(0, blocks, block =>
        {
            double[] point = new double[Dimension];
            double[] scratch = new double[Dimension];
            int end = Math.Min(count, (block + 1) * PointsPerBlock);
            for (int i = block * PointsPerBlock; i < end; i++)
            {
                for (int j = 0; j < point.Length; j++)
                {
                    point[j] = points[(i * point.Length) + j];
                }

                action(point, scratch, i);
            }
        });
    }

    private void ForEachPoint(double[] points, int count, PointAction action)
    {
        int blocks = (count + PointsPerBlock - 1) / PointsPerBlock;
        Parallel.For(0, blocks, block =>
        {
            double[] scratch = new double[Dimension];
            int end = Math.Min(count, (block + 1) * PointsPerBlock);
            for (int i = block * PointsPerBlock; i < end; i++)
            {
                action(points.AsSpan(i * Dimension, Dimension), scratch, i);
            }
        });
    }
}
