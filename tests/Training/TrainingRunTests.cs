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
    public void Weights_are_copied_only_if_all_are_numbers()
    {
        Network network = new(Architecture);
        new TrainingRun(new ScriptedTrainer { Weight = 2f }).CopyTo(network);
        Assert.All(network.Values, value => Assert.Equal(2f, value));

        TrainingRun broken = new(new ScriptedTrainer { Weight = float.NaN });
        Assert.Throws<InputException>(() => broken.CopyTo(network));
        Assert.All(network.Values, value => Assert.Equal(2f, value));
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

        public double LearningRate { get; set; } = 1e-3;

        public int StepsDone { get; private set; }

        public double Step() => losses[StepsDone++];

        public double Step(TrainingBatch batch) => throw new NotSupportedException();

        public double Gradient(TrainingBatch batch, Span<float> gradient) => throw new NotSupportedException();

        public void CopyTo(Network network) => Array.Fill(network.Values, Weight);

        public void Dispose()
        {
        }
    }
}
