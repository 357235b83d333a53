using System.CommandLine;
using System.Diagnostics;
using ScoreGpu.Cli.Figures;
using ScoreGpu.Cli.Help;
using ScoreGpu.Cli.Options;
using ScoreGpu.Cli.Output;
using ScoreGpu.Engine;
using ScoreGpu.Engine.Data;
using ScoreGpu.Engine.Files;

namespace ScoreGpu.Cli.Commands;

/// <summary><c>scoregpu data</c>.</summary>
internal sealed class DataCommand
{
    private readonly Session _session;
    private readonly CommonOptions _common = new();
    private readonly Option<string?> _theme = ThemeOption.Create();

    private readonly Argument<string?> _name = new("NAME|FILE.json")
    {
        Description = DataText.Descriptions + " Or a mixture of Gaussians, as in {\"weights\": [0.8, 0.2], \"means\": "
            + "[[5, 5], [-5, -5]], \"standard_deviations\": [1, [0.5, 2]]}, with \"covariances\", a matrix each, in the "
            + "place of the deviations where axes are not enough; weights may be left out.",
        Arity = ArgumentArity.ExactlyOne,
    };

    private readonly Option<int> _count = NumberOption.Whole("--count", "Points.", 10_000);

    private readonly Option<string?> _out = OutputPaths.Option(
        "--out", "Where to write the points, [N, D].", isRequired: true, "FILE.npy|FILE.csv");

    private readonly Option<string?> _density = OutputPaths.Option(
        "--density", "Where to write ln p at each point, [N], in nats.", isRequired: false, "FILE.npy");

    private readonly Option<string?> _plot = OutputPaths.Option(
        "--plot", "Where to draw the points (1 or 2 dimensions).", isRequired: false, "FILE.svg|FILE.png");

    private DataCommand(Session session) => _session = session;

    /// <summary>Builds the command.</summary>
    public static Command Build(Session session)
    {
        DataCommand data = new(session);
        ExampleCommand command = new(
            "data",
            "Draws points from a data set and writes them: point n depends on the seed and n alone.",
            "scoregpu data two-moons --count 10000 --plot moons.png --out moons.npy",
            "scoregpu data checkerboard --count 1000 --seed 3 --density logp.npy --out board.csv",
            "scoregpu data mixture.json --out points.npy");
        command.Add(data._name);
        command.Add(data._out);
        command.Add(data._count);
        command.Add(data._density);
        command.Add(data._plot);
        command.Add(data._theme);
        command.Add(data._common.Seed);
        command.Add(data._common.Json);
        command.SetAction(data.Run);
        return command;
    }

    private int Run(ParseResult parsed)
    {
        OutputPaths paths = new(parsed);
        string target = paths.Require(_out, ".npy", ".csv");
        string? density = paths.Find(_density, ".npy");
        string? plot = paths.Find(_plot, FigureFile.Extensions);
        UnusedOptions.RefuseAlone(parsed, _theme, _plot);
        DataSource source = InputOption.Read(parsed, _name, DataSource.Parse);
        string name = parsed.GetValue(_name)!;
        if (source.Distribution is not { } distribution)
        {
            throw InputException.For(_name.Name, name, "a named data set or a mixture, for points are drawn already");
        }

        if (plot is not null && source.Dimension > SampleFigure.MostDimensions)
        {
            throw InputException.For(_plot.Name, plot, $"data of 1 or 2 dimensions, and not {source.Dimension}");
        }

        int count = parsed.GetValue(_count);
        if ((long)count * source.Dimension > Array.MaxLength / sizeof(double))
        {
            throw InputException.For(_count.Name, count, "a file of less than 2 GiB");
        }

        ulong seed = parsed.GetValue(_common.Seed);
        long start = Stopwatch.GetTimestamp();
        PointSet points = source.Draw(count, seed);
        TimeSpan elapsed = Stopwatch.GetElapsedTime(start);
        PointsFile.Write(target, points);
        if (density is not null)
        {
            NpyFile.Write(density, distribution.LogDensities(points.Values), count);
        }

        if (plot is not null)
        {
            string title = $"{count} points of {name}, seed {seed}";
            FigureFile.Save(plot, SampleFigure.Draw(points, title, ThemeOption.Find(parsed, _theme)));
        }

        Report report = new("data");
        report.Add("points", target);
        if (density is not null)
        {
            report.Add("density", density);
        }

        if (plot is not null)
        {
            report.Add("plot", plot);
        }

        report.Add("data", name);
        report.Add("count", count);
        report.Add("dimension", source.Dimension);
        report.Add("seed", () => seed, $"{seed}");
        report.AddTiming(elapsed, (count, "points"));
        report.Write(_session.Output, parsed.GetValue(_common.Json));
        return ExitCode.Success;
    }
}
