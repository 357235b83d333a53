using ScoreGpu.Engine.Training;
using ScoreGpu.Kernels.Cpu;

namespace ScoreGpu.Engine.Devices.Cpu;

/// <summary>The trunk under training: a batch forward and backward, and the gradient of the trunk's weights.</summary>
/// <remarks>
/// A piece of work is a part of the gradient (<see cref="GradientParts"/>), from the draws on: a tape is read by the thread that
/// wrote it, and need not go from core to core. A thread that has no part left to do helps others with the blocks of theirs.
/// </remarks>
internal sealed unsafe class TrunkPass : IDisposable
{
    /// <summary>The most tiles at once.</summary>
    public const int MostTiles = 64;

    private readonly DenseLayer[] _layers;
    private readonly float* _weights;
    private readonly GradientParts _gradient;
    private readonly CpuObjective _objective;
    private readonly LevelTower? _tower;
    private readonly ThreadTeam _team;
    private readonly TileKernels _kernels;
    private readonly Tape _tape;
    private readonly TrainingTile[] _workers;
    private readonly SharedBlocks[] _shared;
    private readonly int _blocks;
    private readonly Action<int, int> _work;

    private double[] _losses = [];
    private TrainingBatch? _batch;
    private int _batchSize;
    private uint _step;
    private int _firstTile;
    private int _tiles;
    private int _partTiles;
    private int _parts;
    private int _partsBegun;
    private volatile bool _hasFailed;

    /// <summary>Allocates the threads' memory.</summary>
    /// <param name="chains">The network.</param>
    /// <param name="weights">Its weights, the first of them all.</param>
    /// <param name="gradient">Receives their gradient.</param>
    /// <param name="objective">What is minimised.</param>
    /// <param name="tower">Gives the first bias of each sample, and takes its gradient; null where there is but one.</param>
    /// <param name="tangents">Tangents carried with each sample.</param>
    /// <param name="team">The threads.</param>
    /// <param name="kernels">The kernels.</param>
    public TrunkPass(
        CpuChains chains,
        float* weights,
        GradientParts gradient,
        CpuObjective objective,
        LevelTower? tower,
        int tangents,
        ThreadTeam team,
        TileKernels kernels)
    {
        _layers = chains.Trunk;
        _weights = weights;
        _gradient = gradient;
        _objective = objective;
        _tower = tower;
        _team = team;
        _kernels = kernels;
        _tape = new Tape(_layers, tangents);
        _workers = new TrainingTile[team.Threads];
        for (int i = 0; i < _workers.Length; i++)
        {
            _workers[i] = new TrainingTile(chains, _tape, GradientParts.MostTiles);
        }

        foreach (ref readonly DenseLayer layer in _layers.AsSpan())
        {
            _blocks += TileKernels.WeightBlocks(layer);
        }

        _shared = new SharedBlocks[MostTiles];
        for (int i = 0; i < _shared.Length; i++)
        {
            _shared[i] = new SharedBlocks(_blocks);
        }

        _work = Work;
    }

    /// <summary>The mean loss of the batch, after its last tile.</summary>
    public double Loss
    {
        get
        {
            double sum = 0;
            for (int tile = 0; tile < Tile.CountFor(_batchSize); tile++)
            {
                sum += _losses[tile];
            }

            return sum / _batchSize;
        }
    }

    /// <summary>A thread's memory, between two runs.</summary>
    public TrainingTile MemoryOf(int worker) => _workers[worker];

    /// <summary>Begins a batch.</summary>
    /// <param name="batch">The batch; null draws it.</param>
    /// <param name="batchSize">Its samples.</param>
    /// <param name="step">The step that it is drawn for.</param>
    public void Begin(TrainingBatch? batch, int batchSize, uint step)
    {
        (_batch, _batchSize, _step) = (batch, batchSize, step);
        int tiles = Tile.CountFor(batchSize);
        if (_losses.Length < tiles)
        {
            _losses = new double[tiles];
        }
    }

