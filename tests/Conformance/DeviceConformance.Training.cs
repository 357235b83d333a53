using System.Collections.Concurrent;
using ScoreGpu.Engine.Data;
using ScoreGpu.Engine.Models;
using ScoreGpu.Engine.Networks;
using ScoreGpu.Engine.Processes;
using ScoreGpu.Engine.Training;
using ScoreGpu.Engine.Verification.Reference;
using ScoreGpu.Kernels;

namespace ScoreGpu.Tests.Conformance;

public abstract partial class DeviceConformance
{
    private static readonly ConcurrentDictionary<string, (double Loss, double[] Gradient)> References = new();

    /// <summary>As in <see cref="ConformanceCase"/>, and the objective.</summary>
    public static TheoryData<string> TrainingCases =>
    [
        "1 1 1 1 none dsm",
        "63 2 7 1 step:5:3 epsilon",
        "64 17 65 2 step:70:65 epsilon",
        "65 2 32 4 step:100:32 epsilon",
        "257 2 128 3 step:130:128 epsilon",
        "2000 2 32 3 step:100:32 epsilon",
        "2000 3 20 2 log-sigma:16 ncsn",
        "4161 2 7 2 step:70:9 epsilon",
        "8449 1 20 1 none dsm",
        "65 1 65 1 log-sigma:1 ncsn",
        "257 2 32 3 log-sigma:17 ncsn",
        "63 17 128 2 none dsm",
        "2000 1 7 4 none dsm",
        "64 2 32 3 none hyvarinen",
        "65 17 20 2 none hyvarinen",
        "257 1 65 1 none hyvarinen",
        "1 3 7 4 none hyvarinen",
        "2000 2 16 2 none hyvarinen",
        "257 2 128 3 none sliced",
        "63 17 65 1 none sliced",
        "1 1 1 2 none sliced",
        "2000 3 7 4 none sliced",
        "257 2 20 2 none projected",
        "63 17 65 1 none projected",
        "1 1 1 2 none projected",
        "64 5 33 2 none esm",
        "257 2 32 3 step:100:32 v",
        "65 3 20 2 log-sigma:16 velocity",
        "257 2 32 2 log-sigma:32 edm",
        "257 2 32 3 step:100:32 epsilon tanh",
        "257 2 32 3 step:100:32 epsilon relu",
        "257 2 32 3 step:100:32 epsilon gelu",
        "64 2 32 3 none hyvarinen tanh",
        "65 9 20 2 none hyvarinen gelu",
        "63 17 33 2 none sliced tanh",
        "257 2 33 2 none sliced gelu",
        "63 3 33 2 none projected gelu",
        "257 2 32 2 sinusoidal:16:24 velocity",
        "65 3 20 2 fourier:30:17 velocity gelu",
        "65 3 20 2 fourier-log:16:15 ncsn tanh",
        "63 33 20 2 none hyvarinen",
        "65 64 20 2 none hyvarinen tanh",
        "64 65 33 2 log-sigma:16 ncsn",
        "63 100 20 1 none sliced gelu",
    ];

    [Theory]
    [MemberData(nameof(TrainingCases))]
    public void Loss_and_gradients_match_the_reference(string name)
    {
        var (network, objective, batch) = TrainingCase(name);
        (double loss, double[] gradient) = References.GetOrAdd(name, _ =>
        {
            double[] sum = new double[network.Values.Length];
            double value = ReferenceObjective.Evaluate(new ReferenceNetwork(network), objective, batch, sum);
            return (value, sum);
        });
        using var trainer = Device().Train(network, objective, AnyData(network), new TrainingOptions());
        float[] actual = new float[gradient.Length];
        Array.Fill(actual, float.NaN);
        double actualLoss = trainer.Gradient(batch, actual);
        Assert.Equal(0, trainer.StepsDone);

        // Losses of the two objectives with a trace may cancel, so their scale is that of a term.
        double scale = objective is DenoisingObjective ? loss : Math.Max(1, Math.Abs(loss));
        Assert.Equal(loss, actualLoss, ValueTolerance * scale);
        foreach (var parameter in network.Parameters)
        {
            var range = parameter.Offset..(parameter.Offset + parameter.Length);
            Closeness.Require(parameter.Name, actual[range], gradient[range], GradientTolerance);
        }

        float[] again = new float[gradient.Length];
        Assert.Equal(actualLoss, trainer.Gradient(batch, again));
        Assert.Equal(actual, again);
    }

