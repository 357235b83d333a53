using ScoreGpu.Kernels;

namespace ScoreGpu.Engine.Distributions;

/// <content>Samples: x = μ_k + L_k z with k drawn by weight.</content>
public sealed partial class GaussianMixture
{
    /// <inheritdoc/>
    public float[] Sample(int count, ulong seed, uint first = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        float[] points = new float[checked(count * Dimension)];
        Span<double> point = new double[Dimension];
        for (int i = 0; i < count; i++)
        {
            SamplePoint(seed, first + (uint)i, 0, PhiloxStreams.MixtureSampling, point);
            for (int j = 0; j < point.Length; j++)
            {
                points[(i * Dimension) + j] = (float)point[j];
            }
        }

        return points;
    }

    /// <summary>Draws points in double precision: the same points as <see cref="Sample"/> before rounding.</summary>
    /// <param name="count">The number of points N, at least 0.</param>
    /// <param name="seed">The seed.</param>
    /// <returns>The points, [N, D] row-major. Point i depends on the seed and i alone.</returns>
    public double[] SampleDoubles(int count, ulong seed)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        double[] points = new double[checked(count * Dimension)];
        for (int i = 0; i < count; i++)
        {
            SamplePoint(
                seed, (uint)i, 0, PhiloxStreams.MixtureSampling, points.AsSpan(i * Dimension, Dimension));
        }

        return points;
    }

    /// <summary>
    /// Draws the one point that belongs to (seed, sample, row, stream): the component from word X0 of draw
    /// <see cref="PhiloxStreams.FirstUniformDraw"/>, the normals from draws 0, 1, ….
    /// </summary>
    /// <param name="seed">The seed.</param>
    /// <param name="sample">The index of the point in the whole run.</param>
    /// <param name="row">The row of the program, or the training step.</param>
    /// <param name="stream">One of <see cref="PhiloxStreams"/>.</param>
    /// <param name="point">Receives the point, [D].</param>
    /// <returns>The component that the point was drawn from.</returns>
    public int SamplePoint(ulong seed, uint sample, uint row, uint stream, Span<double> point)
    {
        RequirePoint(point.Length, nameof(point));
        (uint word, _, _, _) = Philox.Next(
            sample, row, PhiloxStreams.FirstUniformDraw, stream, (uint)seed, (uint)(seed >> 32));
        int component = 0;
        for (int k = 0; k < ComponentCount - 1; k++)
        {
            component += word >= _selectionThresholds[k] ? 1 : 0;
        }

        NormalDraws.Fill(seed, sample, row, stream, point);
        ReadOnlySpan<double> mean = Mean(component);
        ReadOnlySpan<double> factor = Cholesky(component);

        // From the last entry up, so that each still finds the normals that it needs in place.
        for (int i = point.Length - 1; i >= 0; i--)
        {
            double sum = mean[i];
            for (int j = 0; j <= i; j++)
            {
                sum += factor[(i * point.Length) + j] * point[j];
            }

            point[i] = sum;
        }

        return component;
    }
}
