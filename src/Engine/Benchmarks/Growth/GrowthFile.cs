using System.Text.Json;
using System.Text.Json.Nodes;

namespace ScoreGpu.Engine.Benchmarks.Growth;

/// <summary>The block <c>growth</c> of <c>bench.json</c>; docs/performance.md lists the fields.</summary>
internal static class GrowthFile
{
    private static readonly string[] Axes = ["count", "steps", "width", "dimension", "threads"];

    /// <summary>The name of what grows.</summary>
    public static string NameOf(GrowthAxis axis) => Axes[(int)axis];

    /// <summary>The block.</summary>
    public static JsonObject ToJson(GrowthReport report) => new()
    {
        ["work"] = "2*S*(N*(2*D*H + 2*H^2) + 2*H^2)/threads",
        ["curves"] = new JsonArray([.. report.Curves.Select(ToJson)]),
        ["memory"] = new JsonArray([.. report.Memory.Select(ToJson)]),
        ["refused"] = new JsonArray([.. report.Refused.Select(ToJson)]),
    };

    /// <summary>Reads the block.</summary>
    public static GrowthReport Read(JsonElement json) => new(
        [.. json.GetProperty("curves").EnumerateArray().Select(ToCurve)],
        [.. json.GetProperty("memory").EnumerateArray().Select(ToMemory)],
        [.. json.GetProperty("refused").EnumerateArray().Select(ToRefused)]);

    private static JsonNode ToJson(GrowthCurve curve) => new JsonObject
    {
        ["operation"] = curve.Operation,
        ["axis"] = NameOf(curve.Axis),
        ["fitted_from"] = curve.FittedFrom,
        ["exponent"] = curve.Measured.Exponent,
        ["exponent_error"] = curve.Measured.ExponentError,
        ["theory_exponent"] = curve.Theory.Exponent,
        ["work_per_second"] = curve.Rate,
        ["error"] = curve.Error,
        ["ends_because"] = curve.EndsBecause,
        ["points"] = new JsonArray([.. curve.Points.Select(ToJson)]),
    };

    private static JsonNode ToJson(GrowthPoint point) => new JsonObject
    {
        ["count"] = point.Size.Count,
        ["steps"] = point.Size.Steps,
        ["width"] = point.Size.Width,
        ["dimension"] = point.Size.Dimension,
        ["threads"] = point.Size.Threads == 0 ? null : point.Size.Threads,
        ["work"] = point.Size.Work,
        ["seconds"] = BenchmarkFile.ToJson(point.Time),
        ["turns"] = point.Time.Turns,
        ["runs_per_turn"] = point.Time.RunsPerTurn,
    };

    private static JsonNode ToJson(GrowthMemory memory) => new JsonObject
    {
        ["operation"] = memory.Operation,
        ["fitted_from"] = memory.FittedFrom,
        ["bytes_per_trajectory"] = memory.BytesPerTrajectory,
        ["theory_bytes_per_trajectory"] = memory.TheoryBytesPerTrajectory,
        ["points"] = new JsonArray(
            [.. memory.Points.Select(point => new JsonObject { ["count"] = point.Count, ["resident_bytes"] = point.Bytes })]),
    };

    private static JsonNode ToJson(RefusedGrowth refused) => new JsonObject
    {
        ["operation"] = refused.Operation,
        ["axis"] = NameOf(refused.Axis),
        ["error"] = double.IsFinite(refused.Error) ? refused.Error : null,
    };

    private static GrowthCurve ToCurve(JsonElement json) => new(
        BenchmarkFile.Text(json, "operation"),
        ToAxis(json),
        json.GetProperty("fitted_from").GetInt32(),
        [.. json.GetProperty("points").EnumerateArray().Select(ToPoint)],
        json.GetProperty("error").GetDouble(),
        json.GetProperty("ends_because").GetString());

    private static GrowthPoint ToPoint(JsonElement json)
    {
        JsonElement threads = json.GetProperty("threads");
        return new GrowthPoint(
            new GrowthSize(
                json.GetProperty("count").GetInt32(),
                json.GetProperty("steps").GetInt32(),
                json.GetProperty("width").GetInt32(),
                json.GetProperty("dimension").GetInt32(),
                threads.ValueKind == JsonValueKind.Null ? 0 : threads.GetInt32()),
            BenchmarkFile.ToTime(json));
    }

    private static GrowthMemory ToMemory(JsonElement json) => new(
        BenchmarkFile.Text(json, "operation"),
        json.GetProperty("theory_bytes_per_trajectory").GetDouble(),
        json.GetProperty("fitted_from").GetInt32(),
        [
            .. json.GetProperty("points").EnumerateArray().Select(point => new MemoryPoint(
                point.GetProperty("count").GetInt32(), point.GetProperty("resident_bytes").GetInt64())),
        ]);

    private static RefusedGrowth ToRefused(JsonElement json) => new(
        BenchmarkFile.Text(json, "operation"),
        ToAxis(json),
        BenchmarkFile.Optional(json, "error") ?? double.PositiveInfinity);

    private static GrowthAxis ToAxis(JsonElement json)
    {
        string name = BenchmarkFile.Text(json, "axis");
        int index = Array.IndexOf(Axes, name);
        return index >= 0 ? (GrowthAxis)index : throw InputException.For("axis", name, string.Join(" or ", Axes));
    }
}
