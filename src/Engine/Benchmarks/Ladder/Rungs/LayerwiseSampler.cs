using ScoreGpu.Engine.Devices.Cpu;
using ScoreGpu.Kernels;
using ScoreGpu.Kernels.Cpu;

namespace ScoreGpu.Engine.Benchmarks.Ladder.Rungs;

/// <summary>The sampler a layer at a time: each layer is a pass over the whole crowd, as where a step is a call of a library
/// for each layer.</summary>
/// <remarks>
/// Activations of all samples lie in memory between two passes, 4·H bytes a sample, and all threads wait for one another
/// after each. Where the level is told to every sample, its embedding takes a layer of its own and a share of the first,
/// both computed again and again; a table has them once a step.
/// </remarks>
internal sealed unsafe class LayerwiseSampler : ILadderProgram
{
    private readonly CpuCrowd _crowd;
    private readonly NativeBuffer _table;
    private readonly NativeBuffer _states;
    private readonly NativeBuffer _outputs;
    private readonly NativeBuffer _one;
    private readonly NativeBuffer _other;
    private readonly StepCoefficients[] _steps;
    private readonly float[] _levels;
    private readonly bool _isTold;
    private readonly Action<int, int> _start;
    private readonly Action<int, int> _embed;
    private readonly Action<int, int> _layer;
    private readonly Action<int, int> _update;
    private int _row;
    private int _at;

    /// <summary>Puts a batch on a device.</summary>
    /// <param name="device">The device.</param>
    /// <param name="subject">What is computed.</param>
    /// <param name="count">N.</param>
    /// <param name="isTold">Whether every sample is told the level; else a table has its share.</param>
    public LayerwiseSampler(CpuDevice device, LadderSubject subject, int count, bool isTold)
    {
        _crowd = new CpuCrowd(device, subject, count);
        _isTold = isTold;
        _levels = [.. subject.Program.Rows.Select(row => (float)row.Condition)];
        _steps = [.. subject.Program.Rows.Select(row => row.Update)];
        _table = _crowd.TabulateBias(_levels);
        long tile = Tile.Width * (long)_crowd.Tiles;
        _states = new NativeBuffer(4 * BenchmarkNetwork.Dimension * tile);
        _outputs = new NativeBuffer(BenchmarkNetwork.Dimension * tile);
        _one = new NativeBuffer(subject.Width * tile);
        _other = new NativeBuffer(subject.Width * tile);
        (_start, _embed, _layer, _update) = (Start, Embed, Layer, Update);
    }

    /// <inheritdoc/>
    public void Run()
    {
        ThreadTeam team = _crowd.Team;
        team.Run(_start, _crowd.Tiles);
        for (_row = 0; _row < _steps.Length; _row++)
        {
            if (_isTold)
            {
                team.Run(_embed, _crowd.Tiles);
            }

            for (_at = 0; _at < _crowd.Chains.Trunk.Length; _at++)
            {
                team.Run(_layer, _crowd.Tiles);
            }

            team.Run(_update, _crowd.Tiles);
        }
    }

    /// <inheritdoc/>
    public void Read(Span<float> results) => _crowd.Read(results);

    /// <inheritdoc/>
    public void Dispose()
    {
        _crowd.Dispose();
        _table.Dispose();
        _states.Dispose();
        _outputs.Dispose();
        _one.Dispose();
        _other.Dispose();
    }

    private void Start(int tile, int worker) => _crowd.LoadTile(tile, StateOf(tile));

    /// <summary>The level's share of the first layer, for every sample anew.</summary>
    private void Embed(int tile, int worker)
    {
        Workspace scratch = _crowd.WorkspaceOf(worker);
        DenseLayer[] tower = _crowd.Chains.Tower;
        _crowd.Chains.FillLevelFeatures(_levels.AsSpan(_row, 1), scratch.Features);
        _crowd.Kernels.Forward(
            tower, tower[0].Bias, scratch.Features, scratch.Ping, scratch.Pong, HiddenOf(0, tile));
    }

    /// <summary>One layer of one tile: from memory, into memory.</summary>
    private void Layer(int tile, int worker)
    {
        Workspace scratch = _crowd.WorkspaceOf(worker);
        DenseLayer[] trunk = _crowd.Chains.Trunk;
        float* bias = trunk[_at].Bias;
        if (_at == 0)
        {
            // Without a bias the product is added to the level's share, which is there already.
            bias = _isTold ? null : _table.Address + (_row * _crowd.Subject.Width);
        }

        float* input = _at == 0 ? StateOf(tile) : HiddenOf(_at - 1, tile);
        float* output = _at == trunk.Length - 1 ? OutputOf(tile) : HiddenOf(_at, tile);
        _crowd.Kernels.Forward(trunk.AsSpan(_at, 1), bias, input, scratch.Ping, scratch.Pong, output);
    }

    private void Update(int tile, int worker)
    {
        float* state = StateOf(tile);
        _crowd.Kernels.ApplyStep(
            _steps[_row],
            BenchmarkNetwork.Dimension * Tile.Width,
            state,
            OutputOf(tile),
            _crowd.WorkspaceOf(worker).Noise);
        if (_row == _steps.Length - 1)
        {
            _crowd.StoreTile(tile, state);
        }
    }

    private float* StateOf(int tile) => _states.Address + (4L * BenchmarkNetwork.Dimension * Tile.Width * tile);

    private float* OutputOf(int tile) => _outputs.Address + ((long)BenchmarkNetwork.Dimension * Tile.Width * tile);

    private float* HiddenOf(int layer, int tile) =>
        (layer % 2 == 0 ? _one : _other).Address + ((long)_crowd.Subject.Width * Tile.Width * tile);
}
