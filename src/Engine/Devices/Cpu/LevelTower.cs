using ScoreGpu.Kernels.Cpu;

namespace ScoreGpu.Engine.Devices.Cpu;

/// <summary>The tower of levels under training: the bias table of every level forward, its gradient backward.</summary>
/// <remarks>
/// The levels are the tower's samples. Forward it leaves b₁ for each level; the trunk's first δ, summed over the
/// samples of each level, is the gradient of that table; backward it goes to the tower's weights and the embedding.
/// </remarks>
internal sealed unsafe class LevelTower : IDisposable
{
    private readonly CpuChains _chains;
    private readonly CpuChains _gradients;
    private readonly TileKernels _kernels;
    private readonly float[] _conditions;
    private readonly int[] _embeddingRows;
    private readonly Tape _tape;
    private readonly NativeBuffer? _features;
    private readonly NativeBuffer _records;
    private readonly NativeBuffer _derivatives;
    private readonly NativeBuffer _table;
    private readonly NativeBuffer _tableGradient;
    private readonly NativeBuffer _featureGradient;
    private readonly NativeBuffer _deltas;
    private readonly int[] _deltaLevels;
    private readonly int[] _deltaSamples;
    private readonly int _deltaLength;
    private readonly bool _sampleMajor;
    private readonly int _hidden;
    private readonly int _rowStride;

    /// <summary>Allocates for a list of levels.</summary>
    /// <param name="chains">The network.</param>
    /// <param name="gradients">Where its gradient goes.</param>
    /// <param name="conditions">The levels.</param>
    /// <param name="sampleTiles">The most tiles of samples at once.</param>
    /// <param name="kernels">The kernels.</param>
    public LevelTower(
        CpuChains chains, CpuChains gradients, float[] conditions, int sampleTiles, TileKernels kernels)
    {
        _chains = chains;
        _gradients = gradients;
        _kernels = kernels;
        _conditions = conditions;
        _embeddingRows = [.. conditions.Select(condition => (int)condition)];
        _hidden = chains.Architecture.Hidden;
        _rowStride = Tape.RoundUp(_hidden);
        _tape = new Tape(chains.Tower, 0);
        Tiles = Tile.CountFor(conditions.Length);
        if (chains.Architecture.Conditioning is Networks.ComputedFeatures)
        {
            // They have no weights: once is enough.
            _features = new NativeBuffer((long)Tiles * FeatureStride);
            for (int tile = 0; tile < Tiles; tile++)
            {
                chains.FillLevelFeatures(LevelsOf(tile), _features.Address + ((long)tile * FeatureStride));
            }
        }

        _sampleMajor = chains.Trunk[0].IsNarrow;
        _deltaLength = Tape.DeltaLength(chains.Trunk[0]);
        _deltas = new NativeBuffer((long)sampleTiles * _deltaLength);
        _deltaLevels = new int[sampleTiles * Tile.Width];
        _deltaSamples = new int[sampleTiles];
        _records = new NativeBuffer((long)Tiles * _tape.TileStride);
        _derivatives = new NativeBuffer((long)Tiles * _tape.DerivativesLength);
        _table = new NativeBuffer((long)Tiles * Tile.Width * _rowStride);
        _tableGradient = new NativeBuffer((long)Tiles * Tile.Width * _rowStride);
        _featureGradient = new NativeBuffer((long)Tiles * chains.LevelFeatures * Tile.Width);
        foreach (var layer in chains.Tower)
        {
            WeightPieces += TileKernels.WeightBlocks(layer);
        }
    }

    /// <summary>Tiles of levels: pieces of the passes below.</summary>
    public int Tiles { get; }

    /// <summary>Pieces of <see cref="WeightGradient"/>, before the one of <see cref="EmbeddingGradient"/>.</summary>
    public int WeightPieces { get; }

    /// <summary>Computes b₁ of 64 levels.</summary>
    public void Forward(int tile, TrainingTile worker)
    {
        int first = tile * Tile.Width;
        float* features = worker.Delta;
        if (_features is not null)
        {
            features = _features.Address + ((long)tile * FeatureStride);
        }
        else
        {
            _chains.FillLevelFeatures(LevelsOf(tile), features);
        }

        _kernels.TrainForward(
            _chains.Tower,
            _chains.Tower[0].Bias,
            _tape,
            _records.Address + ((long)tile * _tape.TileStride),
            _derivatives.Address + ((long)tile * _tape.DerivativesLength),
            features,
            worker.Ping,
            worker.Pong,
            worker.Scratch,
            Tile.ColumnsFor(LevelsOf(tile).Length));
        TransposeKernel.ToSampleMajor(
            worker.Scratch, _hidden, _table.Address + ((long)first * _rowStride), _rowStride);
    }

    /// <summary>Writes b₁ of each sample's level, feature-major [H, 64].</summary>
    public void Gather(int* levels, float* bias) =>
        TransposeKernel.GatherToFeatureMajor(_table.Address, levels, _rowStride, _hidden, bias);

