using System.Diagnostics;
using ScoreGpu.Engine.Data;
using ScoreGpu.Engine.Devices.Cpu;
using ScoreGpu.Engine.Networks;
using ScoreGpu.Engine.Processes;
using ScoreGpu.Engine.Samplers;
using ScoreGpu.Engine.Training;

namespace ScoreGpu.Bench.Jobs;

/// <summary>The jobs of the race against PyTorch; the other side is bench/peers/torch_jobs.py.</summary>
public sealed class PeerJobs : IDisposable
{
    private const int Hidden = 128;
    private const int Dimension = 2;

    private readonly DdpmSchedule _schedule = new();
    private readonly TrainingData _data = TrainingData.Parse("four-gaussians");
    private readonly Network _network;
    private readonly NetworkArchitecture _architecture;

    public PeerJobs()
    {
        _architecture = new NetworkArchitecture(Dimension, Hidden, 3, new LearnedEmbedding(_schedule.Steps, Hidden));
        _network = Network.Create(_architecture, 1);
    }

    public CpuDevice Device { get; } = new();

    // Multiply-adds count as two operations; activations, noise and the optimiser as none.
    private static double EvaluationFlops => 2.0 * ((2 * Dimension * Hidden) + (2 * Hidden * Hidden));

    private static double LevelFlops => 2.0 * 2 * Hidden * Hidden;

    public JobTime Time(string name) => name switch
    {
        "ddpm_train" => Time(() => Train(300, 512), 300.0 * TrainingFlops(512)),
        "ddim_sample" => Time(() => Sample(DdimSampler.Create(_schedule), 100_000), 100_000.0 * 100 * EvaluationFlops),
        "ddpm_sample" => Time(() => Sample(DdpmSampler.Create(_schedule), 100_000), 100_000.0 * 100 * EvaluationFlops),
        _ => throw new ArgumentException($"'{name}' is not a job.", nameof(name)),
    };

    public void Dispose() => Device.Dispose();

    /// <summary>Forward, weight gradients, and δ back to all layers but the first; the levels' tower in full.</summary>
    private double TrainingFlops(int batch) =>
        (batch * ((3 * EvaluationFlops) - (2.0 * Dimension * Hidden))) + (_schedule.Steps * 3 * LevelFlops);

    private static JobTime Time(Action job, double flops)
    {
        long start = Stopwatch.GetTimestamp();
        job();
        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        return new JobTime(seconds, flops / seconds / 1e9);
    }

    private void Train(int steps, int batch)
    {
        var options = new TrainingOptions { BatchSize = batch, LearningRate = 3e-4 };
        using var trainer = Device.Train(_network, Objectives.Epsilon(_schedule, Dimension), _data, options);
        for (int step = 0; step < steps; step++)
        {
            trainer.Step();
        }
    }

    private void Sample(StepProgram program, int count)
    {
        using var network = Device.Load(_network);
        network.Sample(program, new SampleRequest { Count = count, Seed = 1 });
    }
}
