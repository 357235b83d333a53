namespace ScoreGpu.Engine.Devices.Kernel;

/// <summary>A run whose samples go in parts, one after the other, so that it can report and stop in between.</summary>
internal static class KernelParts
{
    /// <summary>A part keeps the device busy for so many rounds of its groups.</summary>
    private const int Rounds = 4;

    /// <summary>Runs every part.</summary>
    /// <param name="machine">The device.</param>
    /// <param name="plan">The tile of a group.</param>
    /// <param name="count">Samples of the run.</param>
    /// <param name="most">The most samples of a part, by what fits into an array.</param>
    /// <param name="progress">Told the share done.</param>
    /// <param name="run">Runs a part, given its first sample and how many it has.</param>
    /// <param name="cancellation">Stops it.</param>
    public static void Run(
        KernelMachine machine,
        TilePlan plan,
        int count,
        long most,
        IProgress<double>? progress,
        Action<int, int> run,
        CancellationToken cancellation)
    {
        int part = (int)Math.Clamp(most, 1, (long)Rounds * machine.BusyGroups * plan.Tiling.Samples);
        for (int first = 0; first < count; first += part)
        {
            cancellation.ThrowIfCancellationRequested();
            int some = Math.Min(part, count - first);
            run(first, some);
            progress?.Report((double)(first + some) / count);
        }

        cancellation.ThrowIfCancellationRequested();
    }
}
