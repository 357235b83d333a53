using System.CommandLine;
using ScoreGpu.Cli.Figures;
using ScoreGpu.Cli.Help;
using ScoreGpu.Cli.Options;
using ScoreGpu.Cli.Output;
using ScoreGpu.Engine;
using ScoreGpu.Engine.Data;
using ScoreGpu.Engine.Files;
using ScoreGpu.Engine.Likelihoods;
using ScoreGpu.Engine.Models;

namespace ScoreGpu.Cli.Commands;

/// <summary><c>scoregpu likelihood</c>.</summary>
internal sealed class LikelihoodCommand
{
    private const double UsualLow = -5;
    private const double UsualHigh = 5;

    private readonly Session _session;
    private readonly CommonOptions _common = new();
    private readonly ModelOptions _model = new();
    private readonly LikelihoodOptions _likelihood = new();
    private readonly Option<string?> _theme = ThemeOption.Create();

    private readonly Option<string?> _points = InputOption.Create(
        "--points", "Whose log-density, one point a row.", "FILE.npy|FILE.csv", isRequired: false);

    private readonly Option<int?> _grid = NumberOption.OptionalWhole(
        "--grid", "In place of points: a square grid with as many nodes in each direction (2 dimensions).", 2, 4096);

    private readonly Option<double[]> _range =
        RangeOption.Create("--range", "The ends of the grid in both directions.", UsualLow, UsualHigh);

    private readonly Option<string?> _out = OutputPaths.Option(
        "--out",
        "Where to write the log-densities in nats, [N]; [G, G] of a grid, with x1 rising over the rows and x0 in each.",
        isRequired: false,
        "FILE.npy|FILE.csv");

    private readonly Option<string?> _plot = OutputPaths.Option(
        "--plot", "Where to draw the density on the grid.", isRequired: false, "FILE.svg|FILE.png");

    private LikelihoodCommand(Session session) => _session = session;

    /// <summary>Builds the command.</summary>
    public static Command Build(Session session)
    {
        LikelihoodCommand likelihood = new(session);
        ExampleCommand command = new(
            "likelihood",
            "Works out a trained model's log-density by its probability flow.",
            "scoregpu likelihood --model model.safetensors --points held-out.npy --out logp.npy",
            "scoregpu likelihood --model vp.safetensors --points x.npy --solver rk45 --rtol 1e-6 --out logp.csv",
            "scoregpu likelihood --model vp.safetensors --points x.npy --divergence hutchinson --probes 64 --out logp.npy",
            "scoregpu likelihood --model ncsn.safetensors --grid 200 --range -6 6 --plot density.png --out density.npy");
        command.Add(likelihood._model.Model);
        command.Add(likelihood._points);
        command.Add(likelihood._grid);
        command.Add(likelihood._range);
        foreach (Option option in likelihood._likelihood.All)
        {
            command.Add(option);
        }

        command.Add(likelihood._out);
        command.Add(likelihood._plot);
        command.Add(likelihood._theme);
        command.Add(likelihood._common.Seed);
        command.Add(likelihood._common.Device);
        command.Add(likelihood._common.Threads);
        command.Add(likelihood._common.Json);
        command.SetAction(likelihood.Run);
        return command;
    }

