using System.CommandLine;
using System.Diagnostics;
using System.Text.Json.Nodes;
using ScoreGpu.Cli.Help;
using ScoreGpu.Cli.Options;
using ScoreGpu.Cli.Output;
using ScoreGpu.Engine.Devices;
using ScoreGpu.Engine.Verification;

namespace ScoreGpu.Cli.Commands;

/// <summary><c>scoregpu verify</c>.</summary>
internal sealed class VerifyCommand
{
    private const string Scientific = "0.00e+00";

    private readonly Session _session;
    private readonly CommonOptions _common = new();

    private readonly Argument<string[]> _files = new("FILE.safetensors")
    {
        Description = "Fixtures: a network, its inputs, and what another program computed from them in float64.",
        Arity = ArgumentArity.OneOrMore,
    };

    private VerifyCommand(Session session) => _session = session;

    /// <summary>Builds the command.</summary>
    public static Command Build(Session session)
    {
        VerifyCommand verify = new(session);
        ExampleCommand command = new(
            "verify",
            "Recomputes what reference fixtures hold and compares: values, gradients, training and sampling. "
            + "The exit code is 1 where a difference is above its tolerance.",
            "scoregpu verify tests/Fixtures/ddpm_epsilon_h32.safetensors",
            "scoregpu verify tests/Fixtures/ddpm_epsilon_h32.safetensors tests/Fixtures/ncsn_h32.safetensors --json");
        command.Add(verify._files);
        command.Add(verify._common.Device);
        command.Add(verify._common.Threads);
        command.Add(verify._common.Json);
        command.SetAction(verify.Run);
        return command;
    }

    private int Run(ParseResult parsed)
    {
        string[] files = parsed.GetValue(_files)!;
        bool asJson = parsed.GetValue(_common.Json);
        using IDevice device = _common.Start(parsed, _session);
        long start = Stopwatch.GetTimestamp();
        List<FileResult> results = ProgressBar.Run(_session, asJson, "verifying", bar => Verify(files, device, bar));
        TimeSpan elapsed = Stopwatch.GetElapsedTime(start);
        bool passed = results.All(result => result.Passed);

        Report report = new("verify");
        report.Add("result", () => passed ? "passed" : "failed", Conclude(results));
        report.AddDevice(device);
        report.AddTiming(elapsed, (results.Sum(result => result.Rows.Count), "quantities"));
        report.AddHidden("files", () => new JsonArray([.. results.Select(ToJson)]));
        foreach (FileResult result in results)
        {
            report.AddTable(ToTable(result));
        }

        report.Write(_session.Output, asJson);
        return passed ? ExitCode.Success : ExitCode.VerificationFailed;
    }

    private static string Conclude(List<FileResult> results)
    {
        int rows = results.Sum(result => result.Rows.Count);
        int failed = results.Sum(result => result.Rows.Count(row => !row.Passed));
        return failed == 0 ? $"passed, all {rows} quantities" : $"FAILED, {failed} of {rows} quantities";
    }

    private static TextTable ToTable(FileResult result)
    {
        TextTable table = new($"\n{result.Path}", "quantity", " max rel. error", " tolerance", "");
        foreach (VerificationRow row in result.Rows)
        {
            table.AddRow(
                row.Quantity,
                row.MaxRelativeError.ToString(Scientific, NumberText.Culture),
                row.Tolerance.ToString(Scientific, NumberText.Culture),
                row.Passed ? "ok" : "FAILED");
        }

        return table;
    }

    private static JsonNode ToJson(FileResult result) => new JsonObject
    {
        ["file"] = result.Path,
        ["passed"] = result.Passed,
        ["quantities"] = new JsonArray([.. result.Rows.Select(ToJson)]),
    };

    private static JsonNode ToJson(VerificationRow row) => new JsonObject
    {
        ["quantity"] = row.Quantity,
        ["max_relative_error"] = double.IsFinite(row.MaxRelativeError) ? row.MaxRelativeError : null,
        ["tolerance"] = row.Tolerance,
        ["passed"] = row.Passed,
    };

    private List<FileResult> Verify(string[] files, IDevice device, IProgress<Advance> bar)
    {
        List<FileResult> results = [];
        foreach (string file in files)
        {
            _session.Cancellation.ThrowIfCancellationRequested();
            results.Add(new FileResult(file, FixtureVerifier.Verify(file, device)));
            bar.Report(new Advance((double)results.Count / files.Length));
        }

        return results;
    }

    private sealed record FileResult(string Path, IReadOnlyList<VerificationRow> Rows)
    {
        public bool Passed => Rows.All(row => row.Passed);
    }
}
