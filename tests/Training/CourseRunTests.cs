using ScoreGpu.Engine.Data;
using ScoreGpu.Engine.Devices;
using ScoreGpu.Engine.Devices.Cpu;
using ScoreGpu.Engine.Distributions;
using ScoreGpu.Engine.Metrics;
using ScoreGpu.Engine.Models;
using ScoreGpu.Engine.Networks;
using ScoreGpu.Engine.Processes;
using ScoreGpu.Engine.Samplers;
using ScoreGpu.Engine.Training;

namespace ScoreGpu.Tests.Training;

/// <summary>
/// The training runs of the courses, with their own networks, batches and learning rates: what each is said to reach.
/// </summary>
public sealed class CourseRunTests
{
    private const int Points = 4000;

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void Three_hundred_steps_of_noise_prediction_reach_PyTorchs_loss(ulong seed)
    {
        DdpmModelProcess process = new();
        Model model = new(Fresh(128, new LearnedEmbedding(process.Steps, 128), seed), Prediction.Epsilon, process, "");

        TrainingRun run = Train(model, "epsilon", NamedMixtures.FourGaussians, 300, 512, 3e-4, null, seed);

        // PyTorch's mean over the last 50 steps lay from 0.914 to 0.922 over five seeds.
        Assert.InRange(run.MeanOfLast(50), 0.905, 0.93);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void Exact_trace_score_matching_finds_the_two_clusters(ulong seed)
    {
        Model model = new(Fresh(128, new NoConditioning(), seed), Prediction.Score, new SingleSigmaModelProcess(0), "");
        _ = Train(model, "hyvarinen", NamedMixtures.TwoGaussians, 500, 256, 1e-3, null, seed);

        RequireScore(model, NamedMixtures.TwoGaussians, 0, cosine: 0.95);

        // The chains do not change sides, so that the start, and where the score divides it, decide the shares.
        RequireModes(Sample(model, seed), NamedMixtures.TwoGaussians, outliers: 0.02, 0.35, 0.65);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void Denoising_score_matching_learns_the_score_of_the_noised_data(ulong seed)
    {
        Model model = new(
            Fresh(128, new NoConditioning(), seed), Prediction.Score, new SingleSigmaModelProcess(0.5), "");
        _ = Train(model, "dsm", NamedMixtures.TwoGaussians, 2000, 256, 1e-3, null, seed);

        GaussianMixture noised = NamedMixtures.TwoGaussians.Noised(1, 0.5);
        RequireScore(model, noised, 0.5, cosine: 0.97);
        RequireModes(Sample(model, seed), noised, outliers: 0.02, 0.4, 0.6);
    }

    [Fact]
    public void Twelve_noise_levels_find_all_eight_modes()
    {
        const ulong seed = 1;

        // A tenth of the course's 70,200 steps.
        GeometricModelProcess process = new();
        Model model = new(Fresh(256, new LogSigmaEmbedding(32), seed), Prediction.Score, process, "");
        _ = Train(model, "ncsn", NamedMixtures.Ring8, 7_020, 512, 1e-3, 1e-5, seed);

        for (int level = 0; level < process.Levels.Count; level += 3)
        {
            RequireScore(model, NamedMixtures.Ring8, process.Levels[level], cosine: 0.9);
        }

        RequireModes(Sample(model, seed), NamedMixtures.Ring8, outliers: 0.04, 0.09, 0.16);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void Straight_paths_reach_the_data_in_fifty_Euler_steps(ulong seed)
    {
        Model model = new(
            Fresh(128, new LogSigmaEmbedding(32), seed),
            Prediction.Velocity,
            new ContinuousModelProcess(new FlowProcess()),
            "");
        _ = Train(model, "velocity", NamedMixtures.Ring8, 5000, 512, 1e-3, 1e-5, seed);
        SamplerModel described = ModelSamplers.Describe(model);
        SamplerInfo sampler = SamplerCatalog.Find("euler");
        StepProgram euler = sampler.Create!(described, sampler.GridFor(described, 50), new SamplerSettings());

        RequireClose(Sample(model, seed, euler), NamedMixtures.Ring8);
    }

    private static Network Fresh(int hidden, TimeConditioning conditioning, ulong seed) =>
        Network.Create(new NetworkArchitecture(2, hidden, 3, conditioning), seed);

    private static TrainingRun Train(
        Model model,
        string objective,
        GaussianMixture data,
        int steps,
        int batch,
        double rate,
        double? lastRate,
        ulong seed)
    {
        TrainingOptions options = new()
        {
            BatchSize = batch,
            LearningRate = rate,
            ClipNorm = model.Process is GeometricModelProcess ? 1 : double.PositiveInfinity,
            Seed = seed,
        };
        using CpuDevice device = new();
        using ITrainer trainer = device.Train(
            model.Network, ModelObjectives.Create(model, objective), new MixtureData(data), options);
        TrainingRun run = new(trainer) { Decay = lastRate is { } last ? new CosineDecay(rate, last) : null };
        run.Advance(steps, null, TestContext.Current.CancellationToken);
        run.CopyTo(model.Network);
        return run;
    }

    private static void RequireScore(Model model, GaussianMixture exact, double sigma, double cosine)
    {
        GaussianMixture target = model.Process is GeometricModelProcess ? exact.Noised(1, sigma) : exact;
        float[] points = target.Sample(Points, 77);
        using CpuDevice device = new();
        using IDeviceNetwork network = device.Load(model.Network);
        float[] learned = new ModelEvaluator(model, network).Evaluate(ModelQuantity.Score, points, sigma);
        float[] known = Array.ConvertAll(
            target.Scores(Array.ConvertAll(points, value => (double)value)), value => (float)value);
        FieldComparison comparison = FieldComparison.Of(learned, known, 2);
        Report($"sigma {sigma}: cosine {comparison.MeanCosineSimilarity}, error {comparison.MedianRelativeError}");
        Assert.InRange(comparison.MeanCosineSimilarity, cosine, 1);
    }

    private static PointSet Sample(Model model, ulong seed, StepProgram? program = null)
    {
        using CpuDevice device = new();
        using IDeviceNetwork network = device.Load(model.Network);
        SampleRequest request = new() { Count = Points, Seed = seed + 100 };
        return new PointSet(
            network.Sample(program ?? ModelSamplers.Default(model), request).Points, Points, 2);
    }

    private static void RequireModes(
        PointSet samples, GaussianMixture target, double outliers, double leastShare, double greatestShare)
    {
        ModeStatistics modes = ModeStatistics.Of(target, samples);
        Report($"outliers {modes.OutlierShare}; {string.Join(' ', modes.Modes.Select(mode => mode.Share))}");
        Assert.InRange(modes.OutlierShare, 0, outliers);
        Assert.All(modes.Modes, mode => Assert.InRange(mode.Share, leastShare, greatestShare));
    }

    private static void RequireClose(PointSet samples, GaussianMixture target)
    {
        PointSet data = new(target.Sample(Points, 78), Points, 2);
        TwoSampleEstimate distance = EnergyDistance.Estimate(samples, data);
        Report($"energy distance² {distance}");
        Assert.InRange(distance.Value, double.NegativeInfinity, 5 * distance.NullError);
    }

    private static void Report(string line) => TestContext.Current.TestOutputHelper?.WriteLine(line);
}
