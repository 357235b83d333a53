using System.CommandLine;
using ScoreGpu.Cli.Figures;
using ScoreGpu.Cli.Help;
using ScoreGpu.Cli.Options;
using ScoreGpu.Cli.Output;
using ScoreGpu.Cli.Sharding;
using ScoreGpu.Engine;
using ScoreGpu.Engine.Files;
using ScoreGpu.Engine.Likelihoods;
using ScoreGpu.Engine.Models;
using ScoreGpu.Engine.Sharding;

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

    private readonly Option<string?> _shard = ShardOption.Create();

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
            "scoregpu likelihood --model vp.safetensors --points x.npy --shard 3/8 --out logp.npy",
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
        command.Add(likelihood._shard);
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
        Shard? shard = ShardOption.Find(parsed, _shard, _session);
        ShardOption.Refuse(parsed, shard, _plot, "it with merge, which has all values");
        if (shard is { } wanted)
        {
            target = ShardJob.PathOf(target ?? throw InputException.For(_out.Name, null, "a file, with --shard"), wanted);
        }

        Model model = _model.Load(parsed);
        ChosenLikelihood chosen = _likelihood.Create(parsed, model, _common.Seed);
        FieldGrid? grid = CreateGrid(parsed, model);
        float[] points = grid?.Points ?? ReadPoints(parsed, model);
        int dimension = model.Network.Architecture.Dimension;
        ShardJob? job = shard is { } part ? new ShardJob(part, points.Length / dimension) : null;
        TraceRequest request = new()
        {
            Points = model.Scale?.ToModel(points) ?? points,
            Estimator = chosen.Estimator,
            Seed = parsed.GetValue(_common.Seed),
            Cancellation = _session.Cancellation,
        };

        using ModelRun run = ModelRun.Start(parsed, _session, _common, model);
        TraceRequest? own = job is null ? request : job.Shard.PartOf(request, dimension);
        double[]? noErrors = chosen.Estimator.Values > 1 ? [] : null;
        (LogLikelihoods result, TimeSpan elapsed) = own is null
            ? (LogLikelihoods.FromValues([], noErrors, dimension, 0), TimeSpan.Zero)
            : Follow(run, chosen, own);
        FiniteValues.Require(
            "log-densities",
            Array.ConvertAll(result.Values, value => (float)value),
            "Try points nearer to the data, more --steps, or a later --time.");
        DensitySummary summary = new(
            result, grid, DensitySummary.Describe(chosen.Estimator), chosen.Solver, chosen.Time, model.Data);
        if (job is not null)
        {
            Describe(parsed, job, run, summary, chosen.Estimator.Probes);
            WriteShard(job, target!, result);
        }
        else if (target is not null)
        {
            summary.Write(target);
        }

        if (plot is not null)
        {
            summary.Plot(plot, ThemeOption.Find(parsed, _theme));
        }

        Report report = new("likelihood");
        if (target is not null)
        {
            report.Add(job is null ? "log_densities" : "shard", target);
        }

        if (plot is not null)
        {
            report.Add("plot", plot);
        }

        if (job is null)
        {
            summary.AddTo(report);
        }
        else
        {
            job.AddTo(report);
            report.Add("count", result.Values.Length);
            summary.AddMethod(report);
        }

        run.AddDevice(report);
        report.AddTiming(elapsed, (result.Values.Length, "points"));
        run.Write(report);
        return ExitCode.Success;
    }

    private void Describe(ParseResult parsed, ShardJob job, ModelRun run, DensitySummary summary, int probes)
    {
        job.AddRun(parsed, run, _model.Model, _points, _common.Seed, _likelihood.All);
        job.Add("divergence", summary.Divergence);
        job.Add("probes", probes);
        job.Add("solver", summary.Solver);
        job.Add("time", summary.Time);
        job.Add("data", summary.Data);
        job.Add("dimension", summary.Result.Dimension);
        if (summary.Grid is { } grid)
        {
            (double low, double high) = RangeOption.Find(parsed, _range, UsualLow, UsualHigh);
            job.Add("grid", low, high, grid.Nodes.Length);
        }
    }

    private static void WriteShard(ShardJob job, string target, LogLikelihoods result)
    {
        int count = result.Values.Length;
        List<Tensor> tensors = [Tensor.FromDoubles(ShardContent.LogDensities, [count], result.Values)];
        if (result.StandardErrors is { } errors)
        {
            tensors.Add(Tensor.FromDoubles(ShardContent.StandardErrors, [count], errors));
        }

        job.Write(target, ShardContent.LogDensities, [("nfe", result.Nfe)], [.. tensors]);
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
        ModelRun run, ChosenLikelihood chosen, TraceRequest request) => run.Time("following", progress =>
        {
            LogLikelihoods result = chosen.Run(run.Network, request with { Progress = progress });
            return run.Model.Scale is { } scale ? result.InDataUnits(scale) : result;
        });
}
