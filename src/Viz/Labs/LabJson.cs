using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ScoreGpu.Viz.Labs;

/// <summary>What the labs' <c>results.json</c> are written with; numbers that are not finite are null.</summary>
internal static class LabJson
{
    /// <summary>Indented, with letters as they are.</summary>
    public static JsonSerializerOptions Format { get; } =
        new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>An array.</summary>
    public static JsonArray List<T>(IEnumerable<T> items, Func<T, JsonNode?> convert) =>
        new([.. items.Select(convert)]);

    /// <summary>A number, or null.</summary>
    public static JsonNode? Number(double value) => double.IsFinite(value) ? JsonValue.Create(value) : null;

    /// <summary>Seconds to a microsecond.</summary>
    public static JsonNode? Seconds(TimeSpan value) => Number(Math.Round(value.TotalSeconds, 6));

    /// <summary>The stages and their times.</summary>
    public static JsonArray Stages(IReadOnlyList<LabStage> stages) => List(stages, stage => new JsonObject
    {
        ["name"] = stage.Name,
        ["elapsed_seconds"] = Seconds(stage.Elapsed),
    });
}
