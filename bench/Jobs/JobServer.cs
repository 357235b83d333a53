using System.Globalization;
using System.Text.Json;
using ScoreGpu.Engine;
using ScoreGpu.Engine.Benchmarks;
using ScoreGpu.Engine.Devices;
using ScoreGpu.Engine.Devices.Native;

namespace ScoreGpu.Bench.Jobs;

/// <summary>Runs what it reads on one device, a request a line, and answers each with one line of JSON.</summary>
/// <remarks>
/// The words of a request are separated by tabs:
/// <code>
///   info                          the device and the runtime
///   rates                         what the device does at most: multiply-adds; accelerators: memory and launches too
///   run  JOB  BATCH  REPEATS      a job of <see cref="BatchJobs"/>: seconds a repetition
///   weights  FILE                 writes the network of the jobs as safetensors
///   check  JOB  FOLDER            computes from the job's inputs in FOLDER, and writes JOB.scoregpu.npy there
///   JOB                           a job of <see cref="PeerJobs"/>
/// </code>
/// What cannot be done is answered with <c>error</c>.
/// </remarks>
public static class JobServer
{
    public static void Run(string deviceName, TextReader input, TextWriter output)
    {
        IDevice device;
        try
        {
            device = DeviceCatalog.Create(deviceName);
        }
        catch (Exception exception) when (exception is InputException or DeviceException)
        {
            // Whoever asks first is told why, and the end of the output says the rest.
            input.ReadLine();
            Answer(output, new { error = exception.Message });
            return;
        }

        using (device)
        {
            Serve(device, deviceName, input, output);
        }
    }

    private static void Serve(IDevice device, string deviceName, TextReader input, TextWriter output)
    {
        using var batchJobs = new BatchJobs(device);
        var peerJobs = new PeerJobs(device);
        while (input.ReadLine() is { } line)
        {
            object answer;
            try
            {
                answer = line.Split('\t') switch
                {
                    ["info"] => new { device = device.Description, runtime = Environment.Version.ToString() },
                    ["rates"] => MeasureRates(deviceName),
                    ["run", var job, var batch, var repeats] => batchJobs.Time(job, Number(batch), Number(repeats)),
                    ["weights", var file] => Done(() => PeerNetwork.Save(file)),
                    ["check", var job, var folder] => Done(() => new JobChecks(device).Run(job, folder)),
                    [var job] => peerJobs.Time(job),
                    _ => throw InputException.For("request", line, "one of those in the documentation"),
                };
            }
            catch (Exception exception) when (exception is InputException or DeviceException)
            {
                answer = new { error = exception.Message };
            }

            Answer(output, answer);
        }
    }

    private static void Answer(TextWriter output, object answer)
    {
        output.WriteLine(JsonSerializer.Serialize(answer));
        output.Flush();
    }

    private static int Number(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int value) && value > 0
            ? value
            : throw InputException.For("number", text, "a whole number above 0");

    private static object Done(Action action)
    {
        action();
        return new { done = true };
    }

    private static object MeasureRates(string deviceName)
    {
        if (deviceName == DeviceCatalog.Default)
        {
            return new
            {
                gflops = MultiplyAddRate.Measure(Environment.ProcessorCount) / 1e9,
                handover_nanoseconds = LineHandover.Measure(Environment.ProcessorCount) * 1e9,
            };
        }

        string[] parts = deviceName.Split(':', 2);
        AcceleratorInfo info = AcceleratorCatalog.Choose(parts[0], parts.ElementAtOrDefault(1));
        DeviceRates rates = AcceleratorCatalog.MeasureRates(info);
        return new
        {
            gflops = rates.MultiplyAddFlops / 1e9,
            gigabytes_per_second = rates.BytesPerSecond / 1e9,
            local_gigabytes_per_second = rates.LocalBytesPerSecond / 1e9,
            launch_microseconds = rates.LaunchLatency.TotalMicroseconds,
        };
    }
}
