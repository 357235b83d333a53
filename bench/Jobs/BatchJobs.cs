using System.Diagnostics;
using ScoreGpu.Engine;
using ScoreGpu.Engine.Data;
using ScoreGpu.Engine.Devices;
using ScoreGpu.Engine.Samplers;
using ScoreGpu.Engine.Training;

namespace ScoreGpu.Bench.Jobs;

/// <summary>The jobs of bench/gpu/race.py, for any batch; the other side is bench/gpu/torch_peer.py.</summary>
/// <remarks>
/// The network stays on the device between repetitions, and so does a trainer. A new job is a line of the table, here
/// and there, and one of <see cref="JobChecks"/>.
/// </remarks>
internal sealed class BatchJobs : IDisposable
{
    private readonly IDevice _device;
    private readonly Dictionary<string, Func<int, BatchJob>> _jobs;
    private (string Name, int Batch) _ready;
    private BatchJob? _job;

    public BatchJobs(IDevice device)
    {
        _device = device;
        _jobs = new Dictionary<string, Func<int, BatchJob>>(StringComparer.Ordinal)
        {
            ["ddim_sample"] = batch => Sample(DdimSampler.Create(PeerNetwork.Schedule), batch),
            ["ddpm_sample"] = batch => Sample(DdpmSampler.Create(PeerNetwork.Schedule), batch),
            ["ddpm_train"] = Train,
            ["likelihood"] = Differentiate,
        };
    }

    /// <summary>Repeats a job, and gives the mean time of a repetition. It is made ready before the clock starts, and
    /// stays so until another one is asked for.</summary>
    public JobTime Time(string name, int batch, int repeats)
    {
        BatchJob job = Prepare(name, batch);
        long start = Stopwatch.GetTimestamp();
        for (int i = 0; i < repeats; i++)
        {
            job.Run();
        }

        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds / repeats;
        return new JobTime(seconds, job.Flops / seconds / 1e9);
    }

    public void Dispose() => _job?.Dispose();

    private BatchJob Prepare(string name, int batch)
    {
        if (_job is not null && _ready == (name, batch))
        {
            return _job;
        }

        if (!_jobs.TryGetValue(name, out Func<int, BatchJob>? create))
        {
            throw InputException.For("job", name, string.Join(", ", _jobs.Keys));
        }

        _job?.Dispose();
        _job = null;
        _job = create(batch);
        _ready = (name, batch);
        return _job;
    }

    private BatchJob Sample(StepProgram program, int batch)
    {
        IDeviceNetwork network = _device.Load(PeerNetwork.Network);
        var request = new SampleRequest { Count = batch, Seed = 1 };
        return new BatchJob(
            () => network.Sample(program, request),
            (double)batch * program.Nfe * PeerNetwork.EvaluationFlops,
            network);
    }

    private BatchJob Train(int batch)
    {
        ITrainer trainer = _device.Train(
            PeerNetwork.Network,
            Objectives.Epsilon(PeerNetwork.Schedule, PeerNetwork.Dimension),
            TrainingData.Parse("four-gaussians"),
            new TrainingOptions { BatchSize = batch, LearningRate = 3e-4, Seed = 1 });
        return new BatchJob(() => trainer.Step(), PeerNetwork.TrainingFlops(batch), trainer);
    }

    /// <summary>What a likelihood needs at each of its steps: the network and its divergence at every point.</summary>
    private BatchJob Differentiate(int batch)
    {
        IDeviceNetwork network = _device.Load(PeerNetwork.Network);
        var random = new Random(1);
        float[] points = new float[batch * PeerNetwork.Dimension];
        float[] values = new float[points.Length];
        float[] divergences = new float[batch];
        float[] level = [JobChecks.Level];
        for (int i = 0; i < points.Length; i++)
        {
            points[i] = (6 * random.NextSingle()) - 3;
        }

        // The divergence takes a value and a tangent an axis through the layers; the values are a pass of their own.
        return new BatchJob(
            () =>
            {
                network.Evaluate(points, level, values);
                network.Divergence(points, level, divergences);
            },
            (double)batch * (2 + PeerNetwork.Dimension) * PeerNetwork.EvaluationFlops,
            network);
    }
}
