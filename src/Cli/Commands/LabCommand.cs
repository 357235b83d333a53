using System.CommandLine;
using System.Text.Json.Nodes;
using ScoreGpu.Cli.Help;
using ScoreGpu.Cli.Options;
using ScoreGpu.Cli.Output;
using ScoreGpu.Engine.Devices;
using ScoreGpu.Viz.Labs;

namespace ScoreGpu.Cli.Commands;

/// <summary><c>scoregpu lab</c>.</summary>
internal sealed class LabCommand
{
    private readonly Session _session;
    private readonly CommonOptions _common = new();
    private readonly Option<string?> _theme = ThemeOption.Create();

    private readonly Argument<string> _name = new("name")
    {
        Description = string.Join("; ", LabCatalog.All.Select(lab => $"{lab.Name}: {lab.Summary}")),
    };

    private readonly Option<string?> _out = new("--out")
    {
        Description = "The folder to write. [default: lab/NAME]",
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
            "scoregpu lab compare-samplers",
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

    private int Run(ParseResult parsed)
    {
        ILab lab = LabCatalog.Find(parsed.GetValue(_name)!);
        bool asJson = parsed.GetValue(_common.Json);
        ulong seed = parsed.GetValue(_common.Seed);
        string folder = parsed.GetValue(_out) ?? Path.Combine("lab", lab.Name);
        using IDevice device = _common.Start(parsed, _session);
        LabResult result = ProgressBar.Run(_session, asJson, lab.Name, bar => lab.Run(new LabContext(
            device,
            seed,
            ThemeOption.Find(parsed, _theme),
            folder,
            new StageProgress(bar),
            _session.Cancellation)));

        Report report = new("lab");
        report.Add("page", result.Page);
        foreach (LabFinding finding in result.Findings)
        {
            report.AddHidden(finding.Key, () => double.IsFinite(finding.Value) ? finding.Value : null);
        }

        report.Add("seed", () => seed, $"{seed}");
        report.Add("device", () => device.Name, $"{device.Name}, {device.Description}");
        report.AddTiming(result.Elapsed);
        report.AddTable(Findings(result));
        report.AddTable(Stages(result));
        report.AddHidden("files", () => new JsonArray([.. result.Files.Select(file => JsonValue.Create(file))]));
        report.AddHidden("stages", () => new JsonArray([.. result.Stages.Select(stage => new JsonObject
        {
            ["name"] = stage.Name,
            ["elapsed_seconds"] = Math.Round(stage.Elapsed.TotalSeconds, 6),
        })]));
        report.Write(_session.Output, asJson);
        return ExitCode.Success;
    }

    private static TextTable Findings(LabResult result)
    {
        TextTable table = new("", "measured", " value");
        foreach (LabFinding finding in result.Findings)
        {
            table.AddRow(finding.Label, NumberText.Real(finding.Value));
        }

        return table;
    }

    private static TextTable Stages(LabResult result)
    {
        TextTable table = new("", "stage", " elapsed");
        foreach (LabStage stage in result.Stages)
        {
            table.AddRow(stage.Name, NumberText.Seconds(stage.Elapsed));
        }

        return table;
    }

    private sealed class StageProgress(IProgress<Advance> bar) : IProgress<LabProgress>
    {
        public void Report(LabProgress value) => bar.Report(new Advance(value.Share, Stage: value.Stage));
    }
}
