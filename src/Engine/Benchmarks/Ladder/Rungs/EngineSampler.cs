using ScoreGpu.Engine.Devices;
using ScoreGpu.Engine.Samplers;

namespace ScoreGpu.Engine.Benchmarks.Ladder.Rungs;

/// <summary>The engine's sampler: a tile goes through the whole program before the next is begun.</summary>
/// <remarks>
/// States, outputs and activations stay in the nearest memory for all steps. Threads meet once, at the end; on an accelerator
/// the program is one launch.
/// </remarks>
internal sealed class EngineSampler : ILadderProgram
{
    private readonly IDeviceNetwork _network;
    private readonly LadderSubject _subject;
    private readonly SampleRequest _request;
    private SampleResult? _result;

    /// <summary>Puts a batch on a device.</summary>
    public EngineSampler(IDevice device, LadderSubject subject, int count)
    {
        _network = device.Load(subject.Network);
        _subject = subject;
        _request = new SampleRequest { Count = count, Start = subject.Points(count) };
    }

    /// <inheritdoc/>
    public void Run() => _result = _network.Sample(_subject.Program, _request);

    /// <inheritdoc/>
    public void Read(Span<float> results) => _result!.Points.CopyTo(results);

    /// <inheritdoc/>
    public void Dispose() => _network.Dispose();
}