    [Theory]
    [InlineData("65 2 32 4 step:100:32 epsilon", double.PositiveInfinity)]
    [InlineData("65 2 32 4 step:100:32 epsilon", 0.05)]
    [InlineData("64 2 32 3 none hyvarinen", 1e9)]
    [InlineData("65 1 65 1 log-sigma:1 ncsn", 1e-3)]
    public void Adam_follows_the_reference(string name, double clip)
    {
        var (network, objective, batch) = TrainingCase(name);
        var options = new TrainingOptions { LearningRate = 2e-3, Beta1 = 0.8, Beta2 = 0.99, Epsilon = 1e-5, ClipNorm = clip };
        using var trainer = Device().Train(network, objective, AnyData(network), options);
        var reference = new ReferenceNetwork(network);
        var adam = new ReferenceAdam(reference.Values, options);
        for (int step = 0; step < 12; step++)
        {
            double[] gradient = new double[network.Values.Length];
            double loss = ReferenceObjective.Evaluate(reference, objective, batch, gradient);
            adam.Step(reference.Values, gradient);
            double scale = objective is DenoisingObjective ? loss : Math.Max(1, Math.Abs(loss));
            Assert.Equal(loss, trainer.Step(batch), 10 * ValueTolerance * scale);
            Assert.Equal(step + 1, trainer.StepsDone);
        }

        var trained = new Network(network.Architecture);
        trainer.CopyTo(trained);
        double[] start = [.. network.Values.Select(value => (double)value)];
        foreach (var parameter in network.Parameters)
        {
            var range = parameter.Offset..(parameter.Offset + parameter.Length);
            Closeness.Require(
                parameter.Name, trained.Values[range], reference.Values[range], 10 * ValueTolerance);
        }

        Assert.True(Closeness.Error(trained.Values, start) > 1e-3);
    }

    [Theory]
    [InlineData("65 2 32 4 step:100:32 epsilon", double.PositiveInfinity)]
    [InlineData("257 2 32 3 log-sigma:17 ncsn", 0.05)]
    [InlineData("63 3 66 2 none dsm", double.PositiveInfinity)]
    public void Weight_decay_warm_up_and_average_follow_the_reference(string name, double clip)
    {
        const int Steps = 24;
        var (network, objective, batch) = TrainingCase(name);
        var options = new TrainingOptions
        {
            LearningRate = 4e-3,
            Epsilon = 1e-5,
            ClipNorm = clip,
            WeightDecay = 0.5,
            Average = new WeightAverage(0.7),
        };
        using var trainer = Device().Train(network, objective, AnyData(network), options);
        new TrainingRun(trainer) { WarmUp = new LinearWarmUp(5), Batches = new Same(batch) }.Advance(
            Steps, null, TestContext.Current.CancellationToken);

        var reference = new ReferenceNetwork(network);
        var adam = new ReferenceAdam(reference.Values, options);
        for (int step = 0; step < Steps; step++)
        {
            double[] gradient = new double[network.Values.Length];
            ReferenceObjective.Evaluate(reference, objective, batch, gradient);
            adam.LearningRate = 4e-3 * Math.Min(1, (step + 1) / 5.0);
            adam.Step(reference.Values, gradient);
        }

        var trained = new Network(network.Architecture);
        var average = new Network(network.Architecture);
        trainer.CopyTo(trained);
        Assert.True(trainer.TryCopyAverageTo(average));
        foreach (var parameter in network.Parameters)
        {
            var range = parameter.Offset..(parameter.Offset + parameter.Length);
            Closeness.Require(
                parameter.Name, trained.Values[range], reference.Values[range], 10 * ValueTolerance);
            Closeness.Require(
                "average of " + parameter.Name, average.Values[range], adam.Average[range], 10 * ValueTolerance);
        }

        Assert.True(Closeness.Error(average.Values, reference.Values) > 1e-3);
    }

    [Fact]
    public void The_held_out_loss_takes_no_step()
    {
        var (network, objective, batch) = TrainingCase("257 2 32 3 log-sigma:17 ncsn");
        using var trainer = Device().Train(network, objective, AnyData(network), new TrainingOptions { BatchSize = 10 });
        using var other = Device().Train(network, objective, AnyData(network), new TrainingOptions { BatchSize = 10 });
        double loss = trainer.Loss(batch);
        Assert.Equal(trainer.Gradient(batch, new float[network.Values.Length]), loss);
        Assert.Equal(0, trainer.StepsDone);
        Assert.False(trainer.TryCopyAverageTo(new Network(network.Architecture)));
        trainer.Step();
        trainer.Loss(batch);
        trainer.Step();
        other.Step();
        other.Step();
        var a = new Network(network.Architecture);
        var b = new Network(network.Architecture);
        trainer.CopyTo(a);
        other.CopyTo(b);
        Assert.Equal(b.Values, a.Values);
    }

