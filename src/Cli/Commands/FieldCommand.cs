using System.CommandLine;
using System.Text.Json.Nodes;
using ScoreGpu.Cli.Figures;
using ScoreGpu.Cli.Help;
using ScoreGpu.Cli.Options;
using ScoreGpu.Cli.Output;
using ScoreGpu.Engine;
using ScoreGpu.Engine.Files;
using ScoreGpu.Engine.Models;

namespace ScoreGpu.Cli.Commands;

/// <summary><c>scoregpu field</c>.</summary>
internal sealed class FieldCommand
{
    private const double UsualLow = -5;
    private const double UsualHigh = 5;
    private const int UsualGrid = 20;
    private const int UsualFineGrid = 200;

    private readonly Session _session;
    private readonly CommonOptions _common = new();
    private readonly ModelOptions _model = new();
    private readonly Option<string?> _theme = ThemeOption.Create();

    private readonly Option<double[]> _range =
        RangeOption.Create("--range", "The ends of the grid in both directions.", UsualLow, UsualHigh);

    private readonly Option<int?> _grid = NumberOption.OptionalWhole(
        "--grid",
        $"Nodes in each direction. [default: {UsualGrid}; {UsualFineGrid} with --streamlines, which follow the field "
        + "between them]",
        2,
        4096);

    private readonly Option<bool> _streamlines = new("--streamlines")
    {
        Description = "Draws evenly spaced lines that the vectors are tangent to, in the place of arrows.",
    };

    private readonly Option<string?> _quantity = NameOption.Create(
        "--quantity",
        "What to show; the divergence is the score's.",
        ModelQuantities.Names,
        "score");

    private readonly Option<string?> _out = OutputPaths.Option(
        "--out",
        "A figure; or an array [G, G, 2] ([G, G] for the divergence) with x1 rising over the rows and x0 in each.",
        isRequired: true,
        "FILE.svg|FILE.png|FILE.npy");

    private FieldCommand(Session session) => _session = session;

    /// <summary>Builds the command.</summary>
    public static Command Build(Session session)
    {
        FieldCommand field = new(session);
        ExampleCommand command = new(
            "field",
            "Draws a two-dimensional model's score, or another quantity, on a grid.",
            "scoregpu field --model model.safetensors --time 10 --out field.svg",
            "scoregpu field --model ncsn.safetensors --time 0.5 --range -8 8 --grid 32 --theme light --out field.png",
            "scoregpu field --model model.safetensors --time 30 --streamlines --out lines.svg",
            "scoregpu field --model score.safetensors --quantity divergence --grid 100 --out divergence.npy");
        command.Add(field._model.Model);
        command.Add(field._model.Time);
        command.Add(field._quantity);
        command.Add(field._range);
        command.Add(field._grid);
        command.Add(field._streamlines);
        command.Add(field._out);
        command.Add(field._theme);
        command.Add(field._common.Device);
        command.Add(field._common.Threads);
        command.Add(field._common.Json);
        command.SetAction(field.Run);
        return command;
    }

    private int Run(ParseResult parsed)
    {
        string target = new OutputPaths(parsed)
            .Reserve(_model.Model)
            .Require(_out, [.. FigureFile.Extensions, ".npy"]);
        bool isArray = target.EndsWith(".npy", StringComparison.OrdinalIgnoreCase);
        if (isArray)
        {
            UnusedOptions.Refuse(parsed, $"an array as {_out.Name}", [_theme, _streamlines], []);
        }

        Model model = _model.Load(parsed);
        int dimension = model.Network.Architecture.Dimension;
        if (dimension != 2)
        {
            throw InputException.For(
                _model.Model.Name, parsed.GetValue(_model.Model), $"a model of 2 dimensions, and not {dimension}");
        }

        double time = _model.TimeOf(parsed, model);
        string name = parsed.GetValue(_quantity)!;
        ModelQuantity quantity = ModelQuantities.Parse(name);
        bool hasStreamlines = parsed.GetValue(_streamlines);
        if (hasStreamlines && quantity == ModelQuantity.Divergence)
        {
            throw InputException.For(_quantity.Name, name, $"a vector with {_streamlines.Name}, and not a number");
        }

        int nodes = parsed.GetValue(_grid) ?? (hasStreamlines ? UsualFineGrid : UsualGrid);
        (double low, double high) = RangeOption.Find(parsed, _range, UsualLow, UsualHigh);
        FieldGrid grid = new(low, high, nodes);

        using ModelRun run = ModelRun.Start(parsed, _session, _common, model);
        (float[] values, TimeSpan elapsed) = run.Time(
            "evaluating", _ => new DataUnitsEvaluator(model, run.Network).Evaluate(quantity, grid.Points, time));
        FiniteValues.Require(name, values, "Try a smaller --range.");
        _session.Cancellation.ThrowIfCancellationRequested();
        if (isArray)
        {
            NpyFile.Write(target, values, quantity == ModelQuantity.Divergence ? [nodes, nodes] : [nodes, nodes, 2]);
        }
        else
        {
            string heading = char.ToUpperInvariant(name[0]) + name[1..];
            string title = $"{heading} at time {NumberText.Exact(time)}\n{model.Data}";
            FigureFile.Save(
                target,
                FieldFigure.Draw(quantity, grid, values, title, ThemeOption.Find(parsed, _theme), hasStreamlines));
        }

        Report report = new("field");
        report.Add("field", target);
        report.Add("quantity", name);
        report.Add("time", time, NumberText.Exact(time));
        report.Add("grid", nodes);
        report.Add(
            "range",
            () => new JsonArray(low, high),
            $"{NumberText.Exact(low)} to {NumberText.Exact(high)}");
        run.AddDevice(report);
        report.AddTiming(elapsed, (nodes * nodes, "points"));
        run.Write(report);
        return ExitCode.Success;
    }
}
