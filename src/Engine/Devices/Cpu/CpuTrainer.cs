using ScoreGpu.Engine.Data;
using ScoreGpu.Engine.Networks;
using ScoreGpu.Engine.Training;
using ScoreGpu.Kernels.Cpu;

namespace ScoreGpu.Engine.Devices.Cpu;

/// <summary>Training on the CPU device.</summary>
/// <remarks>
/// A step is a few phases, each a list of independent pieces for the team:
/// <list type="number">
/// <item><description>the tower's forward pass, a tile of levels a piece;</description></item>
/// <item><description>the trunk's forward and backward pass, a tile of samples a piece, leaving a tape;</description></item>
/// <item><description>the trunk's weight gradients, some rows of one layer a piece, each summed over the tiles in order;
/// beside them, a tile of levels a piece, the sum of the first δ by level and the tower's backward pass;
/// </description></item>
/// <item><description>the tower's weight gradients;</description></item>
/// <item><description>Adam, a block of weights a piece.</description></item>
/// </list>
/// A sum over the batch is always one piece's and always in the order of the samples: the same bits for any number of
/// threads. Large batches go through phases 2 and 3 in chunks.
/// </remarks>
internal sealed unsafe class CpuTrainer : ITrainer
{
    private const int TilesInChunk = 16;
    private const int AdamBlock = 4096;

    private readonly ThreadTeam _team;
    private readonly TileKernels _kernels;
    private readonly TrainingOptions _options;
    private readonly Objective _objective;
    private readonly CpuChains _chains;
    private readonly CpuChains _gradients;
    private readonly NativeBuffer _weights;
    private readonly NativeBuffer _gradient;
    private readonly NativeBuffer _firstMoment;
    private readonly NativeBuffer _secondMoment;
    private readonly NativeBuffer _records;
    private readonly LevelCoefficients[] _levels;
    private readonly LevelTower? _tower;
    private readonly Tape _tape;
    private readonly TileDraws _draws;
    private readonly TrainingTile[] _workers;
    private readonly int[] _chunkLevels;
    private readonly int _dimension;
    private readonly int _trunkPieces;
    private readonly Action<int, int> _towerForward;
    private readonly Action<int, int> _trunkPass;
    private readonly Action<int, int> _trunkGradient;
    private readonly Action<int, int> _towerGradient;
    private readonly Action<int, int> _adam;

    private double[] _tileLosses = [];
    private TrainingBatch? _batch;
    private AdamCoefficients _coefficients;
    private double _learningRate;
    private int _batchSize;
    private int _firstTile;
    private int _chunkTiles;

    /// <summary>Checks the arguments, copies the weights and allocates everything that the steps need.</summary>
    public CpuTrainer(
        Network network,
        Objective objective,
        TrainingData data,
        TrainingOptions options,
        ThreadTeam team,
        TileKernels kernels)
    {
        TrainingChecks.Require(network.Architecture, objective, data, options);
        _team = team;
        _kernels = kernels;
        _options = options;
        _learningRate = options.LearningRate;
        _objective = objective;
        _dimension = network.Architecture.Dimension;
        int values = network.Values.Length;
        _weights = new NativeBuffer(values);
        _gradient = new NativeBuffer(values);
        _firstMoment = new NativeBuffer(values);
        _secondMoment = new NativeBuffer(values);
        network.Values.CopyTo(_weights.Span);
        _chains = new CpuChains(network, _weights.Address);
        _gradients = new CpuChains(network, _gradient.Address);
        int tangents = objective switch
        {
            HyvarinenObjective => _dimension,
            SlicedObjective => 1,
            _ => 0,
        };
        _tape = new Tape(_chains.Trunk, tangents);
        _records = new NativeBuffer((long)TilesInChunk * _tape.TileStride);
        _chunkLevels = new int[TilesInChunk * Tile.Width];
        var levels = objective is DenoisingObjective denoising ? denoising.Levels : [];
        _levels = [.. levels.Select(ToCoefficients)];
        if (_chains.Tower.Length > 0)
        {
            float[] conditions = [.. levels.Select(level => (float)level.Condition)];
            _tower = new LevelTower(_chains, _gradients, conditions, kernels);
        }

        _draws = new TileDraws(data, options, kernels);
        _workers = new TrainingTile[team.Threads];
        for (int i = 0; i < _workers.Length; i++)
        {
            _workers[i] = new TrainingTile(_chains, tangents);
        }

        foreach (var layer in _chains.Trunk)
        {
            _trunkPieces += TileKernels.WeightBlocks(layer);
        }

        // Kept, so that a step allocates no delegates.
        _towerForward = (tile, worker) => _tower!.Forward(tile, _workers[worker]);
        _trunkPass = PassTrunk;
        _trunkGradient = SumTrunkGradient;
        _towerGradient = SumTowerGradient;
        _adam = UpdateWeights;
    }

    /// <inheritdoc/>
    public int StepsDone { get; private set; }

    /// <inheritdoc/>
    public double LearningRate
    {
        get => _learningRate;
        set
        {
            TrainingOptions.RequireLearningRate(value);
            _learningRate = value;
        }
    }

