using BenchmarkDotNet.Attributes;
using ScoreGpu.Engine.Devices;
using ScoreGpu.Engine.Devices.Cpu;
using ScoreGpu.Engine.Networks;

namespace ScoreGpu.Bench.Engine;

/// <summary>Values and divergences of a batch; allocates nothing.</summary>
[MemoryDiagnoser]
public class EvaluateBenchmarks
{
    private CpuDevice? _device;
    private IDeviceNetwork? _network;
    private float[] _points = [];
    private float[] _outputs = [];
    private float[] _divergences = [];

    [Params(64, 4096, 65536)]
    public int Count { get; set; }

    [GlobalSetup]
    public void Start()
    {
        _device = new CpuDevice();
        _network = _device.Load(Network.Create(new NetworkArchitecture(2, 128, 3, new NoConditioning()), 1));
        _points = new float[2 * Count];
        _outputs = new float[2 * Count];
        _divergences = new float[Count];
    }

    [GlobalCleanup]
    public void Stop()
    {
        _network?.Dispose();
        _device?.Dispose();
    }

    [Benchmark(Baseline = true)]
    public void Evaluate() => _network!.Evaluate(_points, [], _outputs);

    [Benchmark]
    public void Divergence() => _network!.Divergence(_points, [], _divergences);
}
