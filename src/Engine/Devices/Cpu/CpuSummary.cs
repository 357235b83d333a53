using System.Runtime.InteropServices;
using ScoreGpu.Kernels.Cpu;

namespace ScoreGpu.Engine.Devices.Cpu;

/// <summary>Says what the CPU device is on this machine.</summary>
internal static class CpuSummary
{
    /// <summary>The processor's name, its cores, memory and vector width.</summary>
    public static DeviceSummary Describe() => new(
        "cpu",
        ProcessorName() ?? $"{RuntimeInformation.ProcessArchitecture} processor",
        Environment.ProcessorCount,
        GC.GetGCMemoryInfo().TotalAvailableMemoryBytes,
        TileKernels.Supported[0].VectorBits,
        null);

    private static string? ProcessorName()
    {
        const string File = "/proc/cpuinfo";
        try
        {
            return System.IO.File.Exists(File)
                ? System.IO.File.ReadLines(File)
                    .Where(line => line.StartsWith("model name", StringComparison.Ordinal) && line.Contains(':'))
                    .Select(line => line[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim())
                    .FirstOrDefault(name => name.Length > 0)
                : Environment.GetEnvironmentVariable("PROCESSOR_IDENTIFIER");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // The name is a courtesy; a container may hide it.
            return null;
        }
    }
}
