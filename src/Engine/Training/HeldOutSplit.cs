using ScoreGpu.Engine.Data;
using ScoreGpu.Kernels;

namespace ScoreGpu.Engine.Training;

/// <summary>Data in two parts: to train on, and to hold out.</summary>
/// <param name="Training">What is left to train on.</param>
/// <param name="Points">The held-out points, [N, D].</param>
public sealed record HeldOutSplit(TrainingData Training, PointSet Points)
{
    /// <summary>Holds points out: drawn from a mixture, which stays as it is; taken out of a set.</summary>
    /// <param name="data">The data.</param>
    /// <param name="count">Points to hold out, at least 1; fewer than a set has.</param>
    /// <param name="seed">Decides which.</param>
    /// <exception cref="InputException">The set has not that many points and one more.</exception>
    public static HeldOutSplit Of(TrainingData data, int count, ulong seed)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        return data switch
        {
            MixtureData mixture => new HeldOutSplit(
                data, new PointSet(mixture.Mixture.Sample(count, seed), count, data.Dimension)),
            PointSetData set => Take(set, count, seed),
            _ => throw InputException.For("data", data.GetType().Name, "a mixture or a set of points, to hold out of"),
        };
    }

    /// <summary>The held-out batch of an objective: the points, with noise and levels of their own.</summary>
    /// <remarks>
    /// The levels take turns, so that each counts as often as the others: their share of the loss's variance is gone.
    /// </remarks>
    /// <param name="objective">The objective; not one that takes its targets from elsewhere.</param>
    /// <param name="seed">The key of the noise.</param>
    public TrainingBatch Batch(Objective objective, ulong seed)
    {
        int dimension = Points.Dimension;
        int levels = objective is DenoisingObjective denoising ? denoising.Levels.Count : 0;
        float[] noise = objective is HyvarinenObjective ? [] : new float[Points.Values.Length];
        Span<double> point = new double[dimension];
        for (int n = 0; n < noise.Length / dimension; n++)
        {
            NormalDraws.Fill(seed, (uint)n, 0, PhiloxStreams.HeldOut, point);
            for (int d = 0; d < dimension; d++)
            {
                noise[(n * dimension) + d] = (float)point[d];
            }
        }

        (objective as SlicedObjective)?.FromNormals(noise);
        int[] turns = levels == 0 ? [] : new int[Points.Count];
        for (int n = 0; n < turns.Length; n++)
        {
            turns[n] = (int)((((2L * n) + 1) * levels) / (2L * turns.Length));
        }

        return new TrainingBatch(Points.Values, noise, turns);
    }

    private static HeldOutSplit Take(PointSetData set, int count, ulong seed)
    {
        PointSet points = set.Points;
        TrainingOptions.Require(
            count < points.Count, "held-out points", count, $"fewer than the data's {points.Count} points");
        int[] order = [.. Enumerable.Range(0, points.Count)];
        for (int i = 0; i < count; i++)
        {
            // Fisher–Yates, as far as it is needed.
            (uint word, _, _, _) = Philox.Next(
                (uint)i, 0, PhiloxStreams.FirstUniformDraw, PhiloxStreams.HeldOut, (uint)seed, (uint)(seed >> 32));
            int j = i + (int)(((ulong)word * (uint)(points.Count - i)) >> 32);
            (order[i], order[j]) = (order[j], order[i]);
        }

        Array.Sort(order, count, order.Length - count);
        return new HeldOutSplit(set with { Points = Select(order[count..]) }, Select(order[..count]));

        PointSet Select(int[] indices)
        {
            float[] values = new float[indices.Length * points.Dimension];
            for (int n = 0; n < indices.Length; n++)
            {
                points[indices[n]].CopyTo(values.AsSpan(n * points.Dimension));
            }

            return new PointSet(values, indices.Length, points.Dimension);
        }
    }
}
