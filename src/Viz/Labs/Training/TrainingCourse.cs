using ScoreGpu.Engine.Training;

namespace ScoreGpu.Viz.Labs.Training;

/// <summary>How long a lab trains a model, and with what.</summary>
/// <param name="Steps">Optimiser steps.</param>
/// <param name="Options">The batch, the learning rate of the first step, the seed and the rest.</param>
/// <param name="LastRate">Where the learning rate falls to along a cosine; null keeps it constant.</param>
internal sealed record TrainingCourse(int Steps, TrainingOptions Options, double? LastRate = null)
{
    /// <summary>The learning rate of the first step.</summary>
    public double FirstRate => Options.LearningRate;

    /// <summary>The cosine, if there is one.</summary>
    public CosineDecay? Decay => LastRate is { } last ? new CosineDecay(FirstRate, last) : null;
}
