using ScoreGpu.Engine.Networks;
using ScoreGpu.Engine.Training;

namespace ScoreGpu.Engine.Devices;

/// <summary>A network under training on a device.</summary>
public interface ITrainer : IDisposable
{
    /// <summary>Optimiser steps so far.</summary>
    int StepsDone { get; }

    /// <summary>Adam's learning rate η from the next step on; starts as <see cref="TrainingOptions.LearningRate"/>.</summary>
    /// <exception cref="InputException">The value is not a positive number.</exception>
    double LearningRate { get; set; }

    /// <summary>Draws a batch and takes an optimiser step; returns the loss before it.</summary>
    /// <exception cref="InputException">The objective's targets cannot be drawn.</exception>
    double Step();

    /// <summary>Takes an optimiser step on a given batch; returns the loss before it.</summary>
    double Step(TrainingBatch batch);

    /// <summary>The loss on a given batch and its gradient, laid out as <see cref="Network.Values"/>; no step.</summary>
    double Gradient(TrainingBatch batch, Span<float> gradient);

    /// <summary>The loss on a given batch; no step.</summary>
    double Loss(TrainingBatch batch);

    /// <summary>Copies the weights back.</summary>
    void CopyTo(Network network);

    /// <summary>Copies the weights' moving average back.</summary>
    /// <returns>Whether there is one, see <see cref="TrainingOptions.Average"/>.</returns>
    bool TryCopyAverageTo(Network network);
}