    /// <inheritdoc/>
    public double Step()
    {
        double loss = ComputeGradient(null, _options.BatchSize);
        Update();
        return loss;
    }

    /// <inheritdoc/>
    public double Step(TrainingBatch batch)
    {
        double loss = ComputeGradient(batch, CheckBatch(batch));
        Update();
        return loss;
    }

    /// <inheritdoc/>
    public double Gradient(TrainingBatch batch, Span<float> gradient)
    {
        BatchChecks.RequireLength("gradient", gradient.Length, _gradient.Length);
        double loss = ComputeGradient(batch, CheckBatch(batch));
        _gradient.Span.CopyTo(gradient);
        return loss;
    }

    /// <inheritdoc/>
    public void CopyTo(Network network) => _weights.Span.CopyTo(network.Values);

    /// <inheritdoc/>
    public void Dispose()
    {
        _weights.Dispose();
        _gradient.Dispose();
        _firstMoment.Dispose();
        _secondMoment.Dispose();
        _records.Dispose();
        _tower?.Dispose();
        foreach (var worker in _workers)
        {
            worker.Dispose();
        }
    }

    private static LevelCoefficients ToCoefficients(NoiseLevel level) =>
        new(
            (float)level.Alpha,
            (float)level.Sigma,
            (float)level.TargetClean,
            (float)level.TargetNoise,
            (float)level.Weight);

    private int CheckBatch(TrainingBatch batch)
    {
        int count = BatchChecks.CountPoints("clean", batch.Clean.Length, _dimension);
        TrainingChecks.RequireBatch(_objective, batch, count);
        return count;
    }

    private double ComputeGradient(TrainingBatch? batch, int batchSize)
    {
        _batch = batch;
        _batchSize = batchSize;
        int tiles = Tile.CountFor(batchSize);
        if (_tileLosses.Length < tiles)
        {
            _tileLosses = new double[tiles];
        }

        if (_tower is not null)
        {
            _team.Run(_towerForward, _tower.Tiles);
        }

        for (_firstTile = 0; _firstTile < tiles; _firstTile += TilesInChunk)
        {
            _chunkTiles = Math.Min(TilesInChunk, tiles - _firstTile);
            _team.Run(_trunkPass, _chunkTiles);
            _team.Run(_trunkGradient, _trunkPieces + (_tower?.Tiles ?? 0));
        }

        if (_tower is not null)
        {
            _team.Run(_towerGradient, _tower.WeightPieces + 1);
        }

        double loss = 0;
        for (int tile = 0; tile < tiles; tile++)
        {
            loss += _tileLosses[tile];
        }

        return loss / batchSize;
    }

    private void PassTrunk(int piece, int worker)
    {
        var tile = _workers[worker];
        int first = (_firstTile + piece) * Tile.Width;
        int samples = Math.Min(Tile.Width, _batchSize - first);
        float* record = _records.Address + ((long)piece * _tape.TileStride);
        LoadBatch(tile, first, samples);
        float* bias = _chains.Trunk[0].Bias;
        if (_tower is not null)
        {
            new Span<int>(tile.Levels, Tile.Width).CopyTo(_chunkLevels.AsSpan(piece * Tile.Width));
            _tower.Gather(tile.Levels, tile.Ping);
            bias = null;
        }

        LoadInput(tile);
        _kernels.TrainForward(_chains.Trunk, bias, _tape, record, tile.Input, tile.Ping, tile.Pong, tile.Output);
        _tileLosses[_firstTile + piece] = ComputeLoss(tile, samples);
        _kernels.TrainBackward(_chains.Trunk, _tape, record, tile.Delta, tile.Scratch, null);
    }

    private void LoadBatch(TrainingTile tile, int first, int samples)
    {
        bool hasNoise = _objective is not HyvarinenObjective;
        if (_batch is null)
        {
            uint step = (uint)StepsDone;
            _draws.FillClean(step, (uint)first, tile.Clean);
            if (hasNoise)
            {
                _draws.FillNoise(step, (uint)first, tile.Noise);
            }

            _draws.FillLevels(step, (uint)first, Math.Max(1, _levels.Length), tile.Levels);
            return;
        }

        Load(_batch.Clean, tile.Clean);
        if (hasNoise)
        {
            Load(_batch.Noise, tile.Noise);
        }

        for (int n = 0; n < Tile.Width; n++)
        {
            tile.Levels[n] = _batch.Levels.Length > 0 && n < samples ? _batch.Levels[first + n] : 0;
        }

        void Load(float[] source, float* target)
        {
            fixed (float* values = &source[first * _dimension])
            {
                TransposeKernel.ToFeatureMajor(values, samples, _dimension, _dimension, target);
            }
        }
    }

