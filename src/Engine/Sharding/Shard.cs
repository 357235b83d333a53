using ScoreGpu.Engine.Likelihoods;
using ScoreGpu.Engine.Samplers;

namespace ScoreGpu.Engine.Sharding;

/// <summary>One of the parts that a run is cut into, so that several machines share it.</summary>
/// <remarks>
/// Of N samples or points, shard i of n takes those from ⌊N·(i − 1)/n⌋ to ⌊N·i/n⌋ − 1: in order, each once, and no two
/// shards' counts differ by more than one. With more shards than samples some are empty. Random draws depend on the index
/// in the whole run, so that the parts are the run to the bit, wherever it is cut.
/// </remarks>
public readonly record struct Shard
{
    /// <summary>The most parts.</summary>
    public const int MostShards = 1_000_000;

    /// <summary>Chooses a part.</summary>
    /// <param name="index">i, from 1 to n.</param>
    /// <param name="count">n, from 1 to <see cref="MostShards"/>.</param>
    /// <exception cref="InputException">A number is out of range.</exception>
    public Shard(int index, int count)
    {
        if (count is < 1 or > MostShards)
        {
            throw InputException.For("the number of shards", count, $"1 to {MostShards}");
        }

        if (index < 1 || index > count)
        {
            throw InputException.For("the shard", index, $"1 to {count}: shards are counted from 1");
        }

        Index = index;
        Count = count;
    }

    /// <summary>i, from 1.</summary>
    public int Index { get; }

    /// <summary>n.</summary>
    public int Count { get; }

    /// <summary>What it takes.</summary>
    /// <param name="items">N, at least 0.</param>
    /// <returns>The index of its first item, from 0, and how many it has.</returns>
    public (int First, int Count) PartOf(int items)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(items);
        int first = (int)((long)items * (Index - 1) / Count);
        int end = (int)((long)items * Index / Count);
        return (first, end - first);
    }

    /// <summary>Its part of a run; null where it is empty.</summary>
    /// <param name="whole">The run; its noise is drawn, not given.</param>
    /// <param name="dimension">D, where a start is given.</param>
    public SampleRequest? PartOf(SampleRequest whole, int dimension)
    {
        ArgumentNullException.ThrowIfNull(whole);
        (int first, int count) = PartOf(whole.Count);
        return count == 0 ? null : SampleBatches.Part(whole, first, count, dimension);
    }

    /// <summary>Its part of a likelihood's points; null where it is empty.</summary>
    /// <param name="whole">The points.</param>
    /// <param name="dimension">D.</param>
    public TraceRequest? PartOf(TraceRequest whole, int dimension)
    {
        ArgumentNullException.ThrowIfNull(whole);
        (int first, int count) = PartOf(whole.Points.Length / dimension);
        return count == 0
            ? null
            : whole with
            {
                Points = whole.Points[(first * dimension)..((first + count) * dimension)],
                FirstSample = whole.FirstSample + (uint)first,
            };
    }

    /// <summary>As <c>3/8</c>.</summary>
    public override string ToString() => FormattableString.Invariant($"{Index}/{Count}");
}