    /// <summary>Passes some tiles of the batch, and leaves their gradient in parts.</summary>
    /// <param name="firstTile">The first of them.</param>
    /// <param name="tiles">How many, up to <see cref="MostTiles"/>.</param>
    public void Run(int firstTile, int tiles)
    {
        (_firstTile, _tiles) = (firstTile, tiles);
        _partTiles = GradientParts.TilesFor(tiles, _team.Threads);
        _parts = (tiles + _partTiles - 1) / _partTiles;
        _partsBegun = 0;
        _hasFailed = false;
        _gradient.Begin(_parts, firstTile > 0);
        for (int part = 0; part < _parts; part++)
        {
            _shared[part].Close();
        }

        // Where there are fewer parts than threads, the others help.
        _team.Run(_work, Math.Max(_parts, _team.Threads));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (TrainingTile worker in _workers)
        {
            worker.Dispose();
        }
    }

    private void Work(int piece, int worker)
    {
        if (piece < _parts)
        {
            PassPart(piece, worker);
            if (Volatile.Read(ref _partsBegun) < _parts)
            {
                // There is a part to do.
                return;
            }
        }

        for (int next = 0; next < _parts; next++)
        {
            Help((piece + next) % _parts);
        }
    }

    private void PassPart(int part, int worker)
    {
        Interlocked.Increment(ref _partsBegun);
        try
        {
            TrainingTile memory = _workers[worker];
            for (int tile = 0; tile < TilesOf(part); tile++)
            {
                PassTile((part * _partTiles) + tile, memory, memory.Tapes + ((long)tile * _tape.TileStride));
            }
        }
        catch
        {
            _hasFailed = true;
            throw;
        }

        _shared[part].Open(worker);
        TakeBlocks(part);
        _shared[part].AwaitAll();
    }

    /// <summary>Waits until a part's blocks are there to be taken, and takes some.</summary>
    private void Help(int part)
    {
        for (int spin = 0; !_shared[part].IsOpen; spin++)
        {
            if (_hasFailed)
            {
                return;
            }

            ThreadTeam.Pause(spin);
        }

        TakeBlocks(part);
    }

    /// <summary>Computes blocks of a part's gradient until none is left.</summary>
    private void TakeBlocks(int part)
    {
        SharedBlocks shared = _shared[part];
        while (shared.TryTake(out int block))
        {
            try
            {
                ComputeGradient(part, _workers[shared.Owner].Tapes, block);
            }
            finally
            {
                shared.Complete();
            }
        }
    }

    /// <summary>Both passes over one tile.</summary>
    private void PassTile(int tile, TrainingTile memory, float* record)
    {
        int first = (_firstTile + tile) * Tile.Width;
        int samples = Math.Min(Tile.Width, _batchSize - first);
        int columns = Tile.ColumnsFor(samples);
        if (_batch is null)
        {
            _objective.Draw(_step, (uint)first, memory);
        }
        else
        {
            _objective.Take(_batch, first, samples, memory);
        }

        float* bias = _layers[0].Bias;
        if (_tower is not null)
        {
            _tower.Gather(memory.Levels, memory.Ping);
            bias = null;
        }

        _objective.SetInput(memory);
        _kernels.TrainForward(
            _layers, bias, _tape, record, memory.Derivatives, memory.Input, memory.Ping, memory.Pong, memory.Output, columns);
        _losses[_firstTile + tile] = _objective.Loss(memory, samples, 1f / _batchSize);
        _kernels.TrainBackward(
            _layers, _tape, record, memory.Derivatives, memory.Delta, memory.Scratch, null, columns);
        _tower?.KeepDelta(tile, record + _tape.Delta(0), samples, memory.Levels);
    }

    /// <summary>A block of a part's gradient, from its tiles' tapes.</summary>
    private void ComputeGradient(int part, float* tapes, int block)
    {
        int first = (_firstTile + (part * _partTiles)) * Tile.Width;
        int samples = Math.Min(TilesOf(part) * Tile.Width, _batchSize - first);
        long toGradient = _gradient[part] - _weights;
        for (int l = 0; l < _layers.Length; l++)
        {
            ref readonly DenseLayer layer = ref _layers[l];
            int blocks = TileKernels.WeightBlocks(layer);
            if (block < blocks)
            {
                // A conditioned network's first bias is the tower's.
                float* bias = l == 0 && _tower is not null ? null : layer.Bias + toGradient;
                _kernels.WeightGradient(
                    layer, l, _tape, tapes, samples, block, layer.Weights + toGradient, bias);
                return;
            }

            block -= blocks;
        }
    }

    private int TilesOf(int part) => Math.Min(_partTiles, _tiles - (part * _partTiles));
}
