using System.Diagnostics;
using ScoreGpu.Engine;
using ScoreGpu.Engine.Data;
using ScoreGpu.Engine.Devices;
using ScoreGpu.Engine.Likelihoods;
using ScoreGpu.Engine.Networks;
using ScoreGpu.Engine.Processes;
using ScoreGpu.Engine.Samplers;
using ScoreGpu.Engine.Training;

namespace ScoreGpu.Bench.Jobs;

/// <summary>The jobs of bench/peers/race.py, each a whole program; the other side is bench/peers/torch_jobs.py.</summary>
internal sealed class PeerJobs
{
    private const double DsmSigma = 0.5;

    private readonly IDevice _device;
    private readonly Dictionary<string, (Action Run, double Flops)> _jobs;

    public PeerJobs(IDevice device)
    {
        _device = device;
        ScoreNetworks plain = ScoreNetworks.Plain;
        ScoreNetworks levels = ScoreNetworks.OfLevels;
        _jobs = new Dictionary<string, (Action, double)>(StringComparer.Ordinal)
        {
            ["ddim_sample"] = Sample(
                PeerNetwork.Network, PeerNetwork.EvaluationFlops, DdimSampler.Create(PeerNetwork.Schedule), 100_000),
            ["ddpm_sample"] = Sample(
                PeerNetwork.Network, PeerNetwork.EvaluationFlops, DdpmSampler.Create(PeerNetwork.Schedule), 100_000),
            ["langevin_sample"] = Sample(
                plain.Network, plain.EvaluationFlops, LangevinSampler.Create(1500, 0.01), 1000),
            ["annealed_sample"] = Sample(
                levels.Network,
                levels.EvaluationFlops,
                AnnealedLangevinSampler.Create(ScoreNetworks.Levels.Sigmas, 100),
                200),
            ["likelihood"] = LogLikelihoods(4096),
            ["ddpm_train"] = Train(
                PeerNetwork.Network,
                PeerNetwork.TrainingFlops(512),
                Objectives.Epsilon(PeerNetwork.Schedule, PeerNetwork.Dimension),
                "four-gaussians",
                300,
                new TrainingOptions { BatchSize = 512, LearningRate = 3e-4 }),
            ["dsm_train"] = Train(
                plain.Network,
                256 * plain.TrainingFlops(0),
                Objectives.DenoisingScore(DsmSigma),
                "two-gaussians",
                2000,
                new TrainingOptions { BatchSize = 256, LearningRate = 1e-3 }),
            ["hyvarinen_train"] = Train(
                plain.Network,
                256 * plain.TrainingFlops(2),
                new HyvarinenObjective(),
                "two-gaussians",
                500,
                new TrainingOptions { BatchSize = 256, LearningRate = 1e-3 }),
            ["ncsn_train"] = Train(
                levels.Network,
                512 * levels.TrainingFlops(0),
                Objectives.NoiseConditionalScore(ScoreNetworks.Levels.Sigmas, PeerNetwork.Dimension),
                "ring8",
                300,
                new TrainingOptions { BatchSize = 512, LearningRate = 1e-3, ClipNorm = 1 }),
        };
    }

    public JobTime Time(string name)
    {
        if (!_jobs.TryGetValue(name, out (Action Run, double Flops) job))
        {
            throw InputException.For("job", name, string.Join(", ", _jobs.Keys));
        }

        long start = Stopwatch.GetTimestamp();
        job.Run();
        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        return new JobTime(seconds, job.Flops / seconds / 1e9);
    }

    private (Action Run, double Flops) Sample(Network weights, double evaluationFlops, StepProgram program, int count)
    {
        return (Run, (double)count * program.Nfe * evaluationFlops);

        void Run()
        {
            using IDeviceNetwork network = _device.Load(weights);
            network.Sample(program, new SampleRequest { Count = count, Seed = 1 });
        }
    }

    private (Action Run, double Flops) Train(
        Network weights, double stepFlops, Objective objective, string data, int steps, TrainingOptions options)
    {
        TrainingData points = TrainingData.Parse(data);
        return (Run, steps * stepFlops);

        void Run()
        {
            using ITrainer trainer = _device.Train(weights, objective, points, options);
            for (int step = 0; step < steps; step++)
            {
                trainer.Step();
            }
        }
    }

    // A value and a tangent of it at every step of the schedule.
    private (Action Run, double Flops) LogLikelihoods(int count)
    {
        LikelihoodProgram program = LikelihoodProgram.Create(
            new SamplerModel(PeerNetwork.Schedule, Prediction.Epsilon),
            TimeGrid.Of(
                PeerNetwork.Schedule,
                [.. Enumerable.Range(0, PeerNetwork.Schedule.Steps).Select(t => (double)t)],
                endsAtData: false),
            FlowMethod.Euler);
        var random = new Random(1);
        float[] points = new float[count * PeerNetwork.Dimension];
        for (int i = 0; i < points.Length; i++)
        {
            points[i] = (6 * random.NextSingle()) - 3;
        }

        TraceRequest request = new()
        {
            Points = points,
            Estimator = new TraceEstimator(Probes: 1),
            Seed = 1,
        };
        return (Run, 2.0 * count * program.Steps.Nfe * PeerNetwork.EvaluationFlops);

        void Run()
        {
            using IDeviceNetwork network = _device.Load(PeerNetwork.Network);
            FlowLikelihood.Run(program, network, request);
        }
    }
}
