using System.Diagnostics;

namespace ScoreGpu.Engine.Devices.Native;

/// <summary>How long a device needs for nothing: an empty kernel from the launch until the host knows that it ended.
/// </summary>
internal static class LaunchLatency
{
    private const string OpenClSource = "__kernel void scoregpu_empty(void)\n{\n}\n";
    private const string CudaSource = "extern \"C\" __global__ void scoregpu_empty()\n{\n}\n";

    /// <summary>The median of many rounds, after some that warm up.</summary>
    /// <param name="accelerator">The opened device.</param>
    /// <param name="rounds">How many to time.</param>
    public static TimeSpan Measure(Accelerator accelerator, int rounds = 201)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(rounds);
        using AcceleratorProgram program = accelerator.Compile(
            accelerator.Language == KernelLanguage.OpenClC ? OpenClSource : CudaSource);
        using AcceleratorKernel kernel = program.Kernel("scoregpu_empty");
        KernelArguments none = new();
        long[] ticks = new long[rounds];
        for (int round = -rounds / 4; round < rounds; round++)
        {
            long start = Stopwatch.GetTimestamp();
            kernel.Launch(1, 1, none);
            accelerator.Synchronize();
            if (round >= 0)
            {
                ticks[round] = Stopwatch.GetTimestamp() - start;
            }
        }

        Array.Sort(ticks);
        return Stopwatch.GetElapsedTime(0, ticks[rounds / 2]);
    }
}
