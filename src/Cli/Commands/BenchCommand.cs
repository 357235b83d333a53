using System.CommandLine;
using ScoreGpu.Cli.Help;
using ScoreGpu.Cli.Options;
using ScoreGpu.Cli.Output;
using ScoreGpu.Engine.Benchmarks;
using ScoreGpu.Engine.Benchmarks.Growth;
using ScoreGpu.Engine.Devices;
using ScoreGpu.Viz.Benchmarks;

namespace ScoreGpu.Cli.Commands;

/// <summary><c>scoregpu bench</c>.</summary>
internal sealed class BenchCommand
{
    private const string UsualFolder = "benchmark";

    private readonly Session _session;
    private readonly CommonOptions _common = new();
    private readonly Option<string?> _theme = ThemeOption.Create();

    private readonly Option<bool> _quick = new("--quick")
    {
        Description = "Fewer sizes, and samplers whose steps differ only in numbers once: under a minute on two cores.",
    };

    private readonly Option<bool> _growth = new("--growth")
    {
        Description =
            "Only how time and memory grow with trajectories (to 10,000,000), steps, width, dimension and threads: a minute "
            + "or two.",
    };

    private readonly Option<string?> _out = new("--out")
    {
        Description =
            "The folder to write: bench.json, bench.html and its figures; with --compare, compare.html and its figures. "
            + $"[default: {UsualFolder}; with --compare nothing is written]",
        HelpName = "FOLDER",
    };

    private readonly Option<string[]> _compare = new("--compare")
    {
        Description = "Measures nothing and lays two bench.json side by side: how many times faster the second is.",
        HelpName = "A.json B.json",
        Arity = new ArgumentArity(2, 2),
        AllowMultipleArgumentsPerToken = true,
    };

    private BenchCommand(Session session) => _session = session;

    /// <summary>Builds the command.</summary>
    public static Command Build(Session session)
    {
        BenchCommand bench = new(session);
        ExampleCommand command = new(
            "bench",
            "Measures the machine, then every operation of the engine: its time, and its share of what the machine could do "
                + "at most (docs/performance.md). Results are compared with float64 first: an operation that is wrong is "
                + "not timed, and the exit code is 1.",
            "scoregpu bench",
            "scoregpu bench --quick --device auto",
            "scoregpu bench --growth --out growth",
            "scoregpu bench --threads 1 --out one-thread",
            "scoregpu bench --compare one-thread/bench.json benchmark/bench.json --out threads");
        command.Add(bench._quick);
        command.Add(bench._growth);
        command.Add(bench._compare);
        command.Add(bench._out);
        command.Add(bench._theme);
        command.Add(bench._common.Device);
        command.Add(bench._common.Threads);
        command.Add(bench._common.Json);
        command.SetAction(bench.Run);
        return command;
    }

    private int Run(ParseResult parsed)
    {
        bool asJson = parsed.GetValue(_common.Json);
        if (UnusedOptions.IsGiven(parsed, _compare))
        {
            return Compare(parsed, asJson);
        }

        UnusedOptions.RefuseBoth(parsed, _growth, _quick);
        bool isQuick = parsed.GetValue(_quick);
        using BenchmarkFolder folder = BenchmarkFolder.Prepare(parsed.GetValue(_out) ?? UsualFolder);
        using IDevice device = _common.Start(parsed, _session);
        BenchmarkReport measured = ProgressBar.Run(_session, asJson, "bench", bar => parsed.GetValue(_growth)
            ? BenchmarkRun.MeasureGrowth(device, new StageProgress(bar), _session.Cancellation)
            : BenchmarkRun.Measure(device, isQuick, new StageProgress(bar), _session.Cancellation));
        string page = folder.Write(measured, ThemeOption.Find(parsed, _theme), _session.Cancellation);
        return Tell(_session, measured, page, asJson);
    }

    private int Compare(ParseResult parsed, bool asJson)
    {
        UnusedOptions.Refuse(parsed, _compare.Name, [_quick, _growth, _common.Device, _common.Threads], []);
        UnusedOptions.RefuseAlone(parsed, _theme, _out);
        string[] files = parsed.GetValue(_compare)!;
        BenchmarkComparison comparison =
            BenchmarkComparison.Of(BenchmarkFile.Read(files[0]), BenchmarkFile.Read(files[1]));
        string? page = null;
        if (parsed.GetValue(_out) is { } path)
        {
            using BenchmarkFolder folder = BenchmarkFolder.Prepare(path);
            page = folder.Write(comparison, ThemeOption.Find(parsed, _theme), _session.Cancellation);
        }

        BenchReport.Of(comparison, page).Write(_session.Output, asJson);
        return ExitCode.Success;
    }

    /// <summary>Writes what was measured, and says on stderr what was refused.</summary>
    internal static int Tell(Session session, BenchmarkReport measured, string page, bool asJson)
    {
        BenchReport.Of(measured, page).Write(session.Output, asJson);
        foreach (BenchmarkedOperation refused in measured.Refused)
        {
            session.Error.WriteLine(
                $"scoregpu: {refused.Name} is not reported: {refused.WorstQuantity} is off float64 by "
                + $"{NumberText.Real(refused.Error)} times what passes.");
        }

        foreach (RefusedGrowth refused in measured.Growth?.Refused ?? [])
        {
            session.Error.WriteLine(
                $"scoregpu: how {refused.Operation} grows with {BenchmarkFile.NameOf(refused.Axis)} is not reported: its "
                + $"results are off float64 by {NumberText.Real(refused.Error)} times what passes.");
        }

        return measured.Refused.Count == 0 && measured.Growth?.Refused is not { Count: > 0 } ? ExitCode.Success : ExitCode.VerificationFailed;
    }

    private sealed class StageProgress(IProgress<Advance> bar) : IProgress<BenchmarkProgress>
    {
        public void Report(BenchmarkProgress value) => bar.Report(new Advance(value.Share, Stage: value.Stage));
    }
}
