using System.CommandLine;
using System.Text.Json.Nodes;
using ScoreGpu.Cli.Help;
using ScoreGpu.Cli.Options;
using ScoreGpu.Cli.Output;
using ScoreGpu.Engine.Devices;

namespace ScoreGpu.Cli.Commands;

/// <summary><c>scoregpu devices</c>.</summary>
internal static class DevicesCommand
{
    /// <summary>Builds the command.</summary>
    public static Command Build(Session session)
    {
        Option<bool> json = new CommonOptions().Json;
        ExampleCommand command = new(
            "devices",
            "Lists the devices that --device takes: what each is on this machine, how long an accelerator takes to launch "
                + "nothing, and why one cannot be used.",
            "scoregpu devices",
            "scoregpu devices --json");
        command.Add(json);
        command.SetAction(parsed =>
        {
            Describe().Write(session.Output, parsed.GetValue(json));
            return ExitCode.Success;
        });
        return command;
    }

    private static Report Describe()
    {
        IReadOnlyList<DeviceSummary> devices = DeviceCatalog.Describe();
        Report report = new("devices");
        TextTable table = new("", "name", "description", " cores", " memory", " vectors", " launch", "usable");
        foreach (DeviceSummary device in devices)
        {
            table.AddRow(
                device.Name,
                device.Description,
                device.Cores > 0 ? NumberText.Count(device.Cores) : "",
                device.MemoryBytes > 0 ? NumberText.Bytes(device.MemoryBytes) : "",
                device.VectorBits is { } bits ? $"{bits} bits" : "",
                device.LaunchLatency is { } latency ? NumberText.Seconds(latency) : "",
                device.Problem is null ? "yes" : $"no: {device.Problem}");
        }

        report.AddTable(table);
        report.AddHidden("devices", () => new JsonArray([.. devices.Select(ToJson)]));
        return report;
    }

    private static JsonNode ToJson(DeviceSummary device) => new JsonObject
    {
        ["name"] = device.Name,
        ["description"] = device.Description,
        ["cores"] = device.Cores,
        ["memory_bytes"] = device.MemoryBytes,
        ["vector_bits"] = device.VectorBits,
        ["launch_latency_seconds"] = device.LaunchLatency?.TotalSeconds,
        ["usable"] = device.Problem is null,
        ["problem"] = device.Problem,
    };
}
