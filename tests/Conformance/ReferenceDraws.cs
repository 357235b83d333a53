using ScoreGpu.Engine.Data;
using ScoreGpu.Engine.Distributions;
using ScoreGpu.Engine.Training;
using ScoreGpu.Kernels;

namespace ScoreGpu.Tests.Conformance;

/// <summary>The batches that a trainer draws, drawn in double from the definition of the streams.</summary>
internal static class ReferenceDraws
{
    public static PointSetData Points { get; } =
        new(new PointSet([1, 2, -3, 0.5f, 0, -1, 4, 4, 2, 1], 5, 2));

    public static MixtureData Mixture { get; } = new(
        new GaussianMixture(
            [0.5, 0.2, 0.3],
            [[1.0, 2.0], [-3.0, 0.0], [0.0, 0.0]],
            [
                new[,] { { 1.0, 0.6 }, { 0.6, 2.0 } },
                new[,] { { 0.2, 0.0 }, { 0.0, 0.1 } },
                new[,] { { 1.0, -0.3 }, { -0.3, 1.0 } },
            ]));

    public static TrainingBatch Batch(TrainingData data, Objective objective, TrainingOptions options, uint step)
    {
        int levels = objective is DenoisingObjective denoising ? denoising.Levels.Count : 1;
        float[] clean = new float[2 * options.BatchSize];
        float[] noise = new float[2 * options.BatchSize];
        int[] indices = new int[options.BatchSize];
        double[] z = new double[2];
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
            for (int d = 0; d < 2; d++)
            {
                clean[(2 * n) + d] = (float)x[d];
                noise[(2 * n) + d] = objective is SlicedObjective { Probes: ProbeKind.Rademacher }
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
        var point = points[(int)Math.Floor(word / 4294967296.0 * points.Count)];
        return [point[0], point[1]];
    }

    private static double[] Next(PointSet points, TrainingOptions options, uint step, int n)
    {
        int draw = ((int)step * options.BatchSize) + n;
        EpochPermutation order = new(options.Seed, (ulong)(draw / points.Count), points.Count);
        var point = points[order[draw % points.Count]];
        return [point[0], point[1]];
    }

    private static double[] Coloured(MixtureData data, uint word, double[] z)
    {
        var mixture = data.Mixture;
        double u = word / 4294967296.0;
        int k = u < 0.5 ? 0 : u < 0.7 ? 1 : 2;
        var mean = mixture.Mean(k);
        var factor = mixture.Cholesky(k);
        return [mean[0] + (factor[0] * z[0]), mean[1] + (factor[2] * z[0]) + (factor[3] * z[1])];
    }
}
