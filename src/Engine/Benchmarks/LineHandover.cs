using System.Diagnostics;
using ScoreGpu.Engine.Devices.Cpu;

namespace ScoreGpu.Engine.Benchmarks;

/// <summary>How long a cache line takes from one core to another: two threads write to it in turn.</summary>
/// <remarks>
/// Some 50 ns between cores that share a cache, some 200 between those that do not. In a virtual machine it can change from one
/// second to the next, when the host moves one of its cores.
/// </remarks>
public static class LineHandover
{
    private const int Batches = 101;
    private const int TripsInBatch = 200;

    /// <summary>
    /// Seconds from a write on one core until another sees it, the median of many batches; null for a single thread.
    /// </summary>
    /// <param name="threads">Threads, of which two take part.</param>
    public static double? Measure(int threads)
    {
        if (threads < 2)
        {
            return null;
        }

        using var team = new ThreadTeam(2);
        return Measure(team);
    }

    private static double Measure(ThreadTeam team)
    {
        // In the middle of lines that nothing else is in.
        long[] line = new long[64];
        long[] ticks = new long[Batches];
        team.Run(
            (side, _) =>
            {
                ref long turn = ref line[32];
                for (int batch = 0; batch < Batches; batch++)
                {
                    long start = Stopwatch.GetTimestamp();
                    for (int trip = 0; trip < TripsInBatch; trip++)
                    {
                        // One side makes even numbers odd, the other odd ones even.
                        Await(ref turn, side);
                        Volatile.Write(ref turn, turn + 1);
                    }

                    if (side == 0)
                    {
                        ticks[batch] = Stopwatch.GetTimestamp() - start;
                    }
                }
            },
            2);
        Array.Sort(ticks);
        return Math.Max(1, ticks[Batches / 2]) / (double)Stopwatch.Frequency / (2 * TripsInBatch);
    }

    private static void Await(ref long turn, int side)
    {
        for (int spin = 0; (Volatile.Read(ref turn) & 1) != side; spin++)
        {
            if (spin > 10_000)
            {
                // The other thread has not got a core.
                Thread.Yield();
            }
        }
    }
}
