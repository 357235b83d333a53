using System.Diagnostics;
using ScoreGpu.Engine.Devices;
using ScoreGpu.Engine.Devices.Cpu;
using ScoreGpu.Engine.Devices.Kernel;

namespace ScoreGpu.Engine.Benchmarks;

/// <summary>What a device does at most, measured by loops and kernels that do one thing only.</summary>
/// <param name="MultiplyAddFlops">Float32 operations a second of the whole device, two a multiply-add.</param>
/// <param name="CoreMultiplyAddFlops">The same of one core alone; null where the device has none of its own.</param>
/// <param name="BytesPerSecond">Bytes of its main memory read and written a second.</param>
/// <param name="LocalBytesPerSecond">Bytes of local memory read a second by all groups; null on the CPU.</param>
/// <param name="LaunchSeconds">What an empty piece of work takes: a kernel until the host knows that it ended, or a phase of
/// the thread team until every thread has begun.</param>
public sealed record MachineCeilings(
    double MultiplyAddFlops,
    double? CoreMultiplyAddFlops,
    double BytesPerSecond,
    double? LocalBytesPerSecond,
    double LaunchSeconds)
{
    private const int LatencyRounds = 501;

    /// <summary>What a cache line takes from one core to another; null where there is one thread, or none of the kind.</summary>
    public double? HandoverSeconds { get; init; }

    /// <summary>Operations a byte from which on arithmetic, and not memory, is the limit.</summary>
    public double Ridge => MultiplyAddFlops / BytesPerSecond;

    /// <summary>Measures a device: about a second.</summary>
    /// <exception cref="InputException">The device is one whose times mean nothing.</exception>
    public static MachineCeilings Measure(IDevice device)
    {
        ArgumentNullException.ThrowIfNull(device);
        return device switch
        {
            CpuDevice cpu => OfHost(cpu.Team),
            KernelDevice { Machine: var machine } when machine.MeasureRates() is { } rates => OfRates(rates),
            _ => throw InputException.For(
                "device", device.Name, "cpu, cuda, opencl or auto: the times of this one say nothing"),
        };
    }

    /// <summary>What the device was seen to do at most, in this or the other measurement.</summary>
    public MachineCeilings BestOf(MachineCeilings other) => new(
        Math.Max(MultiplyAddFlops, other.MultiplyAddFlops),
        Largest(CoreMultiplyAddFlops, other.CoreMultiplyAddFlops),
        Math.Max(BytesPerSecond, other.BytesPerSecond),
        Largest(LocalBytesPerSecond, other.LocalBytesPerSecond),
        Math.Min(LaunchSeconds, other.LaunchSeconds))
    {
        // No limit, but what the operations have met.
        HandoverSeconds = Largest(HandoverSeconds, other.HandoverSeconds),
    };

    /// <summary>The roofline: the most operations a second at an intensity (Williams, Waterman and Patterson, 2009, CACM
    /// 52(4)).</summary>
    /// <param name="intensity">Operations a byte; +∞ where nothing is moved.</param>
    public double Limit(double intensity) => Math.Min(MultiplyAddFlops, BytesPerSecond * intensity);

    private static MachineCeilings OfRates(DeviceRates rates) => new(
        rates.MultiplyAddFlops, null, rates.BytesPerSecond, rates.LocalBytesPerSecond, rates.LaunchLatency.TotalSeconds);

    private static MachineCeilings OfHost(ThreadTeam team) => new(
        MultiplyAddRate.Measure(team.Threads),
        MultiplyAddRate.Measure(1),
        TriadBandwidth.Measure(team.Threads),
        null,
        PhaseLatency(team))
    {
        HandoverSeconds = LineHandover.Measure(team.Threads),
    };

    private static double? Largest(double? one, double? other) => one is { } a && other is { } b ? Math.Max(a, b) : one ?? other;

    /// <summary>The median time until every thread of a team has begun a piece.</summary>
    private static double PhaseLatency(ThreadTeam team)
    {
        int begun = 0;
        Action<int, int> meet = (_, _) =>
        {
            // A thread that has begun waits for the others, or it would take their pieces too.
            Interlocked.Increment(ref begun);
            SpinWait wait = default;
            while (Volatile.Read(ref begun) < team.Threads)
            {
                wait.SpinOnce(sleep1Threshold: -1);
            }
        };
        long[] ticks = new long[LatencyRounds];
        for (int round = -LatencyRounds / 4; round < LatencyRounds; round++)
        {
            Volatile.Write(ref begun, 0);
            long start = Stopwatch.GetTimestamp();
            team.Run(meet, team.Threads);
            if (round >= 0)
            {
                ticks[round] = Stopwatch.GetTimestamp() - start;
            }
        }

        Array.Sort(ticks);
        return Math.Max(1, ticks[LatencyRounds / 2]) / (double)Stopwatch.Frequency;
    }
}
