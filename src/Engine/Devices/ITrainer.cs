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

    /// <summary>Draws a batch and takes an Adam step; returns the loss before it.</summary>
    double Step();

    /// <summary>Takes an Adam step on a given batch; returns the loss before it.</summary>
    double Step(TrainingBatch batch);

    /// <summary>The loss on a given batch and its gradient, laid out as <see cref="Network.Values"/>; no step.</summary>
    double Gradient(TrainingBatch batch, Span<float> gradient);

    /// <summary>Copies the weights back.</summary>
    void CopyTo(Network network);
}
