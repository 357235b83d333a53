using System.CommandLine;
using System.Diagnostics;
using System.Text.Json.Nodes;
using ScoreGpu.Cli.Figures;
using ScoreGpu.Cli.Help;
using ScoreGpu.Cli.Options;
using ScoreGpu.Cli.Output;
using ScoreGpu.Cli.Sharding;
using ScoreGpu.Engine;
using ScoreGpu.Engine.Sharding;

namespace ScoreGpu.Cli.Commands;

/// <summary><c>scoregpu merge</c>.</summary>
internal sealed class MergeCommand
{
    private readonly Session _session;
    private readonly CommonOptions _common = new();
    private readonly Option<string?> _theme = ThemeOption.Create();

    private readonly Argument<string[]> _shards = new("SHARDS")
    {
        Description = "The files that --shard wrote, in any order; of a folder, those that are named after --out.",
        HelpName = "FILE.safetensors|FOLDER",
        Arity = ArgumentArity.OneOrMore,
    };

    private readonly Option<string?> _out = OutputPaths.Option(
        "--out", "Where to write what one run would have written there.", isRequired: true, "FILE.npy|FILE.csv|FILE.png");

    private readonly Option<string?> _plot = OutputPaths.Option(
        "--plot",
        "Where to draw samples (1 or 2 dimensions), or a density on a grid.",
        isRequired: false,
        "FILE.svg|FILE.png");

    private readonly Option<bool> _mixed = new("--mixed")
    {
        Description = "Takes shards of different kinds of devices or versions too; they agree to rounding, and not to the bit.",
    };

    private MergeCommand(Session session) => _session = session;

    /// <summary>Builds the command.</summary>
    public static Command Build(Session session)
    {
        MergeCommand merge = new(session);
        ExampleCommand command = new(
            "merge",
            "Joins what sample, draw and likelihood wrote with --shard: byte for byte the file that one run would have "
            + "written. Shards that are missing or of another run are named, and nothing is written.",
            "scoregpu merge samples.npy.shard-*.safetensors --out samples.npy",
            "scoregpu merge results --out samples.csv --plot samples.svg",
            "scoregpu merge paths.png.shard-*.safetensors --out paths.png");
        command.Add(merge._shards);
        command.Add(merge._out);
        command.Add(merge._plot);
        command.Add(merge._theme);
        command.Add(merge._mixed);
        command.Add(merge._common.Json);
        command.SetAction(merge.Run);
        return command;
    }

    private int Run(ParseResult parsed)
    {
        OutputPaths paths = new(parsed);
        string target = paths.Require(_out, ".npy", ".csv", ".png");
        string? plot = paths.Find(_plot, FigureFile.Extensions);
        UnusedOptions.RefuseAlone(parsed, _theme, _plot);
        bool asJson = parsed.GetValue(_common.Json);
        long start = Stopwatch.GetTimestamp();
        List<string> files = Files(parsed.GetValue(_shards)!, target);
        RequireOthers(files, _out.Name, target);
        RequireOthers(files, _plot.Name, plot);
        ShardSet shards = ShardSet.Open(files, parsed.GetValue(_mixed));
        Merging merging = new(shards, _out.Name, target, _session.Cancellation);
        if (plot is not null)
        {
            merging.RequireFigure(_plot.Name, plot);
        }

        Report report = new("merge");
        string items = ProgressBar.Run(_session, asJson, "merging", bar =>
            merging.Run(new ShareProgress(bar), plot, ThemeOption.Find(parsed, _theme), report));
        report.Add("shards", shards.Count);
        report.Add(
            "device",
            () => shards.Devices.Count == 1
                ? shards.Devices[0]
                : new JsonArray([.. shards.Devices.Select(device => (JsonNode)device)]),
            string.Join("; ", shards.Devices));
        report.AddTiming(Stopwatch.GetElapsedTime(start), (shards.Items, items));
        report.Write(_session.Output, asJson);
        return ExitCode.Success;
    }

    private List<string> Files(string[] given, string target)
    {
        List<string> files = [];
        foreach (string path in given)
        {
            if (!Directory.Exists(path))
            {
                files.Add(path);
                continue;
            }

            IReadOnlyList<string> found = ShardFile.Find(path, target);
            if (found.Count == 0)
            {
                throw InputException.For(
                    _shards.Name,
                    path,
                    $"a folder with shards of {Path.GetFileName(target)}, as in "
                    + Path.GetFileName(ShardFile.PathOf(target, new Shard(1, 8))));
            }

            files.AddRange(found);
        }

        return files;
    }

    private static void RequireOthers(List<string> files, string name, string? path)
    {
        if (path is not null && files.Any(file => Path.GetFullPath(file) == Path.GetFullPath(path)))
        {
            throw InputException.For(name, path, "another file than a shard");
        }
    }
}
