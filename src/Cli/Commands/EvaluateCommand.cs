using System.CommandLine;
using ScoreGpu.Cli.Help;
using ScoreGpu.Cli.Options;
using ScoreGpu.Cli.Output;
using ScoreGpu.Engine.Data;
using ScoreGpu.Engine.Files;
using ScoreGpu.Engine.Models;

namespace ScoreGpu.Cli.Commands;

/// <summary><c>scoregpu evaluate</c>.</summary>
internal sealed class EvaluateCommand
{
    private readonly Session _session;
    private readonly CommonOptions _common = new();
    private readonly ModelOptions _model = new();

    private readonly Option<string?> _points = InputOption.Create(
        "--points", "Where to evaluate, one point a row.", "FILE.npy|FILE.csv", isRequired: true);

    private readonly Option<string?> _quantity = NameOption.Create(
        "--quantity",
        "What to evaluate; the divergence is the score's.",
        ModelQuantities.Names,
        "score");

    private readonly Option<string?> _out = OutputPaths.Option(
        "--out",
        "Where to write the values: [N, D], or [N] for the divergence.",
        isRequired: true,
        "FILE.npy|FILE.csv");

    private EvaluateCommand(Session session) => _session = session;

    /// <summary>Builds the command.</summary>
    public static Command Build(Session session)
    {
        EvaluateCommand evaluate = new(session);
        ExampleCommand command = new(
            "evaluate",
            "Evaluates a trained model at given points and one time.",
            "scoregpu evaluate --model model.safetensors --points x.npy --time 10 --quantity score --out score.npy",
            "scoregpu evaluate --model score.safetensors --points x.csv --quantity divergence --out divergence.npy");
        command.Add(evaluate._model.Model);
        command.Add(evaluate._points);
        command.Add(evaluate._model.Time);
        command.Add(evaluate._quantity);
        command.Add(evaluate._out);
        command.Add(evaluate._common.Device);
        command.Add(evaluate._common.Threads);
        command.Add(evaluate._common.Json);
        command.SetAction(evaluate.Run);
        return command;
    }

    private int Run(ParseResult parsed)
    {
        string target = new OutputPaths(parsed)
            .Reserve(_model.Model)
            .Reserve(_points)
            .Require(_out, ".npy", ".csv");
        Model model = _model.Load(parsed);
        PointSet points = ModelOptions.ReadPoints(parsed, _points, model);
        double time = _model.TimeOf(parsed, model);
        ModelQuantity quantity = ModelQuantities.Parse(parsed.GetValue(_quantity)!);

        using ModelRun run = ModelRun.Start(parsed, _session, _common, model);
        (float[] values, TimeSpan elapsed) = run.Time(
            "evaluating", _ => new DataUnitsEvaluator(model, run.Network).Evaluate(quantity, points.Values, time));
        FiniteValues.Require(parsed.GetValue(_quantity)!, values, "Try points nearer to the data.");
        _session.Cancellation.ThrowIfCancellationRequested();
        Write(target, values, points.Count);

        Report report = new("evaluate");
        report.Add("values", target);
        report.Add("quantity", parsed.GetValue(_quantity)!);
        report.Add("time", time, NumberText.Exact(time));
        report.Add("count", points.Count);
        report.Add("dimension", points.Dimension);
        run.AddDevice(report);
        report.AddTiming(elapsed, (points.Count, "points"));
        run.Write(report);
        return ExitCode.Success;
    }

    private static void Write(string target, float[] values, int count)
    {
        // One number a point is an array of one dimension, where the format has such a thing.
        if (values.Length == count && target.EndsWith(".npy", StringComparison.OrdinalIgnoreCase))
        {
            NpyFile.Write(target, values, count);
        }
        else
        {
            PointsFile.Write(target, new PointSet(values, count, values.Length / count));
        }
    }
}