    private int Run(ParseResult parsed)
    {
        OutputPaths paths = new OutputPaths(parsed).Reserve(_model.Model).Reserve(_points);
        bool hasGrid = parsed.GetValue(_grid) is not null;
        string? target = hasGrid ? paths.Find(_out, ".npy") : paths.Find(_out, ".npy", ".csv");
        string? plot = paths.Find(_plot, FigureFile.Extensions);
        UnusedOptions.RefuseBoth(parsed, _points, _grid);
        UnusedOptions.RefuseAlone(parsed, _range, _grid);
        UnusedOptions.RefuseAlone(parsed, _plot, _grid);
        UnusedOptions.RefuseAlone(parsed, _theme, _plot);
        Model model = _model.Load(parsed);
        ChosenLikelihood chosen = _likelihood.Create(parsed, model, _common.Seed);
        FieldGrid? grid = CreateGrid(parsed, model);
        float[] points = grid?.Points ?? ReadPoints(parsed, model);

        using ModelRun run = ModelRun.Start(parsed, _session, _common, model);
        (LogLikelihoods result, TimeSpan elapsed) = Follow(run, chosen, points, parsed.GetValue(_common.Seed));
        FiniteValues.Require(
            "log-densities",
            Array.ConvertAll(result.Values, value => (float)value),
            "Try points nearer to the data, more --steps, or a later --time.");
        if (target is not null)
        {
            Write(target, result.Values, grid);
        }

        if (plot is not null)
        {
            string title = $"Density at time {NumberText.Exact(chosen.Time)}\n{model.Data}";
            FigureFile.Save(
                plot, DensityFigure.Draw(grid!, result.Values, title, ThemeOption.Find(parsed, _theme)));
        }

        Report report = new("likelihood");
        if (target is not null)
        {
            report.Add("log_densities", target);
        }

        if (plot is not null)
        {
            report.Add("plot", plot);
        }

        report.Add("count", result.Values.Length);
        report.Add("dimension", result.Dimension);
        if (grid is not null)
        {
            double cell = (grid.Nodes[^1] - grid.Nodes[0]) / (grid.Nodes.Length - 1);
            double mass = result.Values.Sum(Math.Exp) * cell * cell;
            report.Add("mass_on_the_grid", mass, $"{mass:G6}");
        }
        else
        {
            AddMean(report, result);
        }

        report.Add("divergence", Describe(chosen.Estimator));
        report.Add("solver", chosen.Solver);
        report.Add("time", chosen.Time, NumberText.Exact(chosen.Time));
        report.Add("nfe", result.Nfe, NumberText.Exact(result.Nfe));
        run.AddDevice(report);
        report.AddTiming(elapsed, (result.Values.Length, "points"));
        run.Write(report);
        return ExitCode.Success;
    }

    private static void AddMean(Report report, LogLikelihoods result)
    {
        double error = result.StandardErrorOfMean;
        report.Add("mean_nats", result.Mean, $"{result.Mean:G6} (standard error {NumberText.Real(error)})");
        report.AddHidden("standard_error_nats", () => double.IsFinite(error) ? error : null);
        double bits = result.BitsOf(error);
        report.Add(
            "bits_per_dimension",
            result.BitsPerDimension,
            $"{result.BitsPerDimension:G6} (standard error {NumberText.Real(bits)})");
        report.AddHidden("standard_error_bits", () => double.IsFinite(bits) ? bits : null);
        if (result.StandardErrors is { } errors)
        {
            double typical = Math.Sqrt(errors.Sum(each => each * each) / errors.Length);
            report.Add(
                "probe_error_nats", typical, $"{NumberText.Real(typical)}, root mean square of the points' standard errors");
        }
    }

    private static string Describe(TraceEstimator estimator) => estimator.IsExact
        ? "exact"
        : $"hutchinson, {NumberText.Count(estimator.Probes)} {estimator.Kind.ToString().ToLowerInvariant()} probes";

    private static void Write(string target, double[] values, FieldGrid? grid)
    {
        if (grid is not null)
        {
            NpyFile.Write(target, values, grid.Nodes.Length, grid.Nodes.Length);
        }
        else if (target.EndsWith(".npy", StringComparison.OrdinalIgnoreCase))
        {
            NpyFile.Write(target, values, values.Length);
        }
        else
        {
            PointsFile.Write(target, new PointSet(Array.ConvertAll(values, value => (float)value), values.Length, 1));
        }
    }

    private FieldGrid? CreateGrid(ParseResult parsed, Model model)
    {
        if (parsed.GetValue(_grid) is not { } nodes)
        {
            return null;
        }

        int dimension = model.Network.Architecture.Dimension;
        if (dimension != 2)
        {
            throw InputException.For(_grid.Name, nodes, $"a model of 2 dimensions, and not {dimension}");
        }

        (double low, double high) = RangeOption.Find(parsed, _range, UsualLow, UsualHigh);
        return new FieldGrid(low, high, nodes);
    }

    private float[] ReadPoints(ParseResult parsed, Model model) => parsed.GetValue(_points) is null
        ? throw new InputException($"{_points.Name} is not given; expected points, or {_grid.Name}.")
        : ModelOptions.ReadPoints(parsed, _points, model).Values;

    private static (LogLikelihoods Result, TimeSpan Elapsed) Follow(
        ModelRun run, ChosenLikelihood chosen, float[] points, ulong seed)
    {
        DataScale? scale = run.Model.Scale;
        TraceRequest request = new()
        {
            Points = scale?.ToModel(points) ?? points,
            Estimator = chosen.Estimator,
            Seed = seed,
            Cancellation = run.Cancellation,
        };
        return run.Time("following", progress =>
        {
            LogLikelihoods result = chosen.Run(run.Network, request with { Progress = progress });
            return scale is null ? result : result.InDataUnits(scale);
        });
    }
}
