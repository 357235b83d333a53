using System.Diagnostics;
using ScoreGpu.Kernels.Dialect;
using ScoreGpu.Kernels.Gpu;

namespace ScoreGpu.Engine.Devices.Kernel;

/// <summary>Measures the ceilings of a machine: its multiply-adds, its memory, and the local memory of its groups.</summary>
/// <remarks>
/// The work grows until a launch takes long enough for its own cost, and the host's clock, not to matter; then the
/// fastest of a few launches counts, because whatever disturbs one only makes it slower.
/// </remarks>
internal static class MachineRates
{
    /// <summary>Elements of the arrays that are copied, 128 MiB each: more than the caches hold.</summary>
    public const int CopiedElements = 1 << 25;

    private const double EnoughSeconds = 0.02;
    private const int Launches = 5;
    private const int MostRounds = 1 << 26;

    /// <summary>Float32 operations a second, two a multiply-add.</summary>
    public static double MultiplyAdds(KernelMachine machine)
    {
        var shape = new LaunchShape(machine.BusyGroups, MultiplyAddRateKernel.GroupSize);
        int items = shape.Groups * shape.GroupSize;
        using DeviceArray<float> sums = machine.Allocate<float>(items);
        int rounds = 8;
        void Launch() => MultiplyAddRate.Launch(machine, shape, sums.View, 0.9999f, 1e-4f, rounds);
        double seconds = Time(sums, Launch);
        while (seconds < EnoughSeconds && rounds < MostRounds)
        {
            rounds *= 2;
            seconds = Time(sums, Launch);
        }

        return 2.0 * MultiplyAddRateKernel.PerRound * rounds * items / Fastest(sums, Launch, seconds);
    }

    /// <summary>Bytes read and written a second by copies of an array in the machine's memory.</summary>
    /// <param name="machine">The machine.</param>
    /// <param name="elements">The array's length; more than the caches hold.</param>
    public static double Copies(KernelMachine machine, int elements)
    {
        using DeviceArray<float> x = machine.Allocate<float>(elements);
        using DeviceArray<float> y = machine.Allocate<float>(elements);
        x.Clear();
        var shape = LaunchShape.Covering(elements, MemoryCopyKernel.GroupSize);
        int copies = 1;
        void Launch()
        {
            for (int copy = 0; copy < copies; copy++)
            {
                MemoryCopy.Launch(machine, shape, x.View, y.View);
            }
        }

        double seconds = Time(y, Launch);
        while (seconds < EnoughSeconds)
        {
            copies *= 2;
            seconds = Time(y, Launch);
        }

        return 2.0 * sizeof(float) * elements * copies / Fastest(y, Launch, seconds);
    }

    /// <summary>Bytes that all groups together read a second from their local memory.</summary>
    public static double LocalReads(KernelMachine machine)
    {
        var shape = new LaunchShape(machine.BusyGroups, LocalMemoryRateKernel.GroupSize);
        int items = shape.Groups * shape.GroupSize;
        using DeviceArray<float> sums = machine.Allocate<float>(items);
        int rounds = 64;
        void Launch() => LocalMemoryRate.Launch(machine, shape, sums.View, rounds);
        double seconds = Time(sums, Launch);
        while (seconds < EnoughSeconds && rounds < MostRounds)
        {
            rounds *= 2;
            seconds = Time(sums, Launch);
        }

        return (double)sizeof(float) * LocalMemoryRateKernel.PerRound * rounds * items / Fastest(sums, Launch, seconds);
    }

    private static double Fastest(DeviceArray<float> result, Action launch, double seconds)
    {
        for (int i = 0; i < Launches; i++)
        {
            seconds = Math.Min(seconds, Time(result, launch));
        }

        return seconds;
    }

    private static double Time(DeviceArray<float> result, Action launch)
    {
        long start = Stopwatch.GetTimestamp();
        launch();

        // One element: the host gets it when everything before it is done.
        Span<float> last = stackalloc float[1];
        result.Read(last);
        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }
}
