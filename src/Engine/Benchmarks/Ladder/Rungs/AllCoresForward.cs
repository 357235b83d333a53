using ScoreGpu.Engine.Devices.Cpu;
using ScoreGpu.Kernels.Cpu.Ladder;

namespace ScoreGpu.Engine.Benchmarks.Ladder.Rungs;

/// <summary>The register block on all cores: whoever is free takes the next tile.</summary>
/// <remarks>
/// Tiles have nothing to do with one another and each thread has its own scratch, so that nobody waits, and the results do
/// not depend on who computed what.
/// </remarks>
internal sealed unsafe class AllCoresForward : ILadderProgram
{
    private readonly CpuCrowd _crowd;
    private readonly NativeBuffer _bias;
    private readonly LadderKernels _ladder;
    private readonly Action<int, int> _runTile;

    /// <summary>Puts a batch on a device.</summary>
    public AllCoresForward(CpuDevice device, LadderSubject subject, int count)
    {
        _crowd = new CpuCrowd(device, subject, count);
        _bias = _crowd.TabulateBias(subject.Level);
        _ladder = LadderKernels.Of(device.Kernels);
        _runTile = RunTile;
    }

    /// <inheritdoc/>
    public void Run() => _crowd.Team.Run(_runTile, _crowd.Tiles);

    /// <inheritdoc/>
    public void Read(Span<float> results) => _crowd.Read(results);

    /// <inheritdoc/>
    public void Dispose()
    {
        _crowd.Dispose();
        _bias.Dispose();
    }

    private void RunTile(int tile, int worker)
    {
        Workspace scratch = _crowd.WorkspaceOf(worker);
        float* x = scratch.Registers;
        _crowd.LoadTile(tile, x);
        _ladder.Forward(
            LadderRung.Block, _crowd.Chains.Trunk, _bias.Address, x, scratch.Ping, scratch.Pong, scratch.Output);
        _crowd.StoreTile(tile, scratch.Output);
    }
}
