using ScoreGpu.Kernels;

namespace ScoreGpu.Engine.Distributions;

/// <summary>A distribution in the plane that makes a point from a few uniforms and two normals.</summary>
/// <remarks>
/// Point n takes its uniforms from the four words of draw <see cref="PhiloxStreams.FirstUniformDraw"/> and its normals
/// from draw 0, all of sample n in the stream <see cref="PhiloxStreams.MixtureSampling"/>.
/// </remarks>
public abstract class PlanarDistribution : IDistribution
{
    /// <summary>The dimension of the plane.</summary>
    public const int PlaneDimension = 2;

    private const double WordToUnit = 1.0 / 4294967296.0;
    private const int PointsPerBlock = 64;

    /// <inheritdoc/>
    public int Dimension => PlaneDimension;

    /// <inheritdoc/>
    public double LogDensity(ReadOnlySpan<double> x) =>
        x.Length == PlaneDimension
            ? LogDensity(x[0], x[1])
            : throw new ArgumentException($"x has {x.Length} entries; expected {PlaneDimension}.", nameof(x));

    /// <summary>ln p(x, y), in nats; −∞ where p is 0, NaN where a coordinate is not finite.</summary>
    public abstract double LogDensity(double x, double y);

    /// <inheritdoc/>
    public double[] LogDensities(float[] points)
    {
        ArgumentNullException.ThrowIfNull(points);
        if (points.Length % PlaneDimension != 0)
        {
            throw new ArgumentException(
                $"points has {points.Length} values; expected a multiple of {PlaneDimension}.", nameof(points));
        }

        double[] result = new double[points.Length / PlaneDimension];
        Parallel.For(0, (result.Length + PointsPerBlock - 1) / PointsPerBlock, block =>
        {
            int end = Math.Min(result.Length, (block + 1) * PointsPerBlock);
            for (int i = block * PointsPerBlock; i < end; i++)
            {
                result[i] = LogDensity(points[2 * i], points[(2 * i) + 1]);
            }
        });
        return result;
    }

    /// <inheritdoc/>
    public float[] Sample(int count, ulong seed, uint first = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        float[] points = new float[checked(count * PlaneDimension)];
        Span<double> uniforms = stackalloc double[4];
        Span<double> normals = stackalloc double[PlaneDimension];
        for (int i = 0; i < count; i++)
        {
            uint sample = first + (uint)i;
            (uint w0, uint w1, uint w2, uint w3) = Philox.Next(
                sample,
                0,
                PhiloxStreams.FirstUniformDraw,
                PhiloxStreams.MixtureSampling,
                (uint)seed,
                (uint)(seed >> 32));
            uniforms[0] = Unit(w0);
            uniforms[1] = Unit(w1);
            uniforms[2] = Unit(w2);
            uniforms[3] = Unit(w3);
            NormalDraws.Fill(seed, sample, 0, PhiloxStreams.MixtureSampling, normals);
            (double x, double y) = PointOf(uniforms, normals);
            points[2 * i] = (float)x;
            points[(2 * i) + 1] = (float)y;
        }

        return points;
    }

    /// <summary>The point that belongs to independent draws.</summary>
    /// <param name="uniforms">Four numbers, uniform on (0, 1).</param>
    /// <param name="normals">Two standard normals.</param>
    protected abstract (double X, double Y) PointOf(ReadOnlySpan<double> uniforms, ReadOnlySpan<double> normals);

    // The middle of the word's interval, so that neither end is met.
    private static double Unit(uint word) => (word + 0.5) * WordToUnit;
}
