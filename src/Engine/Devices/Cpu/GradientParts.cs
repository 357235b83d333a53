using ScoreGpu.Kernels.Cpu;

namespace ScoreGpu.Engine.Devices.Cpu;

/// <summary>The gradient of a batch in parts, each over a few neighbouring tiles, and summed when it is read.</summary>
/// <remarks>
/// A part holds 1, 2 or 4 tiles and is a sum in pairs, and so is the sum over the parts: in all it is one over tiles, in pairs,
/// whatever the parts' size, which may therefore depend on the number of threads. What the parts leave zero, the tower of
/// levels, has a gradient of its own, which is added.
/// </remarks>
internal sealed unsafe class GradientParts : IDisposable
{
    /// <summary>The most tiles in a part.</summary>
    public const int MostTiles = 4;

    private readonly TileKernels _kernels;
    private readonly long _length;
    private readonly long _trunk;
    private readonly List<NativeBuffer> _parts = [];
    private readonly NativeBuffer? _tower;
    private NativeBuffer? _earlier;
    private bool _hasEarlier;
    private int _count;

    /// <summary>Allocates nothing but the tower's.</summary>
    /// <param name="length">Weights.</param>
    /// <param name="trunk">The first that the parts have a gradient of.</param>
    /// <param name="hasTower">Whether others have one too.</param>
    /// <param name="kernels">The kernels.</param>
    public GradientParts(long length, long trunk, bool hasTower, TileKernels kernels)
    {
        _length = length;
        _trunk = trunk;
        _tower = hasTower ? new NativeBuffer(length) : null;
        _kernels = kernels;
    }

    /// <summary>The gradient of the tower of levels.</summary>
    public float* Tower => _tower!.Address;

    /// <summary>Buffers that <see cref="Sum"/> needs, each of as many elements as are summed.</summary>
    public int Buffers => PairwiseSum.BuffersFor(_count);

    /// <summary>A part.</summary>
    public float* this[int part] => _parts[part].Address;

    /// <summary>Tiles in a part, the last of which may have fewer: the fewest parts that keep no thread waiting.</summary>
    /// <param name="tiles">Tiles in all.</param>
    /// <param name="threads">Threads that share them.</param>
    public static int TilesFor(int tiles, int threads)
    {
        int best = MostTiles;
        for (int size = MostTiles; size >= 1; size /= 2)
        {
            best = Longest(size) < Longest(best) ? size : best;
        }

        return best;

        // Tiles of the thread that has most.
        int Longest(int size) => Math.Min(tiles, ((((tiles + size - 1) / size) + threads - 1) / threads) * size);
    }

    /// <summary>Begins a gradient, or goes on with one after <see cref="Keep"/>.</summary>
    /// <param name="count">The parts.</param>
    /// <param name="continues">Whether what was kept is to be added.</param>
    public void Begin(int count, bool continues)
    {
        _count = count;
        _hasEarlier = continues;
        while (_parts.Count < count)
        {
            _parts.Add(new NativeBuffer(_length));
        }
    }

    /// <summary>Allocates what <see cref="Keep"/> writes.</summary>
    public void PrepareToKeep() => _earlier ??= new NativeBuffer(_length);

    /// <summary>Keeps the sum so far of some elements of the trunk's gradient, for parts to come.</summary>
    /// <param name="first">The first element.</param>
    /// <param name="count">How many.</param>
    /// <param name="scratch">Room for <see cref="Buffers"/> of them.</param>
    public void Keep(long first, int count, float* scratch)
    {
        SumTrunk(first, count, scratch);
        Copy(scratch, _earlier!.Address + first, count);
    }

    /// <summary>Sums some elements of the gradient.</summary>
    /// <param name="first">The first element.</param>
    /// <param name="count">How many.</param>
    /// <param name="sum">Receives the sums; room for <see cref="Buffers"/> of them.</param>
    public void Sum(long first, int count, float* sum)
    {
        if (first + count <= _trunk)
        {
            Copy(_tower!.Address + first, sum, count);
            return;
        }

        SumTrunk(first, count, sum);
        if (_tower is not null)
        {
            _kernels.Add(sum, _tower.Address + first, sum, count);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (NativeBuffer part in _parts)
        {
            part.Dispose();
        }

        _tower?.Dispose();
        _earlier?.Dispose();
    }

    private static void Copy(float* source, float* target, int count) =>
        new Span<float>(source, count).CopyTo(new Span<float>(target, count));

    private void SumTrunk(long first, int count, float* sum)
    {
        SumParts(0, _count, first, count, sum);
        if (_hasEarlier)
        {
            _kernels.Add(sum, _earlier!.Address + first, sum, count);
        }
    }

    // As PairwiseSum does, but for terms that are there already: a sum of one is where it is.
    private void SumParts(int part, int parts, long first, int count, float* sum)
    {
        if (parts == 1)
        {
            Copy(this[part] + first, sum, count);
            return;
        }

        int left = PairwiseSum.LeftOf(parts);
        _kernels.Add(Branch(part, left, sum), Branch(part + left, parts - left, sum + count), sum, count);

        float* Branch(int from, int terms, float* scratch)
        {
            if (terms == 1)
            {
                return this[from] + first;
            }

            SumParts(from, terms, first, count, scratch);
            return scratch;
        }
    }
}