    /// <summary>Keeps the first δ of a tile of samples for <see cref="Scatter"/>.</summary>
    /// <param name="tile">Which of the tiles at once.</param>
    /// <param name="delta">The trunk's first δ as the tape holds it.</param>
    /// <param name="samples">Samples in the tile.</param>
    /// <param name="levels">The level of each.</param>
    public void KeepDelta(int tile, float* delta, int samples, int* levels)
    {
        new Span<float>(delta, _deltaLength).CopyTo(
            new Span<float>(_deltas.Address + ((long)tile * _deltaLength), _deltaLength));
        new Span<int>(levels, Tile.Width).CopyTo(_deltaLevels.AsSpan(tile * Tile.Width));
        _deltaSamples[tile] = samples;
    }

    /// <summary>Adds the δ that were kept to the gradient of those among 64 levels that they were drawn at.</summary>
    /// <param name="tile">The tile of levels.</param>
    /// <param name="tiles">Tiles of samples.</param>
    /// <param name="accumulate">Whether to add to what is there.</param>
    public void Scatter(int tile, int tiles, bool accumulate)
    {
        if (!accumulate)
        {
            int count = Tile.Width * _rowStride;
            new Span<float>(_tableGradient.Address + ((long)tile * count), count).Clear();
        }

        fixed (int* levels = _deltaLevels)
        {
            for (int from = 0; from < tiles; from++)
            {
                AddByLevel(
                    tile,
                    _deltas.Address + ((long)from * _deltaLength),
                    _deltaSamples[from],
                    levels + (from * Tile.Width));
            }
        }
    }

    /// <summary>Carries the gradient of 64 levels back through the tower.</summary>
    public void Backward(int tile, TrainingTile worker)
    {
        int first = tile * Tile.Width;
        int levels = Math.Min(Tile.Width, _conditions.Length - first);
        TransposeKernel.ToFeatureMajor(
            _tableGradient.Address + ((long)first * _rowStride), levels, _rowStride, _hidden, worker.Delta);
        bool hasEmbedding = _chains.Embedding != null;
        _kernels.TrainBackward(
            _chains.Tower,
            _tape,
            _records.Address + ((long)tile * _tape.TileStride),
            _derivatives.Address + ((long)tile * _tape.DerivativesLength),
            worker.Delta,
            worker.Scratch,
            hasEmbedding ? worker.Ping : null,
            Tile.ColumnsFor(levels));
        if (hasEmbedding)
        {
            int width = _chains.LevelFeatures;
            TransposeKernel.ToSampleMajor(
                worker.Ping, width, _featureGradient.Address + ((long)first * width), width);
        }
    }

    /// <summary>One block of one layer's weight gradient.</summary>
    public void WeightGradient(int piece)
    {
        for (int l = 0; l < _chains.Tower.Length; l++)
        {
            int blocks = TileKernels.WeightBlocks(_chains.Tower[l]);
            if (piece < blocks)
            {
                _kernels.WeightGradient(
                    _chains.Tower[l],
                    l,
                    _tape,
                    _records.Address,
                    _conditions.Length,
                    piece,
                    _gradients.Tower[l].Weights,
                    _gradients.Tower[l].Bias);
                return;
            }

            piece -= blocks;
        }
    }

    /// <summary>The gradient of the learned table: the levels' own rows, zero elsewhere.</summary>
    public void EmbeddingGradient()
    {
        if (_chains.Embedding == null)
        {
            return;
        }

        int width = _chains.LevelFeatures;
        int rows = ((Networks.LearnedEmbedding)_chains.Architecture.Conditioning).Steps;
        new Span<float>(_gradients.Embedding, rows * width).Clear();
        fixed (int* embeddingRows = _embeddingRows)
        {
            _kernels.ScatterAdd(
                _gradients.Embedding,
                embeddingRows,
                width,
                _featureGradient.Address,
                width,
                _conditions.Length,
                width,
                0,
                int.MaxValue);
        }
    }

    private void AddByLevel(int tile, float* delta, int samples, int* levels)
    {
        if (_sampleMajor)
        {
            for (int panel = 0; panel < _hidden; panel += Tile.Width)
            {
                _kernels.ScatterAdd(
                    _tableGradient.Address + panel,
                    levels,
                    _rowStride,
                    delta + (panel * Tile.Width),
                    Tile.Width,
                    samples,
                    Math.Min(Tile.Width, _hidden - panel),
                    tile * Tile.Width,
                    Tile.Width);
            }

            return;
        }

        for (int n = 0; n < samples; n++)
        {
            if (levels[n] / Tile.Width == tile)
            {
                float* target = _tableGradient.Address + ((long)levels[n] * _rowStride);
                for (int f = 0; f < _hidden; f++)
                {
                    target[f] += delta[(f * Tile.Width) + n];
                }
            }
        }
    }

    private int FeatureStride => _chains.LevelFeatures * Tile.Width;

    private ReadOnlySpan<float> LevelsOf(int tile) =>
        _conditions.AsSpan(tile * Tile.Width, Math.Min(Tile.Width, _conditions.Length - (tile * Tile.Width)));

    /// <inheritdoc/>
    public void Dispose()
    {
        _features?.Dispose();
        _deltas.Dispose();
        _records.Dispose();
        _derivatives.Dispose();
        _table.Dispose();
        _tableGradient.Dispose();
        _featureGradient.Dispose();
    }
}