    [Theory]
    [InlineData("step:100:32", "mixture")]
    [InlineData("log-sigma:16", "points")]
    [InlineData("none", "mixture")]
    [InlineData("sliced", "points")]
    [InlineData("none", "shuffled")]
    [InlineData("rademacher", "mixture")]
    public void Drawn_batches_are_those_of_the_generator(string kind, string source)
    {
        var conditioning = ConformanceCase.Conditioning(kind);
        var network = Network.Create(new NetworkArchitecture(2, 16, 2, conditioning), 9);
        Objective objective = kind switch
        {
            "sliced" => new SlicedObjective(),
            "rademacher" => new SlicedObjective(ProbeKind.Rademacher),
            _ => ObjectiveOf(network, "dsm"),
        };
        TrainingData data = source switch
        {
            "points" => ReferenceDraws.Points,
            "shuffled" => ReferenceDraws.Points with { Order = DrawOrder.Shuffled },
            _ => ReferenceDraws.Mixture,
        };
        var options = new TrainingOptions { BatchSize = 130, Seed = 0x1234_5678_9abc_def0 };
        using var drawn = Device().Train(network, objective, data, options);
        using var given = Device().Train(network, objective, data, options);
        for (uint step = 0; step < 3; step++)
        {
            var batch = ReferenceBatch.Of(data, objective, options, step);
            Assert.Equal(given.Step(batch), drawn.Step(), 1e-5);
        }

        var a = new Network(network.Architecture);
        var b = new Network(network.Architecture);
        drawn.CopyTo(a);
        given.CopyTo(b);
        Closeness.Require("weights", a.Values, [.. b.Values.Select(value => (double)value)], 1e-4);
    }

    [Theory]
    [InlineData("2000 2 32 3 step:100:32 epsilon")]
    [InlineData("2000 3 20 2 log-sigma:16 ncsn")]
    [InlineData("2000 2 16 2 none hyvarinen")]
    [InlineData("257 2 32 3 step:100:32 epsilon")]
    [InlineData("385 2 16 1 none sliced")]
    [InlineData("4161 2 7 2 step:70:9 epsilon")]
    [InlineData("8449 1 20 1 none dsm")]
    public void Training_gives_the_same_bits_in_every_variant(string name)
    {
        var (network, objective, batch) = TrainingCase(name);
        float[] gradient = [];
        float[] weights = [];
        for (int variant = 0; variant < Variants; variant++)
        {
            var options = new TrainingOptions { BatchSize = 700, Seed = 3, ClipNorm = 1 };
            using var trainer = Device(variant).Train(network, objective, AnyData(network), options);
            float[] some = new float[network.Values.Length];
            trainer.Gradient(batch, some);
            trainer.Step();
            trainer.Step();
            var trained = new Network(network.Architecture);
            trainer.CopyTo(trained);
            gradient = variant == 0 ? some : gradient;
            weights = variant == 0 ? trained.Values : weights;
            Assert.Equal(gradient, some);
            Assert.Equal(weights, trained.Values);
        }
    }

    [Fact]
    public void Training_that_does_not_fit_is_named()
    {
        var device = Device();
        var unconditional = new Network(new NetworkArchitecture(2, 4, 1, new NoConditioning()));
        var timed = new Network(new NetworkArchitecture(2, 4, 1, new LearnedEmbedding(5, 3)));
        var options = new TrainingOptions();
        var epsilon = ObjectiveOf(timed, "epsilon");
        var wide = new Network(new NetworkArchitecture(3, 4, 1, new NoConditioning()));
        AssertNames("data", () => device.Train(wide, new SlicedObjective(), ReferenceDraws.Points, options));
        AssertNames("objective", () => device.Train(timed, new SlicedObjective(), ReferenceDraws.Points, options));
        var kinked = new Network(new NetworkArchitecture(2, 4, 1, new NoConditioning()) { Activation = Activation.Relu });
        AssertNames("activation", () => device.Train(
            kinked, new HyvarinenObjective(), ReferenceDraws.Points, options));
        AssertNames("activation", () => device.Train(kinked, new SlicedObjective(), ReferenceDraws.Points, options));
        AssertNames("levels", () => device.Train(
            unconditional, new DenoisingObjective("none", []), ReferenceDraws.Points, options));
        AssertNames("time", () => device.Train(
            timed, Objectives.Epsilon(new DdpmSchedule(6), 2), ReferenceDraws.Points, options));
        AssertNames("batch", () => device.Train(timed, epsilon, ReferenceDraws.Points, options with { BatchSize = 0 }));
        AssertNames("weight decay", () => device.Train(
            timed, epsilon, ReferenceDraws.Points, options with { WeightDecay = -1 }));
        AssertNames("learning rate", () => device.Train(
            timed, epsilon, ReferenceDraws.Points, options with { LearningRate = double.NaN }));

        using var trainer = device.Train(timed, epsilon, ReferenceDraws.Points, options);
        float[] gradient = new float[timed.Values.Length];
        AssertNames("gradient", () => trainer.Gradient(new([1, 2], [1, 2], [0]), new float[3]));
        AssertNames("clean", () => trainer.Gradient(new([1, 2, 3], [1, 2, 3], [0]), gradient));
        AssertNames("noise", () => trainer.Gradient(new([1, 2], [1], [0]), gradient));
        AssertNames("levels", () => trainer.Gradient(new([1, 2], [1, 2], []), gradient));
        AssertNames("level", () => trainer.Gradient(new([1, 2], [1, 2], [5]), gradient));
        AssertNames("level", () => trainer.Gradient(new([1, 2], [1, 2], [-1]), gradient));
        AssertNames("batch", () => trainer.Step(new([], [], [])));

        using var given = device.Train(unconditional, Objectives.ExplicitScore, ReferenceDraws.Points, options);
        AssertNames("batch", () => given.Step());
    }

