using ScoreGpu.Engine.Data;
using ScoreGpu.Engine.Devices;
using ScoreGpu.Engine.Devices.Cpu;
using ScoreGpu.Engine.Metrics;
using ScoreGpu.Engine.Models;
using ScoreGpu.Engine.Networks;
using ScoreGpu.Engine.Processes;
using ScoreGpu.Engine.Samplers;
using ScoreGpu.Engine.Samplers.Host;
using ScoreGpu.Engine.Training;

namespace ScoreGpu.Tests.Models;

/// <summary>Every process with every prediction, trained for a second, sampled with every sampler that goes with it.
/// </summary>
public sealed class TrainedModelSamplingTests
{
    private const int Count = 400;
    private const int MostSteps = 100;

    /// <summary>All processes that can be trained, with all that a network can predict of them.</summary>
    public static TheoryData<string, Prediction> Models
    {
        get
        {
            TheoryData<string, Prediction> models = [];
            foreach (string name in (string[])
                ["ddpm", "geometric", "vp", "sub-vp", "ve", "cosine", "flow", "edm", "edm-preconditioned", "dsm"])
            {
                foreach (Prediction prediction in Create(name).Diffusion.KnownPredictions)
                {
                    models.Add(name, prediction);
                }
            }

            return models;
        }
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void Samples_are_near_the_data(string name, Prediction prediction)
    {
        Model model = Train(name, prediction);
        SamplerModel described = ModelSamplers.Describe(model);
        PointSet data = new(NamedMixtures.TwoPeaks.Sample(2000, 5), 2000, 2);
        using CpuDevice device = new();
        using IDeviceNetwork network = device.Load(model.Network);
        string usual = ModelSamplers.NamesFor(model)[0];
        foreach (string each in ModelSamplers.NamesFor(model))
        {
            SamplerInfo sampler = SamplerCatalog.Find(each);
            HostRequest onHost = new() { Count = Count, Seed = 6 };
            double[]? points = each switch
            {
                "rk45" => AdaptiveFlowSampler.Run(
                    described,
                    TimeGrid.Create(described.Process, TimeSpacing.Uniform, 2),
                    new DeviceBatchNetwork(network),
                    onHost,
                    new AdaptiveOptions { RelativeTolerance = 1e-3, AbsoluteTolerance = 1e-3 }).Points,
                "mala" => MalaSampler.Run(
                    described, 0, new DeviceBatchNetwork(network), onHost, 200, 0.05, 3).Points,
                _ => null,
            };
            StepProgram? program = points is not null ? null : sampler.Create is { } create && each != usual
                ? create(
                    described,
                    sampler.GridFor(described, Math.Min(MostSteps, sampler.StepsFor(described.Process))),
                    new SamplerSettings())
                : ModelSamplers.Create(model, each);
            float[] samples = program is null
                ? Array.ConvertAll(points!, value => (float)value)
                : network.Sample(program, new SampleRequest { Count = Count, Seed = 6 }).Points;
            Assert.All(samples, value => Assert.True(float.IsFinite(value), each));
            double scale = program?.StartScale ?? 3;
            float[] start = network.Sample(
                program ?? ModelSamplers.Default(model), new SampleRequest { Count = Count, Seed = 6, RecordEvery = 1 })
                .Trajectories[..samples.Length];
            double before = EnergyDistance.Between(new PointSet(start, Count, 2), data);
            double after = EnergyDistance.Between(new PointSet(samples, Count, 2), data);
            double share = Most(prediction, each == usual);
            Assert.True(after < share * before, $"{each}: {after}, from {before}");
            TestContext.Current.TestOutputHelper?.WriteLine(
                $"{name,-18} {prediction,-14} {each,-20} {before,8:f3} {after,8:f4}{(each == usual ? " usual" : "")}");
        }
    }

    // What is left of the start's energy distance. A network that predicts x0 knows points with little noise no better than
    // its own smoothness, and every conversion divides its error by sigma: a second of training does not suffice.
    private static double Most(Prediction prediction, bool isUsual) => (prediction, isUsual) switch
    {
        (Prediction.Denoised, true) => 0.5,
        (Prediction.Denoised, false) => 2.0,
        (_, true) => 0.2,
        _ => 0.3,
    };

    private static Model Train(string name, Prediction prediction)
    {
        ModelProcess process = Create(name);
        TimeConditioning conditioning = process switch
        {
            DdpmModelProcess ddpm => new LearnedEmbedding(ddpm.Steps, 16),
            SingleSigmaModelProcess => new NoConditioning(),
            _ => new LogSigmaEmbedding(16),
        };
        Model model = new(
            Network.Create(new NetworkArchitecture(2, 64, 3, conditioning), 1), prediction, process, "two-peaks");
        TrainingOptions options = new()
        {
            BatchSize = 256,
            LearningRate = 3e-3,
            ClipNorm = 1,
            Average = new WeightAverage(0.99),
            Seed = 2,
        };
        using CpuDevice device = new();
        using ITrainer trainer = device.Train(
            model.Network, ModelObjectives.Default(model), new MixtureData(NamedMixtures.TwoPeaks), options);
        TrainingRun run = new(trainer) { Decay = new CosineDecay(3e-3, 1e-4) };
        run.Advance(600, null, TestContext.Current.CancellationToken);
        run.CopyTo(model.Network);
        return model;
    }

    private static ModelProcess Create(string name) => name switch
    {
        "ddpm" => new DdpmModelProcess(),
        "geometric" => new GeometricModelProcess(),
        "dsm" => new SingleSigmaModelProcess(0.5),
        "vp" => new ContinuousModelProcess(new VpProcess()),
        "sub-vp" => new ContinuousModelProcess(new SubVpProcess()),
        "ve" => new ContinuousModelProcess(new VeProcess()),
        "cosine" => new ContinuousModelProcess(new CosineProcess()),
        "flow" => new ContinuousModelProcess(new FlowProcess()),
        "edm" => new ContinuousModelProcess(new EdmProcess()),
        _ => new ContinuousModelProcess(new PreconditionedEdmProcess(1.5)),
    };
}
