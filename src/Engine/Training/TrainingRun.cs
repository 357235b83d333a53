using ScoreGpu.Engine.Devices;
using ScoreGpu.Engine.Networks;

namespace ScoreGpu.Engine.Training;

/// <summary>Many steps of a trainer, with the loss and the learning rate of each.</summary>
/// <param name="trainer">What is trained; stays the caller's.</param>
public sealed class TrainingRun(ITrainer trainer)
{
    private readonly double _rate = trainer.LearningRate;
    private readonly List<double> _losses = [];
    private readonly List<double> _rates = [];
    private readonly List<HeldOutLoss> _heldOutLosses = [];

    /// <summary>How the learning rate falls over the steps of one <see cref="Advance"/>, after the warm-up; without it,
    /// it stays as it is.</summary>
    public CosineDecay? Decay { get; init; }

    /// <summary>How the learning rate rises over the first steps of one <see cref="Advance"/>.</summary>
    public LinearWarmUp WarmUp { get; init; } = new(0);

    /// <summary>Where batches come from; null draws them from the trainer's data.</summary>
    public IBatchSource? Batches { get; init; }

    /// <summary>What the held-out loss is taken of; null takes none.</summary>
    public HeldOut? HeldOut { get; init; }

    /// <summary>The loss before each step so far.</summary>
    public IReadOnlyList<double> Losses => _losses;

    /// <summary>The learning rate of each step so far.</summary>
    public IReadOnlyList<double> LearningRates => _rates;

    /// <summary>The held-out losses so far.</summary>
    public IReadOnlyList<HeldOutLoss> HeldOutLosses => _heldOutLosses;

    /// <summary>Takes <paramref name="steps"/> more steps.</summary>
    /// <param name="steps">How many, at least 0.</param>
    /// <param name="progress">Told of every step.</param>
    /// <param name="cancellation">Stops between two steps.</param>
    /// <exception cref="InputException">A loss is no longer a finite number, or the warm-up takes more steps than there
    /// are.</exception>
    /// <exception cref="OperationCanceledException">The run was stopped.</exception>
    public void Advance(
        int steps, IProgress<TrainingProgress>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(steps);
        TrainingOptions.Require(
            WarmUp.Steps <= steps, "warm-up", WarmUp.Steps, $"at most the steps of the run, {steps}");
        for (int step = 0; step < steps; step++)
        {
            cancellation.ThrowIfCancellationRequested();
            LookAtHeldOut();
            if (Decay is not null || WarmUp.Steps > 0)
            {
                trainer.LearningRate = RateAt(step, steps);
            }

            double loss = Batches is null ? trainer.Step() : trainer.Step(Batches.Next(trainer.StepsDone));
            RequireFinite("the loss", loss);
            _losses.Add(loss);
            _rates.Add(trainer.LearningRate);
            progress?.Report(new TrainingProgress(step + 1, steps, loss));
        }

        LookAtHeldOut();
    }

    /// <summary>Copies the weights back: their moving average where one is kept, which is what to sample with.</summary>
    /// <param name="network">Receives them.</param>
    /// <exception cref="InputException">A weight is no longer a finite number; the network is as it was.</exception>
    public void CopyTo(Network network)
    {
        ArgumentNullException.ThrowIfNull(network);
        Network trained = new(network.Architecture);
        if (!trainer.TryCopyAverageTo(trained))
        {
            trainer.CopyTo(trained);
        }

        foreach (float weight in trained.Values)
        {
            if (!float.IsFinite(weight))
            {
                throw InputException.For(
                    $"a weight after step {trainer.StepsDone}", weight, "a finite number; try a smaller learning rate");
            }
        }

        trained.Values.CopyTo(network.Values, 0);
    }

    /// <summary>The mean loss over the first steps, at most <paramref name="window"/> of them.</summary>
    public double MeanOfFirst(int window) => _losses.Take(window).Average();

    /// <summary>The mean loss over the last steps, at most <paramref name="window"/> of them.</summary>
    public double MeanOfLast(int window) => _losses.TakeLast(window).Average();

    private double RateAt(int step, int steps)
    {
        double rate = Decay is { } decay && step >= WarmUp.Steps
            ? decay.At(step - WarmUp.Steps, steps - WarmUp.Steps)
            : Decay?.First ?? _rate;
        return rate * WarmUp.At(step);
    }

    private void LookAtHeldOut()
    {
        int step = trainer.StepsDone;
        if (HeldOut is not { } held
            || step % held.Every != 0
            || (_heldOutLosses.Count > 0 && _heldOutLosses[^1].Step == step))
        {
            return;
        }

        double loss = trainer.Loss(held.Batch);
        RequireFinite("the held-out loss", loss);
        _heldOutLosses.Add(new HeldOutLoss(step, loss));
    }

    private void RequireFinite(string name, double loss)
    {
        if (!double.IsFinite(loss))
        {
            throw InputException.For(
                $"{name} at step {trainer.StepsDone}",
                loss,
                "a finite number; try a smaller learning rate, or data of a smaller scale");
        }
    }
}

/// <summary>Where a training run stands.</summary>
/// <param name="StepsDone">Steps taken.</param>
/// <param name="Steps">Steps to take.</param>
/// <param name="Loss">The loss before the latest step.</param>
public readonly record struct TrainingProgress(int StepsDone, int Steps, double Loss);
