using ScoreGpu.Engine.Data;
using ScoreGpu.Engine.Training;
using ScoreGpu.Kernels;

namespace ScoreGpu.Engine.Verification.Reference;

/// <summary>The batches that a trainer draws, drawn in double from the definition of the streams.</summary>
internal static class ReferenceBatch
{
    /// <summary>The batch of a step.</summary>
    /// <param name="data">Where the points come from.</param>
    /// <param name="objective">Whose levels are drawn, or whose probes.</param>
    /// <param name="options">The batch size and the key.</param>
    /// <param name="step">The step, from 0.</param>
    public static TrainingBatch Of(TrainingData data, Objective objective, TrainingOptions options, uint step)
    {
        int levels = objective is DenoisingObjective denoising ? denoising.Levels.Count : 1;
        int dimension = data.Dimension;
        float[] clean = new float[dimension * options.BatchSize];
        float[] noise = new float[dimension * options.BatchSize];
        int[] indices = new int[options.BatchSize];
        double[] z = new double[dimension];
        for (int n = 0; n < options.BatchSize; n++)
        {
            uint word = Uniform(options.Seed, step, (uint)n, PhiloxStreams.TrainingData);
            NormalDraws.Fill(options.Seed, (uint)n, step, PhiloxStreams.TrainingData, z);
            double[] x = data switch
            {
                PointSetData { Order: DrawOrder.Shuffled } set => Next(set.Points, options, step, n),
                PointSetData set => Chosen(set.Points, word),
                _ => Coloured((MixtureData)data, word, z),
            };
            NormalDraws.Fill(options.Seed, (uint)n, step, PhiloxStreams.TrainingNoise, z);
            for (int d = 0; d < dimension; d++)
            {
                clean[(dimension * n) + d] = (float)x[d];
                noise[(dimension * n) + d] = objective is SlicedObjective { Probes: ProbeKind.Rademacher }
                    ? Math.Sign(z[d])
                    : (float)z[d];
            }

            uint level = Uniform(options.Seed, step, (uint)n, PhiloxStreams.TrainingNoise);
            indices[n] = (int)Math.Floor(level / 4294967296.0 * levels);
        }

        return new TrainingBatch(clean, noise, levels == 1 ? [] : indices);
    }

    private static uint Uniform(ulong seed, uint step, uint sample, uint stream) =>
        Philox.Next(sample, step, PhiloxStreams.FirstUniformDraw, stream, (uint)seed, (uint)(seed >> 32)).X0;

    private static double[] Chosen(PointSet points, uint word)
    {
        return Widen(points[(int)Math.Floor(word / 4294967296.0 * points.Count)]);
    }

    private static double[] Next(PointSet points, TrainingOptions options, uint step, int n)
    {
        int draw = ((int)step * options.BatchSize) + n;
        EpochPermutation order = new(options.Seed, (ulong)(draw / points.Count), points.Count);
        return Widen(points[order[draw % points.Count]]);
    }

    private static double[] Coloured(MixtureData data, uint word, double[] z)
    {
        var mixture = data.Mixture;
        double u = word / 4294967296.0;
        double below = mixture.Weights[0];
        int k = 0;
        while (u >= below && k + 1 < mixture.ComponentCount)
        {
            below += mixture.Weights[++k];
        }

        double[] x = mixture.Mean(k).ToArray();
        var factor = mixture.Cholesky(k);
        for (int d = 0; d < x.Length; d++)
        {
            for (int e = 0; e <= d; e++)
            {
                x[d] += factor[(d * x.Length) + e] * z[e];
            }
        }

        return x;
    }

    private static double[] Widen(ReadOnlySpan<float> point)
    {
        double[] wide = new double[point.Length];
        for (int d = 0; d < wide.Length; d++)
        {
            wide[d] = point[d];
        }

        return wide;
    }
}