    /// <summary>x_t for a denoising objective; else the points and the tangents that go with them.</summary>
    private void LoadInput(TrainingTile tile)
    {
        int count = _dimension * Tile.Width;
        if (_objective is DenoisingObjective)
        {
            fixed (LevelCoefficients* table = _levels)
            {
                ObjectiveKernel.Perturb(_dimension, tile.Clean, tile.Noise, tile.Levels, table, tile.Input);
            }

            return;
        }

        new Span<float>(tile.Clean, count).CopyTo(new Span<float>(tile.Input, count));
        var tangents = new Span<float>(tile.Input + count, _tape.Tangents * count);
        if (_objective is SlicedObjective)
        {
            new Span<float>(tile.Noise, count).CopyTo(tangents);
            return;
        }

        tangents.Clear();
        for (int d = 0; d < _dimension; d++)
        {
            tangents.Slice((d * count) + (d * Tile.Width), Tile.Width).Fill(1f);
        }
    }

    private double ComputeLoss(TrainingTile tile, int samples)
    {
        float scale = 1f / _batchSize;
        switch (_objective)
        {
            case HyvarinenObjective:
                return ObjectiveKernel.Hyvarinen(samples, _dimension, tile.Output, scale, tile.Delta);
            case SlicedObjective:
                return ObjectiveKernel.Sliced(samples, _dimension, tile.Output, tile.Noise, scale, tile.Delta);
            default:
                fixed (LevelCoefficients* table = _levels)
                {
                    return ObjectiveKernel.Denoising(
                        samples,
                        _dimension,
                        tile.Output,
                        tile.Clean,
                        tile.Noise,
                        tile.Levels,
                        table,
                        scale,
                        tile.Delta);
                }
        }
    }

    private void SumTrunkGradient(int piece, int worker)
    {
        // The tower first: its pieces are the longest.
        int towerPieces = _tower?.Tiles ?? 0;
        if (piece < towerPieces)
        {
            PassTowerBack(piece, _workers[worker]);
            return;
        }

        piece -= towerPieces;
        for (int l = 0; l < _chains.Trunk.Length; l++)
        {
            int blocks = TileKernels.WeightBlocks(_chains.Trunk[l]);
            if (piece < blocks)
            {
                // A conditioned network's first bias is the tower's.
                float* bias = l == 0 && _tower is not null ? null : _gradients.Trunk[l].Bias;
                _kernels.WeightGradient(
                    _chains.Trunk[l],
                    l,
                    _tape,
                    _records.Address,
                    Math.Min(_chunkTiles * Tile.Width, _batchSize - (_firstTile * Tile.Width)),
                    piece,
                    _gradients.Trunk[l].Weights,
                    bias,
                    _firstTile > 0);
                return;
            }

            piece -= blocks;
        }
    }

    /// <summary>Collects δ by level; after the last chunk, carries it back through the tower.</summary>
    private void PassTowerBack(int levelTile, TrainingTile worker)
    {
        if (_firstTile == 0)
        {
            _tower!.ClearScatter(levelTile);
        }

        fixed (int* levels = _chunkLevels)
        {
            for (int tile = 0; tile < _chunkTiles; tile++)
            {
                int samples = Math.Min(Tile.Width, _batchSize - ((_firstTile + tile) * Tile.Width));
                _tower!.Scatter(
                    levelTile,
                    _records.Address + ((long)tile * _tape.TileStride) + _tape.Delta(0),
                    _chains.Trunk[0].IsNarrow,
                    samples,
                    levels + (tile * Tile.Width));
            }
        }

        if (_firstTile + _chunkTiles == Tile.CountFor(_batchSize))
        {
            _tower!.Backward(levelTile, worker);
        }
    }

    private void SumTowerGradient(int piece, int worker)
    {
        if (piece == 0)
        {
            _tower!.EmbeddingGradient();
        }
        else
        {
            _tower!.WeightGradient(piece - 1);
        }
    }

    private void Update()
    {
        StepsDone++;
        double scale = double.IsInfinity(_options.ClipNorm)
            ? 1.0
            : Math.Min(1.0, _options.ClipNorm / (GradientNorm() + 1e-6));
        double correction1 = 1 - Math.Pow(_options.Beta1, StepsDone);
        double correction2 = 1 - Math.Pow(_options.Beta2, StepsDone);
        _coefficients = new AdamCoefficients(
            (float)_options.Beta1,
            (float)_options.Beta2,
            (float)(1 - _options.Beta1),
            (float)(1 - _options.Beta2),
            (float)(_learningRate / correction1),
            (float)(1 / Math.Sqrt(correction2)),
            (float)_options.Epsilon,
            (float)scale);
        _team.Run(_adam, (int)((_weights.Length + AdamBlock - 1) / AdamBlock));
    }

    private double GradientNorm()
    {
        double sum = 0;
        foreach (float value in _gradient.Span)
        {
            sum += (double)value * value;
        }

        return Math.Sqrt(sum);
    }

    private void UpdateWeights(int block, int worker)
    {
        long first = (long)block * AdamBlock;
        int count = (int)Math.Min(AdamBlock, _weights.Length - first);
        _kernels.AdamStep(
            _weights.Address + first,
            _gradient.Address + first,
            _firstMoment.Address + first,
            _secondMoment.Address + first,
            count,
            _coefficients);
    }
}
