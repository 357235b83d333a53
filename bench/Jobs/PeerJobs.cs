using System.Diagnostics;
using ScoreGpu.Engine;
using ScoreGpu.Engine.Data;
using ScoreGpu.Engine.Devices;
using ScoreGpu.Engine.Samplers;
using ScoreGpu.Engine.Training;

namespace ScoreGpu.Bench.Jobs;

/// <summary>The jobs of bench/peers/race.py, each a whole program; the other side is bench/peers/torch_jobs.py.</summary>
internal sealed class PeerJobs(IDevice device)
{
    private readonly TrainingData _data = TrainingData.Parse("four-gaussians");

    public JobTime Time(string name) => name switch
    {
        "ddpm_train" => Time(() => Train(300, 512), 300.0 * PeerNetwork.TrainingFlops(512)),
        "ddim_sample" => Time(() => Sample(DdimSampler.Create(PeerNetwork.Schedule), 100_000), SamplingFlops(100_000)),
        "ddpm_sample" => Time(() => Sample(DdpmSampler.Create(PeerNetwork.Schedule), 100_000), SamplingFlops(100_000)),
        _ => throw InputException.For("job", name, "ddpm_train, ddim_sample or ddpm_sample"),
    };

    private static double SamplingFlops(int count) =>
        (double)count * PeerNetwork.Schedule.Steps * PeerNetwork.EvaluationFlops;

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
        using var trainer = device.Train(
            PeerNetwork.Network, Objectives.Epsilon(PeerNetwork.Schedule, PeerNetwork.Dimension), _data, options);
        for (int step = 0; step < steps; step++)
        {
            trainer.Step();
        }
    }

    private void Sample(StepProgram program, int count)
    {
        using var network = device.Load(PeerNetwork.Network);
        network.Sample(program, new SampleRequest { Count = count, Seed = 1 });
    }
}
