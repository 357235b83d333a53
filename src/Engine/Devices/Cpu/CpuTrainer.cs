using ScoreGpu.Engine.Data;
using ScoreGpu.Engine.Networks;
using ScoreGpu.Engine.Training;
using ScoreGpu.Kernels;
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
/// <item><description>Adam and the weights' average, a block of weights a piece.</description></item>
/// </list>
/// A sum over the batch is always one piece's, in an order that its samples alone decide: the same bits for any number of
/// threads. Large batches go through phases 2 and 3 in chunks.
/// </remarks>
internal sealed unsafe class CpuTrainer : DeviceTrainer
{
    private const int TilesInChunk = 16;

    private readonly ThreadTeam _team;
    private readonly TileKernels _kernels;
    private readonly CpuChains _chains;
    private readonly CpuChains _gradients;
    private readonly NativeBuffer _weights;
    private readonly NativeBuffer _gradient;
    private readonly NativeBuffer _records;
    private readonly CpuObjective _objective;
    private readonly CpuOptimiser _optimiser;
    private readonly LevelTower? _tower;
    private readonly Tape _tape;
    private readonly TrainingTile[] _workers;
    private readonly int[] _chunkLevels;
    private readonly int _trunkPieces;
    private readonly Action<int, int> _towerForward;
    private readonly Action<int, int> _trunkPass;
    private readonly Action<int, int> _trunkGradient;
    private readonly Action<int, int> _towerGradient;

    private double[] _tileLosses = [];
    private TrainingBatch? _batch;
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
        : base(network, objective, data, options)
    {
        _team = team;
        _kernels = kernels;
        _weights = new NativeBuffer(WeightCount);
        _gradient = new NativeBuffer(WeightCount);
        network.Values.CopyTo(_weights.Span);
        _chains = new CpuChains(network, _weights.Address);
        _gradients = new CpuChains(network, _gradient.Address);
        _optimiser = new CpuOptimiser(team, kernels, _weights, _gradient, options.Average is not null);
        _objective = new CpuObjective(objective, Levels, Tangents, data, options, kernels);
        _tape = new Tape(_chains.Trunk, Tangents);
        _records = new NativeBuffer((long)TilesInChunk * _tape.TileStride);
        _chunkLevels = new int[TilesInChunk * Tile.Width];
        if (_chains.Tower.Length > 0)
        {
            float[] conditions = [.. Levels.Select(level => (float)level.Condition)];
            _tower = new LevelTower(_chains, _gradients, conditions, kernels);
        }

        _workers = new TrainingTile[team.Threads];
        for (int i = 0; i < _workers.Length; i++)
        {
            _workers[i] = new TrainingTile(_chains, _tape);
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
    }

    /// <inheritdoc/>
    public override void CopyTo(Network network) => _weights.Span.CopyTo(network.Values);

    /// <inheritdoc/>
    public override bool TryCopyAverageTo(Network network)
    {
        _optimiser.Average?.Span.CopyTo(network.Values);
        return _optimiser.Average is not null;
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        _weights.Dispose();
        _gradient.Dispose();
        _records.Dispose();
        _optimiser.Dispose();
        _tower?.Dispose();
        foreach (var worker in _workers)
        {
            worker.Dispose();
        }
    }

    /// <inheritdoc/>
    protected override void ReadGradient(Span<float> gradient) => _gradient.Span.CopyTo(gradient);

    /// <inheritdoc/>
    protected override void Update(in AdamRates rates, float averageShare) =>
        _optimiser.Update(rates, averageShare);

    /// <inheritdoc/>
    protected override double ComputeGradient(TrainingBatch? batch, int batchSize)
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
        if (_batch is null)
        {
            _objective.Draw((uint)StepsDone, (uint)first, tile);
        }
        else
        {
            _objective.Take(_batch, first, samples, tile);
        }

        float* bias = _chains.Trunk[0].Bias;
        if (_tower is not null)
        {
            new Span<int>(tile.Levels, Tile.Width).CopyTo(_chunkLevels.AsSpan(piece * Tile.Width));
            _tower.Gather(tile.Levels, tile.Ping);
            bias = null;
        }

        _objective.SetInput(tile);
        _kernels.TrainForward(
            _chains.Trunk, bias, _tape, record, tile.Derivatives, tile.Input, tile.Ping, tile.Pong, tile.Output);
        _tileLosses[_firstTile + piece] = _objective.Loss(tile, samples, 1f / _batchSize);
        _kernels.TrainBackward(_chains.Trunk, _tape, record, tile.Derivatives, tile.Delta, tile.Scratch, null);
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
}
