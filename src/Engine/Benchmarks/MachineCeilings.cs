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
/// <param name="LaunchLatency">What an empty piece of work takes: a kernel, or a phase of the thread team.</param>
public sealed record MachineCeilings(
    double MultiplyAddFlops,
    double? CoreMultiplyAddFlops,
    double BytesPerSecond,
    double? LocalBytesPerSecond,
    TimeSpan LaunchLatency)
{
    private const int LatencyRounds = 1001;

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
            KernelDevice { Machine: AcceleratorMachine machine } => OfRates(machine.MeasureRates()),
            _ => throw InputException.For(
                "device", device.Name, "cpu, cuda, opencl or auto: the times of this one say nothing"),
        };
    }

    /// <summary>The roofline: the most operations a second at an intensity (Williams, Waterman and Patterson, 2009, CACM
    /// 52(4)).</summary>
    /// <param name="intensity">Operations a byte; +∞ where nothing is moved.</param>
    public double Limit(double intensity) => Math.Min(MultiplyAddFlops, BytesPerSecond * intensity);

    private static MachineCeilings OfRates(DeviceRates rates) => new(
        rates.MultiplyAddFlops, null, rates.BytesPerSecond, rates.LocalBytesPerSecond, rates.LaunchLatency);

    private static MachineCeilings OfHost(ThreadTeam team) => new(
        MultiplyAddRate.Measure(team.Threads),
        MultiplyAddRate.Measure(1),
        TriadBandwidth.Measure(team.Threads),
        null,
        PhaseLatency(team));

    /// <summary>The median time of a phase with a piece of nothing for each thread.</summary>
    private static TimeSpan PhaseLatency(ThreadTeam team)
    {
        Action<int, int> nothing = (_, _) => { };
        long[] ticks = new long[LatencyRounds];
        for (int round = -LatencyRounds; round < LatencyRounds; round++)
        {
            long start = Stopwatch.GetTimestamp();
            team.Run(nothing, team.Threads);
            if (round >= 0)
            {
                ticks[round] = Stopwatch.GetTimestamp() - start;
            }
        }

        Array.Sort(ticks);
        return Stopwatch.GetElapsedTime(0, ticks[LatencyRounds / 2]);
    }
}
