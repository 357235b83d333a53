using System.CommandLine;
using System.Diagnostics;
using ScoreGpu.Cli.Help;
using ScoreGpu.Cli.Options;
using ScoreGpu.Cli.Output;
using ScoreGpu.Engine.Data;
using ScoreGpu.Engine.Devices;
using ScoreGpu.Engine.Models;
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

    private readonly Option<int> _steps = NumberOption.Whole("--steps", "Optimiser steps.", 2000);
    private readonly Option<int> _batch = NumberOption.Whole("--batch", "Samples a step.", 512, 1, 1 << 24);

    private readonly Option<double> _rate =
        NumberOption.Real("--lr", "Adam's learning rate.", 3e-4, RealRange.Positive);

    private readonly Option<double?> _lastRate = NumberOption.OptionalReal(
        "--lr-end", "Where the learning rate falls to along half a cosine. [default: it stays]", RealRange.Positive);

    private readonly Option<string?> _out =
        OutputPaths.Option("--out", "The model to write.", isRequired: true, "FILE.safetensors");

    private readonly Option<string?> _loss =
        OutputPaths.Option("--loss", "Where to write the loss of every step.", isRequired: false, "FILE.csv");

    private TrainCommand(Session session) => _session = session;

    /// <summary>Builds the command.</summary>
    public static Command Build(Session session)
    {
        TrainCommand train = new(session);
        ExampleCommand command = new(
            "train",
            "Trains a network on a data set and writes it as a safetensors file that Python can load too.",
            "scoregpu train --data four-gaussians --steps 2000 --out model.safetensors",
            "scoregpu train --data two-gaussians --process dsm --sigma 0.5 --steps 1000 --out score.safetensors",
            "scoregpu train --data ring8 --process ncsn --levels 12 --steps 5000 --out ncsn.safetensors",
            "scoregpu train --data two-moons --data-order shuffled --data-count 20000 --out moons.safetensors",
            "scoregpu train --data points.csv --seed 7 --loss losses.csv --out model.safetensors");
        command.Add(train._data.Data);
        command.Add(train._out);
        foreach (Option option in train._data.Others)
        {
            command.Add(option);
        }

        foreach (Option option in train._process.All)
        {
            command.Add(option);
        }

        command.Add(train._steps);
        command.Add(train._batch);
        command.Add(train._rate);
        command.Add(train._lastRate);
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
        (TrainingData data, DataScale? scale) = _data.Read(parsed, parsed.GetValue(_common.Seed));
        Model model = _process.Create(parsed, data.Dimension, parsed.GetValue(_common.Seed), dataName, scale);
        Objective objective = ModelObjectives.Create(model, _process.ObjectiveName(parsed));
        TrainingOptions options = new()
        {
            BatchSize = parsed.GetValue(_batch),
            LearningRate = parsed.GetValue(_rate),
            ClipNorm = ProcessOptions.ClipNorm(model),
            Seed = parsed.GetValue(_common.Seed),
        };

        bool asJson = parsed.GetValue(_common.Json);
        using IDevice device = _common.Start(parsed, _session);
        using ITrainer trainer = device.Train(model.Network, objective, data, options);
        TrainingRun run = new(trainer)
        {
            Decay = parsed.GetValue(_lastRate) is { } lastRate ? new CosineDecay(options.LearningRate, lastRate) : null,
        };
        TimeSpan elapsed = Train(run, parsed.GetValue(_steps), asJson);
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

        report.Add("objective", objective.Name);
        report.Add("weights", model.Network.Values.Length);
        report.Add("steps", run.Losses.Count);
        report.Add("batch", options.BatchSize);
        report.AddHidden("learning_rate", () => options.LearningRate);
        report.AddHidden("clip_norm", () => double.IsFinite(options.ClipNorm) ? options.ClipNorm : null);
        AddLoss(report, run);
        report.Add("seed", () => options.Seed, $"{options.Seed}");
        report.Add("device", () => device.Name, $"{device.Name}, {device.Description}");
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
    }

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
