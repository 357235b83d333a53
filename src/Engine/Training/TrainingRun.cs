using ScoreGpu.Engine.Devices;
using ScoreGpu.Engine.Networks;

namespace ScoreGpu.Engine.Training;

/// <summary>Many steps of a trainer, with the loss of each.</summary>
/// <param name="trainer">What is trained; stays the caller's.</param>
public sealed class TrainingRun(ITrainer trainer)
{
    private readonly List<double> _losses = [];

    /// <summary>How the learning rate falls over the steps of one <see cref="Advance"/>; without it, it stays as it is.
    /// </summary>
    public CosineDecay? Decay { get; init; }

    /// <summary>The loss before each step so far.</summary>
    public IReadOnlyList<double> Losses => _losses;

    /// <summary>Takes <paramref name="steps"/> more steps.</summary>
    /// <param name="steps">How many, at least 0.</param>
    /// <param name="progress">Told of every step.</param>
    /// <param name="cancellation">Stops between two steps.</param>
    /// <exception cref="InputException">The loss is no longer a finite number.</exception>
    /// <exception cref="OperationCanceledException">The run was stopped.</exception>
    public void Advance(
        int steps, IProgress<TrainingProgress>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(steps);
        for (int step = 0; step < steps; step++)
        {
            cancellation.ThrowIfCancellationRequested();
            if (Decay is { } decay)
            {
                trainer.LearningRate = decay.At(step, steps);
            }

            double loss = trainer.Step();
            if (!double.IsFinite(loss))
            {
                throw InputException.For(
                    $"the loss at step {trainer.StepsDone}",
                    loss,
                    "a finite number; try a smaller learning rate, or data of a smaller scale");
            }

            _losses.Add(loss);
            progress?.Report(new TrainingProgress(step + 1, steps, loss));
        }
    }

    /// <summary>Copies the weights back.</summary>
    /// <param name="network">Receives them.</param>
    /// <exception cref="InputException">A weight is no longer a finite number; the network is as it was.</exception>
    public void CopyTo(Network network)
    {
        ArgumentNullException.ThrowIfNull(network);
        Network trained = new(network.Architecture);
        trainer.CopyTo(trained);
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
}

/// <summary>Where a training run stands.</summary>
/// <param name="StepsDone">Steps taken.</param>
/// <param name="Steps">Steps to take.</param>
/// <param name="Loss">The loss before the latest step.</param>
public readonly record struct TrainingProgress(int StepsDone, int Steps, double Loss);
