using System.CommandLine;
using ScoreGpu.Engine;
using ScoreGpu.Engine.Data;
using ScoreGpu.Engine.Devices;
using ScoreGpu.Engine.Models;
using ScoreGpu.Engine.Training;

namespace ScoreGpu.Cli.Options;

/// <summary>How the network is trained: steps, batches, the optimiser and what it looks at.</summary>
internal sealed class OptimiserOptions
{
    private const string Adam = "adam";
    private const string AdamW = "adamw";

    private readonly Option<int> _steps = NumberOption.Whole("--steps", "Optimiser steps.", 2000);
    private readonly Option<int> _batch = NumberOption.Whole("--batch", "Samples a step.", 512, 1, 1 << 24);

    private readonly Option<double> _rate =
        NumberOption.Real("--lr", "The learning rate.", 3e-4, RealRange.Positive);

    private readonly Option<double?> _lastRate = NumberOption.OptionalReal(
        "--lr-end",
        "Where the learning rate falls to along half a cosine: weights come to rest, and the score with them. [default: "
        + "it stays]",
        RealRange.Positive);

    private readonly Option<int> _warmUp = NumberOption.Whole(
        "--warmup",
        "Steps over which the learning rate rises from 0; with large rates or batches, a hundredth of the steps or so.",
        0,
        0);

    private readonly Option<string?> _optimizer = NameOption.Create(
        "--optimizer",
        "adam, or adamw: adam with weight decay, against learning a small data set by heart.",
        [Adam, AdamW],
        Adam);

    private readonly Option<double?> _decay = NumberOption.OptionalReal(
        "--weight-decay", "adamw: the decay. [default: 0.01]", RealRange.NotNegative);

    private readonly Option<double?> _average = NumberOption.OptionalReal(
        "--ema",
        "Writes the weights' moving average of this decay in place of the weights, which wander more. 0.999 for thousands "
        + "of steps. [default: none]",
        RealRange.OpenFraction);

    private readonly Option<double?> _clip = NumberOption.OptionalReal(
        "--clip-norm", "The largest norm of the gradient. [default: 1 with ncsn, else none]", RealRange.Positive);

    private readonly Option<int> _holdOut = NumberOption.Whole(
        "--hold-out",
        "Points to keep from training and to take a loss of: where it rises while the loss falls, the network learns the "
        + "data by heart.",
        0,
        0,
        1 << 20);

    private readonly Option<int> _holdOutEvery =
        NumberOption.Whole("--hold-out-every", "Steps from one held-out loss to the next.", 100);

    /// <summary>All options, in the order of the help.</summary>
    public IReadOnlyList<Option> All =>
    [
        _steps, _batch, _rate, _lastRate, _warmUp, _optimizer, _decay, _average, _clip, _holdOut, _holdOutEvery,
    ];

    /// <summary><c>--steps</c>.</summary>
    public int Steps(ParseResult parsed) => parsed.GetValue(_steps);

    /// <summary>The hyper-parameters.</summary>
    /// <exception cref="InputException">Two options do not go together.</exception>
    public TrainingOptions Read(ParseResult parsed, Model model, ulong seed)
    {
        string optimizer = parsed.GetValue(_optimizer)!;
        if (optimizer != AdamW)
        {
            UnusedOptions.Refuse(parsed, $"{_optimizer.Name} {optimizer}", [_decay], []);
        }

        int steps = Steps(parsed);
        if (parsed.GetValue(_warmUp) > steps)
        {
            throw InputException.For(_warmUp.Name, parsed.GetValue(_warmUp), $"at most {_steps.Name}, {steps}");
        }

        return new TrainingOptions
        {
            BatchSize = parsed.GetValue(_batch),
            LearningRate = parsed.GetValue(_rate),
            WeightDecay = optimizer == AdamW ? parsed.GetValue(_decay) ?? 0.01 : 0,
            Average = parsed.GetValue(_average) is { } decay ? new WeightAverage(decay) : null,
            ClipNorm = parsed.GetValue(_clip)
                ?? (model.Process is GeometricModelProcess ? 1.0 : double.PositiveInfinity),
            Seed = seed,
        };
    }

    /// <summary>Holds points out, where that was asked for.</summary>
    /// <exception cref="InputException">The data are too few, or an option has no use.</exception>
    public HeldOutSplit? Split(ParseResult parsed, TrainingData data, ulong seed)
    {
        int count = parsed.GetValue(_holdOut);
        if (count == 0)
        {
            UnusedOptions.RefuseAlone(parsed, _holdOutEvery, _holdOut);
            return null;
        }

        if (data is PointSetData { Points.Count: var points } && count >= points)
        {
            throw InputException.For(_holdOut.Name, count, $"fewer than the data's {points} points");
        }

        return HeldOutSplit.Of(data, count, seed);
    }

    /// <summary>The run that was asked for.</summary>
    /// <param name="parsed">The arguments.</param>
    /// <param name="trainer">What is trained.</param>
    /// <param name="options">The hyper-parameters.</param>
    /// <param name="batches">Where batches come from; null draws them.</param>
    /// <param name="heldOut">What the held-out loss is taken of; null takes none.</param>
    public TrainingRun CreateRun(
        ParseResult parsed,
        ITrainer trainer,
        TrainingOptions options,
        IBatchSource? batches,
        TrainingBatch? heldOut) => new(trainer)
        {
            Decay = parsed.GetValue(_lastRate) is { } lastRate ? new CosineDecay(options.LearningRate, lastRate) : null,
            WarmUp = new LinearWarmUp(parsed.GetValue(_warmUp)),
            Batches = batches,
            HeldOut = heldOut is null ? null : new HeldOut(heldOut, parsed.GetValue(_holdOutEvery)),
        };
}
