using ScoreGpu.Engine.Devices;

namespace ScoreGpu.Engine.Benchmarks.Ladder.Rungs;

/// <summary>The engine itself, as every caller has it: one call for a batch, whatever the device.</summary>
/// <remarks>
/// On the CPU that is the loop over tiles with a larger register block, six rows of four vectors; on an accelerator one
/// launch in which each group takes a tile through all layers.
/// </remarks>
internal sealed class EngineForward : ILadderProgram
{
    private readonly IDeviceNetwork _network;
    private readonly float[] _points;
    private readonly float[] _results;
    private readonly float[] _level;

    /// <summary>Puts a batch on a device.</summary>
    public EngineForward(IDevice device, LadderSubject subject, int count)
    {
        _network = device.Load(subject.Network);
        _points = subject.Points(count);
        _results = new float[_points.Length];
        _level = [subject.Level];
    }

    /// <inheritdoc/>
    public void Run() => _network.Evaluate(_points, _level, _results);

    /// <inheritdoc/>
    public void Read(Span<float> results) => _results.CopyTo(results);

    /// <inheritdoc/>
    public void Dispose() => _network.Dispose();
}
