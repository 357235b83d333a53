using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using ScoreGpu.Engine.Benchmarks.Growth;

namespace ScoreGpu.Engine.Benchmarks;

/// <summary>A benchmark as <c>bench.json</c>; docs/performance.md lists the fields.</summary>
/// <remarks>Fields are added without a new version; a new version means that an old reader would be wrong.</remarks>
public static class BenchmarkFile
{
    /// <summary>The version of the format.</summary>
    public const int Version = 1;

    private const string Format = "scoregpu-bench";

    private static readonly JsonSerializerOptions Written =
        new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly string[] Bounds = ["compute", "memory", "latency"];

    /// <summary>The name of what keeps an operation from being faster.</summary>
    public static string NameOf(BenchmarkBound bound) => Bounds[(int)bound];

    /// <summary>The name of what grows.</summary>
    public static string NameOf(GrowthAxis axis) => GrowthFile.NameOf(axis);

    /// <summary>The file's text.</summary>
    public static string ToText(BenchmarkReport report) => ToJson(report).ToJsonString(Written) + "\n";

    /// <summary>The file as an object.</summary>
    public static JsonObject ToJson(BenchmarkReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        BenchmarkPlace place = report.Place;
        MachineCeilings ceilings = report.Ceilings;
        return new JsonObject
        {
            ["format"] = Format,
            ["format_version"] = Version,
            ["started"] = report.Started.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture),
            ["elapsed_seconds"] = report.Elapsed.TotalSeconds,
            ["quick"] = report.IsQuick,
            ["place"] = new JsonObject
            {
                ["program"] = place.Program,
                ["runtime"] = place.Runtime,
                ["system"] = place.System,
                ["processor"] = place.Processor,
                ["cores"] = place.Cores,
                ["device"] = place.DeviceName,
                ["device_description"] = place.DeviceDescription,
            },
            ["machine"] = new JsonObject
            {
                ["multiply_add_flops"] = ceilings.MultiplyAddFlops,
                ["core_multiply_add_flops"] = ceilings.CoreMultiplyAddFlops,
                ["bytes_per_second"] = ceilings.BytesPerSecond,
                ["local_bytes_per_second"] = ceilings.LocalBytesPerSecond,
                ["launch_latency_seconds"] = ceilings.LaunchSeconds,
                ["line_handover_seconds"] = ceilings.HandoverSeconds,
            },
            ["symbols"] = OperationCost.Symbols,
            ["operations"] = new JsonArray([.. report.Operations.Select(ToJson)]),
            ["refused"] = new JsonArray([.. report.Refused.Select(ToJson)]),
            ["results"] = new JsonArray([.. report.Results.Select(ToJson)]),
            ["growth"] = report.Growth is { } growth ? GrowthFile.ToJson(growth) : null,
        };
    }

    /// <summary>Reads a file.</summary>
    /// <exception cref="InputException">It cannot be read, or is no benchmark of this version.</exception>
    public static BenchmarkReport Read(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        try
        {
            return Parse(File.ReadAllText(path));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"'{path}' cannot be read: {exception.Message}", exception);
        }
        catch (InputException exception)
        {
            throw new InputException($"'{path}': {exception.Message}", exception);
        }
    }

    /// <summary>Reads a file's text.</summary>
    /// <exception cref="InputException">It is no benchmark of this version.</exception>
    public static BenchmarkReport Parse(string text)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(text);
            return Parse(document.RootElement);
        }
        catch (Exception exception) when (exception is JsonException
            or InvalidOperationException or KeyNotFoundException or FormatException)
        {
            throw new InputException(
                $"the file is no benchmark: {exception.Message} Expected what 'scoregpu bench' writes.", exception);
        }
    }

    private static BenchmarkReport Parse(JsonElement root)
    {
        string format = root.GetProperty("format").GetString() ?? "";
        int version = root.GetProperty("format_version").GetInt32();
        if (format != Format || version != Version)
        {
            throw InputException.For("the format", $"{format} {version}", $"{Format} {Version}");
        }

        JsonElement place = root.GetProperty("place");
        JsonElement machine = root.GetProperty("machine");
        return new BenchmarkReport(
            root.GetProperty("started").GetDateTime().ToUniversalTime(),
            root.GetProperty("quick").GetBoolean(),
            new BenchmarkPlace(
                Text(place, "program"),
                Text(place, "runtime"),
                Text(place, "system"),
                Text(place, "processor"),
                place.GetProperty("cores").GetInt32(),
                Text(place, "device"),
                Text(place, "device_description")),
            new MachineCeilings(
                Positive(machine, "multiply_add_flops"),
                Optional(machine, "core_multiply_add_flops"),
                Positive(machine, "bytes_per_second"),
                Optional(machine, "local_bytes_per_second"),
                Positive(machine, "launch_latency_seconds"))
            {
                // Older files do not have it.
                HandoverSeconds = machine.TryGetProperty("line_handover_seconds", out _)
                    ? Optional(machine, "line_handover_seconds")
                    : null,
            },
            [.. root.GetProperty("operations").EnumerateArray().Select(ToOperation)],
            [.. root.GetProperty("refused").EnumerateArray().Select(ToOperation)],
            [.. root.GetProperty("results").EnumerateArray().Select(ToResult)],
            TimeSpan.FromSeconds(root.GetProperty("elapsed_seconds").GetDouble()))
        {
            // Files of before growth was measured have no such field.
            Growth = root.TryGetProperty("growth", out JsonElement growth) && growth.ValueKind != JsonValueKind.Null
                ? GrowthFile.Read(growth)
                : null,
        };
    }

    private static JsonNode ToJson(BenchmarkedOperation operation) => new JsonObject
    {
        ["name"] = operation.Name,
        ["group"] = operation.Group,
        ["item"] = operation.Item,
        ["flops"] = operation.FlopsFormula,
        ["bytes"] = operation.BytesFormula,
        ["error"] = double.IsFinite(operation.Error) ? operation.Error : null,
        ["worst_quantity"] = operation.WorstQuantity,
    };

    private static JsonNode ToJson(BenchmarkResult result) => new JsonObject
    {
        ["operation"] = result.Operation,
        ["batch"] = result.Shape.Batch,
        ["width"] = result.Shape.Width == 0 ? null : result.Shape.Width,
        ["items"] = result.Items,
        ["flops"] = result.Flops,
        ["bytes"] = result.Bytes,
        ["seconds"] = ToJson(result.Time),
        ["turns"] = result.Time.Turns,
        ["runs_per_turn"] = result.Time.RunsPerTurn,
        ["items_per_second"] = result.ItemsPerSecond,
        ["flops_per_second"] = result.FlopsPerSecond,
        ["limit_flops_per_second"] = result.LimitFlopsPerSecond,
        ["share_of_limit"] = result.ShareOfLimit,
        ["bound"] = NameOf(result.Bound),
    };

    private static BenchmarkedOperation ToOperation(JsonElement json) => new(
        Text(json, "name"),
        Text(json, "group"),
        Text(json, "item"),
        Text(json, "flops"),
        Text(json, "bytes"),
        Optional(json, "error") ?? double.PositiveInfinity,
        Text(json, "worst_quantity"));

    private static BenchmarkResult ToResult(JsonElement json)
    {
        JsonElement width = json.GetProperty("width");
        string bound = Text(json, "bound");
        int index = Array.IndexOf(Bounds, bound);
        return new BenchmarkResult(
            Text(json, "operation"),
            new BenchmarkShape(
                json.GetProperty("batch").GetInt32(), width.ValueKind == JsonValueKind.Null ? 0 : width.GetInt32()),
            Positive(json, "items"),
            Positive(json, "flops"),
            Positive(json, "bytes"),
            ToTime(json),
            Positive(json, "limit_flops_per_second"),
            index >= 0 ? (BenchmarkBound)index : throw InputException.For("bound", bound, string.Join(" or ", Bounds)));
    }

    /// <summary>The times of turns.</summary>
    internal static JsonObject ToJson(BenchmarkTime time) => new()
    {
        ["median"] = time.Median,
        ["lower_quartile"] = time.LowerQuartile,
        ["upper_quartile"] = time.UpperQuartile,
        ["least"] = time.Least,
        ["most"] = time.Most,
    };

    /// <summary>Reads the fields <c>seconds</c>, <c>turns</c> and <c>runs_per_turn</c>.</summary>
    internal static BenchmarkTime ToTime(JsonElement json)
    {
        JsonElement seconds = json.GetProperty("seconds");
        return new BenchmarkTime(
            Positive(seconds, "median"),
            Positive(seconds, "lower_quartile"),
            Positive(seconds, "upper_quartile"),
            Positive(seconds, "least"),
            Positive(seconds, "most"),
            json.GetProperty("turns").GetInt32(),
            json.GetProperty("runs_per_turn").GetInt32());
    }

    /// <summary>A field that is text.</summary>
    internal static string Text(JsonElement json, string name) =>
        json.GetProperty(name).GetString() ?? throw new FormatException($"'{name}' is no text.");

    /// <summary>A field that is a number or null.</summary>
    internal static double? Optional(JsonElement json, string name) =>
        json.GetProperty(name) is { ValueKind: not JsonValueKind.Null } value ? value.GetDouble() : null;

    private static double Positive(JsonElement json, string name)
    {
        double value = json.GetProperty(name).GetDouble();
        return value > 0 && double.IsFinite(value) ? value : throw InputException.For(name, value, "a number above 0");
    }
}
