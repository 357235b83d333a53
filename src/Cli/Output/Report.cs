using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using ScoreGpu.Engine.Devices;

namespace ScoreGpu.Cli.Output;

/// <summary>A command's result, for a person or as one JSON object.</summary>
/// <param name="command">The command's name.</param>
internal sealed class Report(string command)
{
    private static readonly JsonSerializerOptions Format =
        new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly List<(string Label, string Text)> _lines = [];
    private readonly List<TextTable> _tables = [];
    private readonly List<(string Key, Func<JsonNode?> Value)> _values = [];

    /// <summary>Adds a fact.</summary>
    /// <param name="key">The key in JSON; with spaces for its underscores, what a person reads.</param>
    /// <param name="value">The value in JSON.</param>
    /// <param name="text">The value in words.</param>
    public void Add(string key, Func<JsonNode?> value, string text)
    {
        _lines.Add((key.Replace('_', ' '), text));
        _values.Add((key, value));
    }

    /// <summary>Adds a text.</summary>
    public void Add(string key, string text) => Add(key, () => text, text);

    /// <summary>Adds a count.</summary>
    public void Add(string key, long count) => Add(key, () => count, NumberText.Count(count));

    /// <summary>Adds a number; in JSON, one that is not finite is null.</summary>
    public void Add(string key, double value, string text) =>
        Add(key, () => double.IsFinite(value) ? value : null, text);

    /// <summary>Adds the device.</summary>
    public void AddDevice(IDevice device) => Add("device", () => device.Name, $"{device.Name}, {device.Description}");

    /// <summary>Adds the elapsed time and the rates that follow from it.</summary>
    /// <param name="elapsed">How long it took.</param>
    /// <param name="done">What was done: how many, and of what, in the plural.</param>
    public void AddTiming(TimeSpan elapsed, params (long Count, string Items)[] done)
    {
        _values.Add(("elapsed_seconds", () => Math.Round(elapsed.TotalSeconds, 6)));
        string text = NumberText.Seconds(elapsed);
        foreach ((long count, string items) in done)
        {
            double rate = count / Math.Max(elapsed.TotalSeconds, 1e-9);
            text += $", {NumberText.Rate(rate)} {items}/s";
            _values.Add(($"{items}_per_second", () => Math.Round(rate, 1)));
        }

        _lines.Add(("elapsed", text));
    }

    /// <summary>Adds a value that only JSON shows.</summary>
    public void AddHidden(string key, Func<JsonNode?> value) => _values.Add((key, value));

    /// <summary>Adds a table that only a person reads.</summary>
    public void AddTable(TextTable table) => _tables.Add(table);

    /// <summary>Writes the result.</summary>
    public void Write(TextWriter output, bool asJson)
    {
        if (asJson)
        {
            JsonObject json = new() { ["command"] = command };
            foreach ((string key, Func<JsonNode?> value) in _values)
            {
                json[key] = value();
            }

            output.WriteLine(json.ToJsonString(Format));
            return;
        }

        int width = _lines.Count == 0 ? 0 : _lines.Max(line => line.Label.Length);
        foreach ((string label, string text) in _lines)
        {
            output.WriteLine($"{label.PadRight(width)}  {text}");
        }

        foreach (TextTable table in _tables)
        {
            table.Write(output);
        }
    }
}
