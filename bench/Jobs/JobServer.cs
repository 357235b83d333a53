using System.Text.Json;

namespace ScoreGpu.Bench.Jobs;

/// <summary>Runs the jobs that it reads, one name a line, and answers each with one line of JSON.</summary>
public static class JobServer
{
    public static void Run(TextReader input, TextWriter output)
    {
        using var jobs = new PeerJobs();
        while (input.ReadLine() is { } name)
        {
            object answer = name switch
            {
                "info" => new { device = jobs.Device.Description, runtime = Environment.Version.ToString() },
                "fma_peak" => new { gflops = MultiplyAddRate.Measure(Environment.ProcessorCount) / 1e9 },
                _ => jobs.Time(name),
            };
            output.WriteLine(JsonSerializer.Serialize(answer));
            output.Flush();
        }
    }
}
