using ScoreGpu.Engine.Data;
using ScoreGpu.Engine.Devices;
using ScoreGpu.Engine.Models;
using ScoreGpu.Engine.Networks;
using ScoreGpu.Engine.Processes;
using ScoreGpu.Engine.Training;

namespace ScoreGpu.Engine.Reflow;

/// <summary>
/// A round of rectified flow: the network is trained on with x₀ and ε that its own flow connects in place of independent
/// ones, so that the new flow leads along straighter paths between the same distributions.
/// </summary>
/// <remarks>
/// In theory no convex transport cost rises, and the least S of K rounds falls as 1/K; errors of the network add up. Liu, Gong
/// and Liu, 2022, arXiv:2209.03003, sections 2.1 and 3.
/// </remarks>
public static class ReflowRound
{
    /// <summary>Trains a copy of a model on pairs.</summary>
    /// <param name="device">Where to train.</param>
    /// <param name="model">Where the weights start; stays as it is.</param>
    /// <param name="pairs">The pairs that its flow connects.</param>
    /// <param name="steps">Optimiser steps, at least 1.</param>
    /// <param name="options">The hyper-parameters; the learning rate falls to a hundredth along a cosine.</param>
    /// <param name="progress">Told of every step.</param>
    /// <param name="cancellation">Stops the run.</param>
    /// <returns>The new model.</returns>
    /// <exception cref="InputException">The model has no such flow, or a number is out of range.</exception>
    public static Model Train(
        IDevice device,
        Model model,
        FlowPairs pairs,
        int steps,
        TrainingOptions options,
        IProgress<TrainingProgress>? progress = null,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(device);
        ArgumentNullException.ThrowIfNull(pairs);
        ArgumentNullException.ThrowIfNull(options);
        FlowPairs.Require(model);
        Network network = new(model.Network.Architecture);
        model.Network.Values.CopyTo(network.Values, 0);
        Model next = new(network, model.Predicts, model.Process, model.Data, model.Scale)
        {
            Objective = model.Objective,
            Weight = model.Weight,
        };
        var objective = (DenoisingObjective)ModelObjectives.Create(
            next, Predictions.NameOf(model.Predicts), model.Weight);
        using ITrainer trainer = device.Train(network, objective, new PointSetData(pairs.Clean), options);
        TrainingRun run = new(trainer)
        {
            Decay = new CosineDecay(options.LearningRate, options.LearningRate / 100),
            Batches = new PairBatches(
                pairs.Clean, pairs.Noise, objective.Levels.Count, options.BatchSize, options.Seed),
        };
        run.Advance(steps, progress, cancellation);
        run.CopyTo(network);
        return next;
    }
}
