using ScoreGpu.Engine;
using ScoreGpu.Engine.Devices;
using ScoreGpu.Engine.Networks;
using ScoreGpu.Engine.Training;

namespace ScoreGpu.Tests.Training;

public sealed class TrainingRunTests
{
    private static readonly NetworkArchitecture Architecture = new(1, 2, 1, new NoConditioning());

    [Fact]
    public void Losses_and_progress_follow_the_steps()
    {
        List<TrainingProgress> seen = [];
        TrainingRun run = new(new ScriptedTrainer(4, 3, 2, 1));

        run.Advance(3, new Listener(seen), CancellationToken.None);
        run.Advance(1, null, CancellationToken.None);

        Assert.Equal([4.0, 3.0, 2.0, 1.0], run.Losses);
        Assert.Equal([new(1, 3, 4.0), new(2, 3, 3.0), new(3, 3, 2.0)], seen);
        Assert.Equal(3.5, run.MeanOfFirst(2));
        Assert.Equal(1.5, run.MeanOfLast(2));
        Assert.Equal(2.5, run.MeanOfLast(100));
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void A_loss_that_is_no_number_ends_the_run(double loss)
    {
        TrainingRun run = new(new ScriptedTrainer(1, loss, 1));

        InputException failure = Assert.Throws<InputException>(() => run.Advance(3, null, CancellationToken.None));

        Assert.Contains("step 2", failure.Message, StringComparison.Ordinal);
        Assert.Equal([1.0], run.Losses);
    }

    [Fact]
    public void Cancellation_stops_between_steps()
    {
        using CancellationTokenSource source = new();
        ScriptedTrainer trainer = new(1, 1, 1);
        TrainingRun run = new(trainer);

        Assert.Throws<OperationCanceledException>(
            () => run.Advance(3, new Listener([], source.Cancel), source.Token));

        Assert.Equal(1, trainer.StepsDone);
    }

    [Fact]
    public void The_rate_warms_up_and_then_falls()
    {
        TrainingRun run = new(new ScriptedTrainer(new double[10]))
        {
            WarmUp = new LinearWarmUp(4),
            Decay = new CosineDecay(1e-2, 1e-4),
        };

        run.Advance(10, null, TestContext.Current.CancellationToken);

        double[] expected =
        [
            0.0025, 0.005, 0.0075, 0.01,
            .. Enumerable.Range(0, 6).Select(k => 1e-4 + (0.5 * 9.9e-3 * (1 + Math.Cos(Math.PI * k / 6)))),
        ];
        Assert.Equal(expected.Length, run.LearningRates.Count);
        Assert.All(expected.Zip(run.LearningRates), pair => Assert.Equal(pair.First, pair.Second, 1e-15));
    }

    [Fact]
    public void A_warm_up_alone_ends_at_the_trainers_rate()
    {
        TrainingRun run = new(new ScriptedTrainer(1, 1, 1, 1)) { WarmUp = new LinearWarmUp(2) };

        run.Advance(4, null, TestContext.Current.CancellationToken);

        Assert.Equal([5e-4, 1e-3, 1e-3, 1e-3], run.LearningRates);
        Assert.Throws<InputException>(() => run.Advance(1, null, TestContext.Current.CancellationToken));
        Assert.Throws<InputException>(() => new LinearWarmUp(-1));
    }

    [Fact]
    public void The_held_out_loss_is_taken_before_and_every_so_many_steps()
    {
        TrainingRun run = new(new ScriptedTrainer(new double[7]))
        {
            HeldOut = new HeldOut(new TrainingBatch([0.5f], [], []), 3),
        };

        run.Advance(4, null, TestContext.Current.CancellationToken);
        run.Advance(3, null, TestContext.Current.CancellationToken);

        Assert.Equal([new(0, 0.5), new(3, 3.5), new(6, 6.5)], run.HeldOutLosses);
    }

    [Fact]
    public void A_source_of_batches_is_asked_step_by_step()
    {
        TrainingRun run = new(new ScriptedTrainer()) { Batches = new Counting() };

        run.Advance(2, null, TestContext.Current.CancellationToken);
        run.Advance(1, null, TestContext.Current.CancellationToken);

        Assert.Equal([0.0, 10.0, 20.0], run.Losses);
    }

    [Fact]
    public void The_average_is_what_a_run_gives_back()
    {
        Network network = new(Architecture);
        new TrainingRun(new ScriptedTrainer { Weight = 2f, Average = 3f }).CopyTo(network);
        Assert.All(network.Values, value => Assert.Equal(3f, value));
    }

    [Theory]
    [InlineData(1, 2.0 / 11)]
    [InlineData(10, 11.0 / 20)]
    [InlineData(10_000, 0.99)]
    public void The_average_follows_at_first(int step, double expected) =>
        Assert.Equal(expected, new WeightAverage(0.99).DecayAt(step), 1e-15);

    [Theory]
    [InlineData(1.0)]
    [InlineData(-0.1)]
    [InlineData(double.NaN)]
    public void A_decay_of_the_average_out_of_range_is_named(double decay) =>
        Assert.Contains("average", Assert.Throws<InputException>(() => new WeightAverage(decay)).Message);

    [Fact]
    public void Weights_are_copied_only_if_all_are_numbers()
    {
        Network network = new(Architecture);
        new TrainingRun(new ScriptedTrainer { Weight = 2f }).CopyTo(network);
        Assert.All(network.Values, value => Assert.Equal(2f, value));

        TrainingRun broken = new(new ScriptedTrainer { Weight = float.NaN });
        Assert.Throws<InputException>(() => broken.CopyTo(network));
        Assert.All(network.Values, value => Assert.Equal(2f, value));
    }

    private sealed class Counting : IBatchSource
    {
        public TrainingBatch Next(int step) => new([10f * step], [], []);
    }

    private sealed class Listener(List<TrainingProgress> seen, Action? act = null) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value)
        {
            seen.Add(value);
            act?.Invoke();
        }
    }

    private sealed class ScriptedTrainer(params double[] losses) : ITrainer
    {
        public float Weight { get; init; }

        public float? Average { get; init; }

        public double LearningRate { get; set; } = 1e-3;

        public int StepsDone { get; private set; }

        public double Step() => losses[StepsDone++];

        public double Step(TrainingBatch batch)
        {
            StepsDone++;
            return batch.Clean[0];
        }

        public double Gradient(TrainingBatch batch, Span<float> gradient) => throw new NotSupportedException();

        public double Loss(TrainingBatch batch) => batch.Clean[0] + StepsDone;

        public void CopyTo(Network network) => Array.Fill(network.Values, Weight);

        public bool TryCopyAverageTo(Network network)
        {
            Array.Fill(network.Values, Average ?? 0f);
            return Average is not null;
        }

        public void Dispose()
        {
        }
    }
}
