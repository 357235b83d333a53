using ScoreGpu.Engine.Devices.Cpu;
using ScoreGpu.Kernels.Cpu.Ladder;

namespace ScoreGpu.Engine.Benchmarks.Ladder.Rungs;

/// <summary>A rung of <see cref="LadderKernels"/> on one core: sample after sample, or tile after tile.</summary>
internal sealed unsafe class OneCoreForward : ILadderProgram
{
    private readonly CpuCrowd _crowd;
    private readonly NativeBuffer _bias;
    private readonly LadderKernels _ladder;
    private readonly LadderRung _rung;

    /// <summary>Puts a batch on a device.</summary>
    public OneCoreForward(CpuDevice device, LadderSubject subject, int count, LadderRung rung)
    {
        _crowd = new CpuCrowd(device, subject, count);
        _bias = _crowd.TabulateBias(subject.Level);
        _ladder = LadderKernels.Of(device.Kernels);
        _rung = rung;
    }

    /// <inheritdoc/>
    public void Run()
    {
        Workspace scratch = _crowd.WorkspaceOf(0);
        if (_rung == LadderRung.Scalar)
        {
            for (int n = 0; n < _crowd.Count; n++)
            {
                float* x = _crowd.Points + (n * BenchmarkNetwork.Dimension);
                float* y = _crowd.Results + (n * BenchmarkNetwork.Dimension);
                _ladder.Forward(_rung, _crowd.Chains.Trunk, _bias.Address, x, scratch.Ping, scratch.Pong, y);
            }

            return;
        }

        for (int tile = 0; tile < _crowd.Tiles; tile++)
        {
            float* x = scratch.Registers;
            _crowd.LoadTile(tile, x);
            _ladder.Forward(_rung, _crowd.Chains.Trunk, _bias.Address, x, scratch.Ping, scratch.Pong, scratch.Output);
            _crowd.StoreTile(tile, scratch.Output);
        }
    }

    /// <inheritdoc/>
    public void Read(Span<float> results) => _crowd.Read(results);

    /// <inheritdoc/>
    public void Dispose()
    {
        _crowd.Dispose();
        _bias.Dispose();
    }
}
