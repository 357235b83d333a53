using System.Text.Json.Serialization;

namespace ScoreGpu.Bench.Jobs;

/// <summary>How long a job took, and the rate of its multiply-adds (two operations each).</summary>
public readonly record struct JobTime(
    [property: JsonPropertyName("seconds")] double Seconds, [property: JsonPropertyName("gflops")] double GigaFlops);
