using System.CommandLine;
using System.Diagnostics;
using ScoreGpu.Cli.Help;
using ScoreGpu.Cli.Options;
using ScoreGpu.Cli.Output;
using ScoreGpu.Engine;
using ScoreGpu.Engine.Data;
using ScoreGpu.Engine.Devices;
using ScoreGpu.Engine.Models;
using ScoreGpu.Engine.Networks;
using ScoreGpu.Engine.Processes;
using ScoreGpu.Engine.Training;

namespace ScoreGpu.Cli.Commands;

/// <summary><c>scoregpu train</c>.</summary>
internal sealed class TrainCommand
{
    // Single losses of a stochastic objective say little.
    private const int Window = 100;

    private readonly Session _session;
    private readonly CommonOptions _common = new();
    private readonly DataOptions _data = new();
    private readonly ProcessOptions _process = new();
    private readonly OptimiserOptions _optimiser = new();

    private readonly Option<string?> _out =
        OutputPaths.Option("--out", "The model to write.", isRequired: true, "FILE.safetensors");

    private readonly Option<string?> _loss =
        OutputPaths.Option(
            "--loss", "Where to write the loss and the learning rate of every step.", isRequired: false, "FILE.csv");

    private TrainCommand(Session session) => _session = session;

    /// <summary>Builds the command.</summary>
    public static Command Build(Session session)
    {
        TrainCommand train = new(session);
        ExampleCommand command = new(
            "train",
            "Trains a network on a data set and writes it as a safetensors file that Python can load too.",
            "scoregpu train --data four-gaussians --steps 2000 --out model.safetensors",
            "scoregpu train --data two-gaussians --process hyvarinen --steps 500 --batch 256 --lr 1e-3 "
            + "--out exact.safetensors",
            "scoregpu train --data two-gaussians --process dsm --sigma 0.5 --batch 256 --lr 1e-3 --out score.safetensors",
            "scoregpu train --data ring8 --process ncsn --hidden 256 --steps 70200 --lr 1e-3 --lr-end 1e-5 "
            + "--out ncsn.safetensors",
            "scoregpu train --data ring8 --process flow --steps 5000 --lr 1e-3 --ema 0.999 --out flow.safetensors",
            "scoregpu train --data four-gaussians --process edm --sigma-data 1 --steps 5000 --out edm.safetensors",
            "scoregpu train --data two-moons --data-order shuffled --data-count 20000 --out moons.safetensors",
            "scoregpu train --data points.csv --optimizer adamw --warmup 50 --hold-out 100 --loss losses.csv "
            + "--out model.safetensors");
        command.Add(train._data.Data);
        command.Add(train._out);
        foreach (Option option in train._data.Others.Concat(train._process.All).Concat(train._optimiser.All))
        {
            command.Add(option);
        }

        command.Add(train._loss);
        command.Add(train._common.Seed);
        command.Add(train._common.Device);
        command.Add(train._common.Threads);
        command.Add(train._common.Json);
        command.SetAction(train.Run);
        return command;
    }

