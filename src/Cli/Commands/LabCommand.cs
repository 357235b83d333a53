using System.CommandLine;
using System.Diagnostics;
using System.Text.Json.Nodes;
using ScoreGpu.Cli.Help;
using ScoreGpu.Cli.Options;
using ScoreGpu.Cli.Output;
using ScoreGpu.Engine.Devices;
using ScoreGpu.Viz.Labs;
using ScoreGpu.Viz.Labs.Front;

namespace ScoreGpu.Cli.Commands;

/// <summary><c>scoregpu lab</c>.</summary>
internal sealed class LabCommand
{
    // Where labs are put, each under its name, if nobody says otherwise.
    private const string DefaultFolder = "lab";

    private readonly Session _session;
    private readonly CommonOptions _common = new();
    private readonly Option<string?> _theme = ThemeOption.Create();

    private readonly Argument<string> _name = new("name")
    {
        Description = string.Join("; ", LabCatalog.All.Select(lab => $"{lab.Name}: {lab.Summary}"))
            + $"; {LabCatalog.Every}: each of them in turn, and a page over them.",
    };

    private readonly Option<string?> _out = new("--out")
    {
        Description = "The folder to write; for all, the folder of their folders. [default: lab/NAME; for all, lab]",
        HelpName = "FOLDER",
    };

    private LabCommand(Session session) => _session = session;

    /// <summary>Builds the command.</summary>
    public static Command Build(Session session)
    {
        LabCommand lab = new(session);
        ExampleCommand command = new(
            "lab",
            "Computes a course notebook or a comparison anew and writes a page of its figures and numbers.",
            "scoregpu lab score-functions",
            "scoregpu lab all",
            "scoregpu lab score-functions --out pages/scores --seed 7 --theme light");
        command.Add(lab._name);
        command.Add(lab._out);
        command.Add(lab._theme);
        command.Add(lab._common.Seed);
        command.Add(lab._common.Device);
        command.Add(lab._common.Threads);
        command.Add(lab._common.Json);
        command.SetAction(lab.Run);
        return command;
    }

    private int Run(ParseResult parsed) =>
        parsed.GetValue(_name) == LabCatalog.Every ? RunAll(parsed) : RunOne(parsed);

    private int RunOne(ParseResult parsed)
    {
        ILab lab = LabCatalog.Find(parsed.GetValue(_name)!, _session.Labs);
        bool asJson = parsed.GetValue(_common.Json);
        string folder = parsed.GetValue(_out) ?? Path.Combine(DefaultFolder, lab.Name);
        using IDevice device = _common.Start(parsed, _session);
        LabResult result = ProgressBar.Run(
            _session, asJson, lab.Name, bar => lab.Run(Context(parsed, device, folder, bar)));
        string path = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
        if (Path.GetFileName(path) == lab.Name)
        {
            new LabShelf(Path.GetDirectoryName(path)!, _session.Labs).RefreshIfThere();
        }

        Report report = new("lab");
        report.Add("page", result.Page);
        foreach (LabFinding finding in result.Findings)
        {
            report.AddHidden(finding.Key, () => LabReport.ValueAsJson(finding));
        }

        AddRun(report, parsed, device, result.Elapsed);
        report.AddTable(LabReport.Findings(result));
        report.AddTable(LabReport.Stages(result));
        report.AddHidden("files", () => LabReport.FilesAsJson(result));
        report.AddHidden("stages", () => LabReport.StagesAsJson(result));
        report.Write(_session.Output, asJson);
        return ExitCode.Success;
    }

    private int RunAll(ParseResult parsed)
    {
        bool asJson = parsed.GetValue(_common.Json);
        string folder = parsed.GetValue(_out) ?? DefaultFolder;
        LabShelf shelf = new(folder, _session.Labs);
        List<(ILab Lab, LabResult Result)> done = [];
        using IDevice device = _common.Start(parsed, _session);
        long start = Stopwatch.GetTimestamp();
        try
        {
            ProgressBar.Run(_session, asJson, LabCatalog.Every, bar =>
            {
                shelf.Run(Context(parsed, device, folder, bar), (lab, result) => done.Add((lab, result)));
                return done.Count;
            });
        }
        catch (OperationCanceledException) when (_session.Cancellation.IsCancellationRequested && done.Count > 0)
        {
            string names = string.Join(", ", done.Select(pair => pair.Lab.Name));
            _session.Error.WriteLine($"scoregpu: stopped; finished before: {names}. {shelf.Page} shows what is there.");
            return ExitCode.Interrupted;
        }

        Report report = new("lab");
        report.Add("page", shelf.Page);
        AddRun(report, parsed, device, Stopwatch.GetElapsedTime(start));
        report.AddTable(LabReport.Labs(done));
        report.AddHidden("labs", () => new JsonArray([.. done.Select(pair => LabReport.AsJson(pair.Lab, pair.Result))]));
        report.Write(_session.Output, asJson);
        return ExitCode.Success;
    }

    private LabContext Context(ParseResult parsed, IDevice device, string folder, IProgress<Advance> bar) => new(
        device,
        parsed.GetValue(_common.Seed),
        ThemeOption.Find(parsed, _theme),
        folder,
        new StageProgress(bar),
        _session.Cancellation);

    private void AddRun(Report report, ParseResult parsed, IDevice device, TimeSpan elapsed)
    {
        ulong seed = parsed.GetValue(_common.Seed);
        report.Add("seed", () => seed, $"{seed}");
        report.AddDevice(device);
        report.AddTiming(elapsed);
    }

    private sealed class StageProgress(IProgress<Advance> bar) : IProgress<LabProgress>
    {
        public void Report(LabProgress value) => bar.Report(new Advance(value.Share, Stage: value.Stage));
    }
}
