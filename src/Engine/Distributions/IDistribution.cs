namespace ScoreGpu.Engine.Distributions;

/// <summary>A distribution whose density is known and that points can be drawn from.</summary>
public interface IDistribution
{
    /// <summary>The dimension D.</summary>
    int Dimension { get; }

    /// <summary>ln p(x), in nats; −∞ where p is 0.</summary>
    /// <param name="x">The point, [D].</param>
    double LogDensity(ReadOnlySpan<double> x);

    /// <summary>ln p at every point, in nats.</summary>
    /// <param name="points">The points, [N, D] row-major.</param>
    /// <returns>The log-densities, [N].</returns>
    double[] LogDensities(float[] points);

    /// <summary>Draws points in single precision.</summary>
    /// <param name="count">The number of points N, at least 0.</param>
    /// <param name="seed">The seed.</param>
    /// <param name="first">The index of the first point.</param>
    /// <returns>The points, [N, D] row-major. Point i depends on the seed and on <paramref name="first"/> + i alone.
    /// </returns>
    float[] Sample(int count, ulong seed, uint first = 0);
}
