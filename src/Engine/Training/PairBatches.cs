using ScoreGpu.Engine.Data;
using ScoreGpu.Kernels;

namespace ScoreGpu.Engine.Training;

/// <summary>Batches of a table of pairs (x₀, ε) that belong together, as a model made them.</summary>
/// <remarks>
/// Trained on the pairs that its own flow connects, a flow becomes straighter: Liu, Gong and Liu, 2022, arXiv:2209.03003,
/// section 2.1. Pairs and levels are drawn uniformly, pair and level of sample n of a step as a trainer draws its own.
/// </remarks>
public sealed class PairBatches : IBatchSource
{
    private readonly PointSet _clean;
    private readonly PointSet _noise;
    private readonly int _levels;
    private readonly int _count;
    private readonly ulong _seed;

    /// <summary>Takes a table.</summary>
    /// <param name="clean">x₀ of each pair.</param>
    /// <param name="noise">ε of each pair.</param>
    /// <param name="levels">Levels of the objective, at least 1.</param>
    /// <param name="count">Samples a batch, at least 1.</param>
    /// <param name="seed">The key of every draw.</param>
    /// <exception cref="InputException">The two sets do not have the same shape, or are empty.</exception>
    public PairBatches(PointSet clean, PointSet noise, int levels, int count, ulong seed)
    {
        ArgumentNullException.ThrowIfNull(clean);
        ArgumentNullException.ThrowIfNull(noise);
        ArgumentOutOfRangeException.ThrowIfLessThan(levels, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        TrainingOptions.Require(
            clean.Count > 0 && clean.Count == noise.Count && clean.Dimension == noise.Dimension,
            "pairs",
            $"{clean.Count} points of dimension {clean.Dimension} and {noise.Count} of {noise.Dimension}",
            "as many of one as of the other, at least one, of one dimension");
        _clean = clean;
        _noise = noise;
        _levels = levels;
        _count = count;
        _seed = seed;
    }

    /// <inheritdoc/>
    public TrainingBatch Next(int step)
    {
        int dimension = _clean.Dimension;
        float[] clean = new float[checked(_count * dimension)];
        float[] noise = new float[clean.Length];
        int[] levels = new int[_count];
        for (int n = 0; n < _count; n++)
        {
            int pair = Uniform(n, step, PhiloxStreams.TrainingData, _clean.Count);
            _clean[pair].CopyTo(clean.AsSpan(n * dimension));
            _noise[pair].CopyTo(noise.AsSpan(n * dimension));
            levels[n] = Uniform(n, step, PhiloxStreams.TrainingNoise, _levels);
        }

        return new TrainingBatch(clean, noise, levels);
    }

    private int Uniform(int sample, int step, uint stream, int count)
    {
        (uint word, _, _, _) = Philox.Next(
            (uint)sample, (uint)step, PhiloxStreams.FirstUniformDraw, stream, (uint)_seed, (uint)(_seed >> 32));
        return (int)(((ulong)word * (uint)count) >> 32);
    }
}
