using System.Text.Json.Nodes;

namespace ScoreGpu.Tests.Viz.Labs;

/// <summary>A lab's <c>results.json</c>.</summary>
internal static class LabResults
{
    /// <summary>Reads the results in a lab's folder.</summary>
    public static JsonObject Read(string folder) =>
        JsonNode.Parse(File.ReadAllText(Path.Combine(folder, "results.json")))!.AsObject();

    /// <summary>What follows from the seed alone: all but the device and what was timed.</summary>
    public static string WithoutTimes(JsonObject results)
    {
        Assert.True(results.Remove("device"));
        Assert.True(results.ContainsKey("elapsed_seconds"));
        Strip(results);
        return results.ToJsonString();
    }

    private static void Strip(JsonNode? node)
    {
        if (node is JsonObject json)
        {
            foreach ((string key, JsonNode? value) in json.ToArray())
            {
                if (key == "timings" || key.EndsWith("_seconds", StringComparison.Ordinal))
                {
                    json.Remove(key);
                }
                else
                {
                    Strip(value);
                }
            }
        }
        else if (node is JsonArray list)
        {
            foreach (JsonNode? item in list)
            {
                Strip(item);
            }
        }
    }
}