    private static (Network Network, Objective Objective, TrainingBatch Batch) TrainingCase(string name)
    {
        string[] parts = name.Split(' ');
        int[] numbers = [.. parts[..4].Select(p => int.Parse(p, System.Globalization.CultureInfo.InvariantCulture))];
        var architecture = new NetworkArchitecture(
            numbers[1], numbers[2], numbers[3], ConformanceCase.Conditioning(parts[4]))
        {
            Activation = ConformanceCase.ActivationOf(parts),
        };
        var network = Network.Create(architecture, 21);
        for (int i = 0; i < network.Values.Length; i++)
        {
            network.Values[i] *= 1.3f;
        }

        var objective = ObjectiveOf(network, parts[5]);
        var random = new Random(numbers[0]);
        int levels = objective is DenoisingObjective denoising ? denoising.Levels.Count : 1;
        float[] clean = ConformanceCase.Draw(random, numbers[0] * numbers[1]);
        float[] noise = objective is HyvarinenObjective ? [] : ConformanceCase.Draw(random, clean.Length);
        int[] indices = levels == 1 ? [] : [.. Enumerable.Range(0, numbers[0]).Select(_ => random.Next(levels))];
        return (network, objective, new TrainingBatch(clean, noise, indices));
    }

    private static Objective ObjectiveOf(Network network, string name)
    {
        int dimension = network.Architecture.Dimension;
        return network.Architecture.Conditioning switch
        {
            LearnedEmbedding learned when name == "v" => Objectives.Regression(
                name,
                new DdpmSchedule(learned.Steps),
                [.. Enumerable.Range(0, learned.Steps).Select(step => (double)step)],
                t => new DdpmSchedule(learned.Steps).FormOf(Prediction.V, t),
                LossWeight.Uniform,
                t => t,
                dimension),
            LogSigmaEmbedding or TimeFeatures when name is "velocity" or "edm" => ContinuousObjective(network, name),
            LearnedEmbedding learned => Objectives.Epsilon(new DdpmSchedule(learned.Steps), dimension),
            LogSigmaEmbedding or TimeFeatures => Objectives.NoiseConditionalScore(new GeometricNoiseLevels(5, 0.1, 70).Sigmas, dimension),
            _ => name switch
            {
                "hyvarinen" => new HyvarinenObjective(),
                "sliced" => new SlicedObjective(),
                "projected" => new SlicedObjective(ReducesVariance: false),
                "esm" => Objectives.ExplicitScore,
                _ => Objectives.DenoisingScore(0.5),
            },
        };
    }

    private static Objective ContinuousObjective(Network network, string name)
    {
        bool isFlow = name == "velocity";
        var model = new Model(
            network,
            isFlow ? Prediction.Velocity : Prediction.Preconditioned,
            new ContinuousModelProcess(isFlow ? new FlowProcess() : new PreconditionedEdmProcess()),
            "points");
        return ModelObjectives.Default(model);
    }

    private sealed class Same(TrainingBatch batch) : IBatchSource
    {
        public TrainingBatch Next(int step) => batch;
    }

    private static PointSetData AnyData(Network network) =>
        new(new PointSet(new float[network.Architecture.Dimension], 1, network.Architecture.Dimension));
}
