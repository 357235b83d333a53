using BenchmarkDotNet.Attributes;
using ScoreGpu.Engine.Devices;
using ScoreGpu.Engine.Devices.Cpu;
using ScoreGpu.Engine.Networks;
using ScoreGpu.Engine.Processes;
using ScoreGpu.Engine.Samplers;

namespace ScoreGpu.Bench.Engine;

/// <summary>A hundred steps for a batch; allocates its result and the bias table, nothing a step.</summary>
[MemoryDiagnoser]
public class SamplerBenchmarks
{
    private readonly DdpmSchedule _schedule = new();
    private CpuDevice? _device;
    private IDeviceNetwork? _network;

    [Params(64, 4096, 65536)]
    public int Count { get; set; }

    [GlobalSetup]
    public void Start()
    {
        var architecture = new NetworkArchitecture(2, 128, 3, new LearnedEmbedding(_schedule.Steps, 128));
        _device = new CpuDevice();
        _network = _device.Load(Network.Create(architecture, 1));
    }

    [GlobalCleanup]
    public void Stop()
    {
        _network?.Dispose();
        _device?.Dispose();
    }

    [Benchmark]
    public float[] Ddim() => Sample(DdimSampler.Create(_schedule));

    [Benchmark]
    public float[] Ddpm() => Sample(DdpmSampler.Create(_schedule));

    private float[] Sample(StepProgram program) =>
        _network!.Sample(program, new SampleRequest { Count = Count, Seed = 1 }).Points;
}
