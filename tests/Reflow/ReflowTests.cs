using ScoreGpu.Engine;
using ScoreGpu.Engine.Data;
using ScoreGpu.Engine.Devices.Cpu;
using ScoreGpu.Engine.Metrics;
using ScoreGpu.Engine.Models;
using ScoreGpu.Engine.Networks;
using ScoreGpu.Engine.Processes;
using ScoreGpu.Engine.Reflow;
using ScoreGpu.Engine.Samplers;
using ScoreGpu.Engine.Training;

namespace ScoreGpu.Tests.Reflow;

public sealed class ReflowTests
{
    private const int Pairs = 2000;

    private static readonly TrainingOptions Options = new() { BatchSize = 256, LearningRate = 3e-3, Seed = 4 };

    [Theory]
    [InlineData(Prediction.Velocity)]
    [InlineData(Prediction.V)]
    public void A_round_straightens_the_flow_and_one_step_comes_near_the_data(Prediction predicts)
    {
        using CpuDevice device = new();
        Model model = Train(device, predicts);
        float[] weights = [.. model.Network.Values];
        FlowPairs pairs = Make(device, model, 1);
        Model once = ReflowRound.Train(
            device, model, pairs, 600, Options, null, TestContext.Current.CancellationToken);
        Assert.Equal(weights, model.Network.Values);

        double before = pairs.Straightness;
        double after = Make(device, once, 2).Straightness;
        double oneStepBefore = OneStep(device, model);
        double oneStepAfter = OneStep(device, once);
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"S {before:g3} to {after:g3}; one step {oneStepBefore:g3} to {oneStepAfter:g3}");
        Assert.True(after < 0.3 * before, $"{after}, from {before}");
        Assert.True(oneStepAfter < 0.3 * oneStepBefore, $"{oneStepAfter}, from {oneStepBefore}");
    }

    [Fact]
    public void The_same_seed_gives_the_same_weights_on_any_number_of_threads()
    {
        Assert.Equal(Weights(1), Weights(2));

        static float[] Weights(int threads)
        {
            using CpuDevice device = new(threads);
            Model model = Create(new FlowProcess(), Prediction.Velocity);
            FlowPairs pairs = Make(device, model, 1);
            return ReflowRound.Train(
                device, model, pairs, 5, Options, null, TestContext.Current.CancellationToken).Network.Values;
        }
    }

    // An untrained network: the pair is what Euler's method makes of the noise.
    [Fact]
    public void Pairs_are_the_ends_of_the_flow()
    {
        using CpuDevice device = new(1);
        Model model = Create(new FlowProcess(), Prediction.Velocity);
        using var network = device.Load(model.Network);
        FlowPairs pairs = FlowPairs.Make(model, network, 65, 20, 9, TestContext.Current.CancellationToken);
        float[] x = [.. pairs.Noise.Values];
        double[] times = [.. Straightness.TimesOf(FlowPairs.Grid(model, 20))];
        Assert.Equal(21, times.Length);
        Assert.Equal(1.0, times[0]);
        Assert.Equal(0.0, times[^1]);
        float[] velocity = new float[x.Length];
        for (int k = 0; k + 1 < times.Length; k++)
        {
            network.Evaluate(x, [(float)model.ConditionAt(times[k])], velocity);
            for (int i = 0; i < x.Length; i++)
            {
                x[i] += (float)(times[k + 1] - times[k]) * velocity[i];
            }
        }

        for (int i = 0; i < x.Length; i++)
        {
            Assert.Equal(x[i], pairs.Clean.Values[i], 1e-4);
        }
    }

    [Fact]
    public void Other_processes_and_predictions_are_refused_with_the_reason()
    {
        Assert.Contains(
            "expected flow",
            Assert.Throws<InputException>(() => FlowPairs.Require(Create(new VpProcess(), Prediction.Velocity))).Message,
            StringComparison.Ordinal);
        Assert.Contains(
            "where all is noise",
            Assert.Throws<InputException>(() => FlowPairs.Require(Create(new FlowProcess(), Prediction.Epsilon))).Message,
            StringComparison.Ordinal);
    }

    private static double OneStep(CpuDevice device, Model model)
    {
        using var network = device.Load(model.Network);
        var program = EulerSampler.Create(ModelSamplers.Describe(model), FlowPairs.Grid(model, 1));
        float[] points = network.Sample(program, new SampleRequest { Count = 1000, Seed = 8 }).Points;
        return EnergyDistance.Between(
            new PointSet(points, 1000, 2), new PointSet(NamedMixtures.TwoPeaks.Sample(1000, 3), 1000, 2));
    }

    private static FlowPairs Make(CpuDevice device, Model model, ulong seed)
    {
        using var network = device.Load(model.Network);
        return FlowPairs.Make(model, network, Pairs, 40, seed, TestContext.Current.CancellationToken);
    }

    private static Model Create(ContinuousProcess process, Prediction predicts) => new(
        Network.Create(new NetworkArchitecture(2, 48, 3, new LogSigmaEmbedding(16)), 1),
        predicts,
        new ContinuousModelProcess(process),
        "two-peaks");

    private static Model Train(CpuDevice device, Prediction predicts)
    {
        Model model = Create(new FlowProcess(), predicts);
        using var trainer = device.Train(
            model.Network, ModelObjectives.Default(model), new MixtureData(NamedMixtures.TwoPeaks), Options);
        TrainingRun run = new(trainer) { Decay = new CosineDecay(3e-3, 1e-4) };
        run.Advance(800, null, TestContext.Current.CancellationToken);
        run.CopyTo(model.Network);
        return model;
    }
}
