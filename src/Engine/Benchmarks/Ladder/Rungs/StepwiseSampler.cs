using ScoreGpu.Engine.Devices.Cpu;
using ScoreGpu.Kernels;
using ScoreGpu.Kernels.Cpu;

namespace ScoreGpu.Engine.Benchmarks.Ladder.Rungs;

/// <summary>The sampler a step at a time: a tile goes through all layers and its update, then the next tile; then the next
/// step.</summary>
/// <remarks>
/// Activations stay in the nearest cache. Between two steps only the states lie in memory, 4·D bytes a sample, and all
/// threads wait for one another once.
/// </remarks>
internal sealed unsafe class StepwiseSampler : ILadderProgram
{
    private readonly CpuCrowd _crowd;
    private readonly NativeBuffer _table;
    private readonly NativeBuffer _states;
    private readonly StepCoefficients[] _steps;
    private readonly Action<int, int> _step;
    private int _row;

    /// <summary>Puts a batch on a device.</summary>
    public StepwiseSampler(CpuDevice device, LadderSubject subject, int count)
    {
        _crowd = new CpuCrowd(device, subject, count);
        _steps = [.. subject.Program.Rows.Select(row => row.Update)];
        _table = _crowd.TabulateBias([.. subject.Program.Rows.Select(row => (float)row.Condition)]);
        _states = new NativeBuffer(4L * BenchmarkNetwork.Dimension * Tile.Width * _crowd.Tiles);
        _step = Step;
    }

    /// <inheritdoc/>
    public void Run()
    {
        for (_row = 0; _row < _steps.Length; _row++)
        {
            _crowd.Team.Run(_step, _crowd.Tiles);
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
    }

    private void Step(int tile, int worker)
    {
        Workspace scratch = _crowd.WorkspaceOf(worker);
        float* state = _states.Address + (4L * BenchmarkNetwork.Dimension * Tile.Width * tile);
        if (_row == 0)
        {
            _crowd.LoadTile(tile, state);
        }

        float* bias = _table.Address + (_row * _crowd.Subject.Width);
        _crowd.Kernels.Forward(
            _crowd.Chains.Trunk, bias, state, scratch.Ping, scratch.Pong, scratch.Output);
        _crowd.Kernels.ApplyStep(
            _steps[_row], BenchmarkNetwork.Dimension * Tile.Width, state, scratch.Output, scratch.Noise);
        if (_row == _steps.Length - 1)
        {
            _crowd.StoreTile(tile, state);
        }
    }
}
