using System.Runtime.CompilerServices;
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
/// <item><description>the trunk's forward and backward passes and its gradient, a few tiles of samples a piece
/// (<see cref="TrunkPass"/>);</description></item>
/// <item><description>the sum of the first δ by level and the tower's backward pass, a tile of levels a piece;
/// </description></item>
/// <item><description>the tower's weight gradients;</description></item>
/// <item><description>Adam and the weights' average, a block of weights a piece, with the gradient summed over the
/// parts.</description></item>
/// </list>
/// The order of every sum follows from the batch alone: the same bits for any number of threads. Large batches go through
/// phases 2 and 3 in chunks.
/// </remarks>
internal sealed unsafe class CpuTrainer : DeviceTrainer
{
    private readonly ThreadTeam _team;
    private readonly NativeBuffer _weights;
    private readonly GradientParts _gradient;
    private readonly CpuOptimiser _optimiser;
    private readonly TrunkPass _trunk;
    private readonly LevelTower? _tower;
    private readonly Action<int, int> _towerForward;
    private readonly Action<int, int> _keepBlock;
    private readonly Action<int, int> _towerBackward;
    private readonly Action<int, int> _towerGradient;

    private int _tiles;
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
        _weights = new NativeBuffer(WeightCount);
        network.Values.CopyTo(_weights.Span);
        var chains = new CpuChains(network, _weights.Address);
        bool hasTower = chains.Tower.Length > 0;
        _gradient = new GradientParts(WeightCount, chains.Trunk[0].Weights - _weights.Address, hasTower, kernels);
        _optimiser = new CpuOptimiser(team, kernels, _weights, _gradient, options.Average is not null);
        if (hasTower)
        {
            float[] conditions = [.. Levels.Select(level => (float)level.Condition)];
            _tower = new LevelTower(
                chains, new CpuChains(network, _gradient.Tower), conditions, TrunkPass.MostTiles, kernels);
        }

        _trunk = new TrunkPass(
            chains,
            _weights.Address,
            _gradient,
            new CpuObjective(objective, Levels, Tangents, data, options, kernels),
            _tower,
            Tangents,
            team,
            kernels);

        // Kept, so that a step allocates no delegates.
        _towerForward = (tile, worker) => _tower!.Forward(tile, _trunk.MemoryOf(worker));
        _keepBlock = KeepBlock;
        _towerBackward = PassTowerBack;
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
        _optimiser.Dispose();
        _trunk.Dispose();
        _tower?.Dispose();
    }

    /// <inheritdoc/>
    [SkipLocalsInit]
    protected override void ReadGradient(Span<float> gradient)
    {
        float* sum = stackalloc float[_gradient.Buffers * CpuOptimiser.Block];
        for (int first = 0; first < WeightCount; first += CpuOptimiser.Block)
        {
            int count = Math.Min(CpuOptimiser.Block, WeightCount - first);
            _gradient.Sum(first, count, sum);
            new Span<float>(sum, count).CopyTo(gradient[first..]);
        }
    }

    /// <inheritdoc/>
    protected override void Update(in AdamRates rates, float averageShare) =>
        _optimiser.Update(rates, averageShare);

    /// <inheritdoc/>
    protected override double ComputeGradient(TrainingBatch? batch, int batchSize)
    {
        if (_tower is not null)
        {
            _team.Run(_towerForward, _tower.Tiles);
        }

        _trunk.Begin(batch, batchSize, (uint)StepsDone);
        _tiles = Tile.CountFor(batchSize);
        for (_firstTile = 0; _firstTile < _tiles; _firstTile += TrunkPass.MostTiles)
        {
            if (_firstTile > 0)
            {
                _gradient.PrepareToKeep();
                _team.Run(_keepBlock, CpuOptimiser.BlocksFor(WeightCount));
            }

            _chunkTiles = Math.Min(TrunkPass.MostTiles, _tiles - _firstTile);
            _trunk.Run(_firstTile, _chunkTiles);
            if (_tower is not null)
            {
                _team.Run(_towerBackward, _tower.Tiles);
            }
        }

        if (_tower is not null)
        {
            _team.Run(_towerGradient, _tower.WeightPieces + 1);
        }

        return _trunk.Loss;
    }

    [SkipLocalsInit]
    private void KeepBlock(int block, int worker)
    {
        float* scratch = stackalloc float[_gradient.Buffers * CpuOptimiser.Block];
        int first = block * CpuOptimiser.Block;
        _gradient.Keep(first, Math.Min(CpuOptimiser.Block, WeightCount - first), scratch);
    }

    /// <summary>Sums δ by level; after the last chunk, carries it back through the tower.</summary>
    private void PassTowerBack(int levelTile, int worker)
    {
        _tower!.Scatter(levelTile, _chunkTiles, _firstTile > 0);
        if (_firstTile + _chunkTiles == _tiles)
        {
            _tower.Backward(levelTile, _trunk.MemoryOf(worker));
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
