using BenchmarkDotNet.Attributes;
using ScoreGpu.Engine.Data;
using ScoreGpu.Engine.Devices;
using ScoreGpu.Engine.Devices.Cpu;
using ScoreGpu.Engine.Networks;
using ScoreGpu.Engine.Processes;
using ScoreGpu.Engine.Training;

namespace ScoreGpu.Bench.Engine;

/// <summary>One step of noise-prediction training; allocates nothing.</summary>
[MemoryDiagnoser]
public class TrainingStepBenchmarks
{
    private CpuDevice? _device;
    private ITrainer? _trainer;

    [Params(64, 512, 4096)]
    public int Batch { get; set; }

    [Params(128)]
    public int Hidden { get; set; }

    [GlobalSetup]
    public void Start()
    {
        var schedule = new DdpmSchedule();
        var architecture = new NetworkArchitecture(2, Hidden, 3, new LearnedEmbedding(schedule.Steps, Hidden));
        _device = new CpuDevice();
        _trainer = _device.Train(
            Network.Create(architecture, 1),
            Objectives.Epsilon(schedule, 2),
            TrainingData.Parse("four-gaussians"),
            new TrainingOptions { BatchSize = Batch });
    }

    [GlobalCleanup]
    public void Stop()
    {
        _trainer?.Dispose();
        _device?.Dispose();
    }

    [Benchmark]
    public double Step() => _trainer!.Step();
}
