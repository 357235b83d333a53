using BenchmarkDotNet.Attributes;
using ScoreGpu.Engine.Devices;
using ScoreGpu.Engine.Devices.Cpu;
using ScoreGpu.Engine.Drawing;
using ScoreGpu.Engine.Networks;
using ScoreGpu.Engine.Processes;
using ScoreGpu.Engine.Samplers;

namespace ScoreGpu.Bench.Engine;

/// <summary>A hundred steps for a batch, alone and drawn into 3840 × 2160 pixels.</summary>
/// <remarks>The noise of DDPM makes long segments, some 36 pixels; those of DDIM are a few. Both allocate the result and the
/// tables of the program, drawing its baskets and windows too, but nothing a step.</remarks>
[MemoryDiagnoser]
public class DrawingBenchmarks
{
    private readonly DdpmSchedule _schedule = new(100);
    private readonly SampleRequest _request = new() { Count = 65536, Seed = 1 };
    private readonly TrajectoryCanvas _canvas = new(
        3840,
        2160,
        new CanvasView(-6, 6, -3.4, 3.4),
        new TimeColouring([.. Enumerable.Range(0, 256).Select(i => new CanvasColour((byte)i, 128, (byte)(255 - i)))]));

    private CpuDevice? _device;
    private IDeviceNetwork? _network;
    private StepProgram? _program;

    [Params("ddpm", "ddim")]
    public string Sampler { get; set; } = "";

    [GlobalSetup]
    public void Start()
    {
        var architecture = new NetworkArchitecture(2, 128, 3, new LearnedEmbedding(_schedule.Steps, 128));
        _device = new CpuDevice();
        _network = _device.Load(Network.Create(architecture, 1));
        _program = Sampler == "ddpm" ? DdpmSampler.Create(_schedule) : DdimSampler.Create(_schedule);
    }

    [GlobalCleanup]
    public void Stop()
    {
        _network?.Dispose();
        _device?.Dispose();
    }

    [Benchmark(Baseline = true)]
    public float[] Sample() => _network!.Sample(_program!, _request).Points;

    [Benchmark]
    public float[] Draw() => _network!.Draw(_program!, _request, _canvas).Points;
}
