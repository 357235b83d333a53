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
    private readonly Tape _tape;
    private readonly NativeBuffer _records;
    private readonly NativeBuffer _table;
    private readonly NativeBuffer _tableGradient;
    private readonly NativeBuffer _featureGradient;
    private readonly int _hidden;
    private readonly int _rowStride;

    /// <summary>Allocates for a list of levels.</summary>
    public LevelTower(CpuChains chains, CpuChains gradients, float[] conditions, TileKernels kernels)
    {
        _chains = chains;
        _gradients = gradients;
        _kernels = kernels;
        _conditions = conditions;
        _hidden = chains.Architecture.Hidden;
        _rowStride = Tape.RoundUp(_hidden);
        _tape = new Tape(chains.Tower, 0);
        Tiles = Tile.CountFor(conditions.Length);
        _records = new NativeBuffer((long)Tiles * _tape.TileStride);
        _table = new NativeBuffer((long)Tiles * _hidden * Tile.Width);
        _tableGradient = new NativeBuffer((long)Tiles * Tile.Width * _rowStride);
        _featureGradient = new NativeBuffer((long)Tiles * chains.LevelFeatures * Tile.Width);
        foreach (var layer in chains.Tower)
        {
            WeightPieces += TileKernels.WeightBlocks(layer);
        }
    }

    /// <summary>Tiles of levels: pieces of <see cref="Forward"/> and of <see cref="Backward"/>.</summary>
    public int Tiles { get; }

    /// <summary>Pieces of <see cref="Scatter"/>: blocks of 64 columns.</summary>
    public int ScatterPieces => _rowStride / Tile.Width;

    /// <summary>Pieces of <see cref="WeightGradient"/>, before the one of <see cref="EmbeddingGradient"/>.</summary>
    public int WeightPieces { get; }

    /// <summary>Computes b₁ of 64 levels.</summary>
    public void Forward(int tile, TrainingTile worker)
    {
        int first = tile * Tile.Width;
        var some = _conditions.AsSpan(first, Math.Min(Tile.Width, _conditions.Length - first));
        float* features = worker.Delta;
        _chains.FillLevelFeatures(some, features);
        _kernels.TrainForward(
            _chains.Tower,
            _chains.Tower[0].Bias,
            _tape,
            _records.Address + ((long)tile * _tape.TileStride),
            features,
            worker.Ping,
            worker.Pong,
            _table.Address + ((long)tile * _hidden * Tile.Width));
    }

    /// <summary>Writes b₁ of each sample's level, feature-major [H, 64].</summary>
    public void Gather(int* levels, float* bias)
    {
        long* columns = stackalloc long[Tile.Width];
        for (int n = 0; n < Tile.Width; n++)
        {
            columns[n] = ((long)(levels[n] / Tile.Width) * _hidden * Tile.Width) + (levels[n] % Tile.Width);
        }

        for (int h = 0; h < _hidden; h++)
        {
            float* row = _table.Address + (h * Tile.Width);
            float* target = bias + (h * Tile.Width);
            for (int n = 0; n < Tile.Width; n++)
            {
                target[n] = row[columns[n]];
            }
        }
    }

    /// <summary>Clears the gradient of the table, before the first <see cref="Scatter"/> of a step.</summary>
    public void ClearScatter() => _tableGradient.Span.Clear();

    /// <summary>Adds a tile's first δ to the gradients of its samples' levels, 64 features at a time.</summary>
    /// <param name="block">The piece.</param>
    /// <param name="delta">The trunk's first δ as the tape holds it.</param>
    /// <param name="sampleMajor">How the tape holds it.</param>
    /// <param name="samples">Samples in the tile.</param>
    /// <param name="levels">The level of each.</param>
    public void Scatter(int block, float* delta, bool sampleMajor, int samples, int* levels)
    {
        int column = block * Tile.Width;
        int columns = Math.Min(Tile.Width, _hidden - column);
        for (int n = 0; n < samples; n++)
        {
            float* target = _tableGradient.Address + ((long)levels[n] * _rowStride) + column;
            if (sampleMajor)
            {
                _kernels.Add(target, delta + (n * _rowStride) + column, columns);
            }
            else
            {
                for (int f = 0; f < columns; f++)
                {
                    target[f] += delta[((column + f) * Tile.Width) + n];
                }
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
        _kernels.TrainBackward(
            _chains.Tower,
            _tape,
            _records.Address + ((long)tile * _tape.TileStride),
            worker.Delta,
            worker.Scratch,
            _chains.Embedding == null ? null : FeatureGradient(tile));
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
                    Tiles,
                    piece,
                    _gradients.Tower[l].Weights,
                    _gradients.Tower[l].Bias,
                    false);
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
        for (int level = 0; level < _conditions.Length; level++)
        {
            float* source = FeatureGradient(level / Tile.Width) + (level % Tile.Width);
            float* target = _gradients.Embedding + ((long)_conditions[level] * width);
            for (int f = 0; f < width; f++)
            {
                target[f] += source[f * Tile.Width];
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _records.Dispose();
        _table.Dispose();
        _tableGradient.Dispose();
        _featureGradient.Dispose();
    }

    private float* FeatureGradient(int tile) =>
        _featureGradient.Address + ((long)tile * _chains.LevelFeatures * Tile.Width);
}