    private int Run(ParseResult parsed)
    {
        OutputPaths paths = new OutputPaths(parsed).Reserve(_data.Data);
        string target = paths.Require(_out, ".safetensors");
        string? lossTarget = paths.Find(_loss, ".csv");
        string dataName = parsed.GetValue(_data.Data)!;
        ulong seed = parsed.GetValue(_common.Seed);
        (TrainingData data, DataScale? scale) = _data.Read(parsed, seed);
        Model model = _process.Create(parsed, data.Dimension, seed, dataName, scale);
        Objective objective = _process.CreateObjective(parsed, model);
        TrainingOptions options = _optimiser.Read(parsed, model, seed);
        HeldOutSplit? split = _optimiser.Split(parsed, data, seed);
        bool isExact = objective is DenoisingObjective { HasGivenTargets: true };
        IBatchSource? batches = isExact ? ExactScores(data, options.BatchSize, seed) : null;
        TrainingBatch? heldOut = split is null || !isExact
            ? split?.Batch(objective, seed)
            : ExactScores(data, split.Points.Count, seed).Next(int.MaxValue);

        bool asJson = parsed.GetValue(_common.Json);
        using IDevice device = _common.Start(parsed, _session);
        using ITrainer trainer = device.Train(model.Network, objective, split?.Training ?? data, options);
        TrainingRun run = _optimiser.CreateRun(parsed, trainer, options, batches, heldOut);
        TimeSpan elapsed = Train(run, _optimiser.Steps(parsed), asJson);
        run.CopyTo(model.Network);
        _session.Cancellation.ThrowIfCancellationRequested();

        ModelFile.Save(target, model);
        if (lossTarget is not null)
        {
            LossFile.Write(lossTarget, run);
        }

        Report report = new("train");
        report.Add("model", target);
        report.Add("data", dataName);
        if (data is PointSetData table)
        {
            report.Add("points", table.Points.Count);
            report.AddHidden("data_order", () => table.Order == DrawOrder.Shuffled ? "shuffled" : "independent");
            report.AddHidden("standardised", () => scale is not null);
        }

        report.Add("process", model.Process.Name);
        report.Add("objective", objective.Name);
        report.AddHidden("predict", () => Predictions.NameOf(model.Predicts));
        report.AddHidden("weight", () => model.Weight is { } weight ? LossWeights.NameOf(weight) : null);
        report.AddHidden("activation", () => Activations.NameOf(model.Network.Architecture.Activation));
        report.AddHidden("conditioning", () => ModelProcess.NameOf(model.Network.Architecture.Conditioning));
        report.Add("weights", model.Network.Values.Length);
        report.Add("steps", run.Losses.Count);
        report.Add("batch", options.BatchSize);
        report.AddHidden("learning_rate", () => options.LearningRate);
        report.AddHidden("weight_decay", () => options.WeightDecay);
        report.AddHidden("ema", () => options.Average?.Decay);
        report.AddHidden("clip_norm", () => double.IsFinite(options.ClipNorm) ? options.ClipNorm : null);
        AddLoss(report, run);
        report.Add("seed", () => options.Seed, $"{options.Seed}");
        report.AddDevice(device);
        report.AddTiming(
            elapsed, (run.Losses.Count, "steps"), ((long)run.Losses.Count * options.BatchSize, "samples"));
        report.Write(_session.Output, asJson);
        return ExitCode.Success;
    }

    private static void AddLoss(Report report, TrainingRun run)
    {
        double first = run.MeanOfFirst(Window);
        double last = run.MeanOfLast(Window);
        int window = Math.Min(Window, run.Losses.Count);
        report.Add(
            "loss",
            last,
            $"{NumberText.Real(last)}, from {NumberText.Real(first)} (means of the last and first {window} steps)");
        report.AddHidden("loss_first", () => first);
        report.AddHidden("loss_window", () => window);
        if (run.HeldOutLosses is [var before, .., var after])
        {
            report.Add(
                "held_out_loss",
                after.Loss,
                $"{NumberText.Real(after.Loss)} after step {after.Step}, from {NumberText.Real(before.Loss)}");
            report.AddHidden("held_out_loss_first", () => before.Loss);
        }
    }

    private ExactScoreBatches ExactScores(TrainingData data, int count, ulong seed) => data is MixtureData mixture
        ? new ExactScoreBatches(mixture.Mixture, count, seed)
        : throw new InputException(
            $"{_data.Data.Name} is a set of points, whose score nobody knows; expected a mixture with --process esm.");

    private TimeSpan Train(TrainingRun run, int steps, bool asJson)
    {
        long start = Stopwatch.GetTimestamp();
        return ProgressBar.Run(_session, asJson, "training", bar =>
        {
            run.Advance(steps, new StepProgress(bar), _session.Cancellation);
            return Stopwatch.GetElapsedTime(start);
        });
    }

    private sealed class StepProgress(IProgress<Advance> bar) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => bar.Report(new Advance(
            (double)value.StepsDone / value.Steps, value.Loss));
    }
}
