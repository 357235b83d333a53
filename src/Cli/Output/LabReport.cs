using System.Text.Json.Nodes;
using ScoreGpu.Viz.Labs;

namespace ScoreGpu.Cli.Output;

/// <summary>What a lab's run has found, as tables and as JSON.</summary>
internal static class LabReport
{
    /// <summary>The main numbers.</summary>
    public static TextTable Findings(LabResult result)
    {
        TextTable table = new("", "measured", " value");
        foreach (LabFinding finding in result.Findings)
        {
            table.AddRow(finding.Label, NumberText.Real(finding.Value));
        }

        return table;
    }

    /// <summary>The stages and their times.</summary>
    public static TextTable Stages(LabResult result)
    {
        TextTable table = new("", "stage", " elapsed");
        foreach (LabStage stage in result.Stages)
        {
            table.AddRow(stage.Name, NumberText.Seconds(stage.Elapsed));
        }

        return table;
    }

    /// <summary>Several labs, a line each.</summary>
    public static TextTable Labs(IEnumerable<(ILab Lab, LabResult Result)> labs)
    {
        TextTable table = new("", "lab", "page", " numbers", " elapsed");
        foreach ((ILab lab, LabResult result) in labs)
        {
            table.AddRow(
                lab.Name, result.Page, NumberText.Count(result.Findings.Count), NumberText.Seconds(result.Elapsed));
        }

        return table;
    }

    /// <summary>A finding's number; null where there is none.</summary>
    public static JsonNode? ValueAsJson(LabFinding finding) => double.IsFinite(finding.Value) ? finding.Value : null;

    /// <summary>The files, relative to the lab's folder.</summary>
    public static JsonArray FilesAsJson(LabResult result) => [.. result.Files.Select(file => JsonValue.Create(file))];

    /// <summary>The stages and their times.</summary>
    public static JsonArray StagesAsJson(LabResult result) => [.. result.Stages.Select(stage => new JsonObject
    {
        ["name"] = stage.Name,
        ["elapsed_seconds"] = Math.Round(stage.Elapsed.TotalSeconds, 6),
    })];

    /// <summary>One lab of several.</summary>
    public static JsonObject AsJson(ILab lab, LabResult result)
    {
        JsonObject findings = [];
        foreach (LabFinding finding in result.Findings)
        {
            findings[finding.Key] = ValueAsJson(finding);
        }

        return new JsonObject
        {
            ["name"] = lab.Name,
            ["page"] = result.Page,
            ["findings"] = findings,
            ["elapsed_seconds"] = Math.Round(result.Elapsed.TotalSeconds, 6),
            ["files"] = FilesAsJson(result),
            ["stages"] = StagesAsJson(result),
        };
    }
}
