using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using ScoreGpu.Kernels.Cpu;
using ScoreGpu.Kernels.Cpu.Simd;

namespace ScoreGpu.Engine.Benchmarks;

/// <summary>The most multiply-adds a second that the machine does: registers only, no memory.</summary>
public static class MultiplyAddRate
{
    private const int Iterations = 4_000_000;
    private const int Chains = 12;

    // The best of several slices: a fresh thread may share a core with another until the scheduler moves it.
    private const int Slices = 12;

    /// <summary>Operations a second (two a multiply-add and lane) of <paramref name="threads"/> threads at once.</summary>
    public static double Measure(int threads)
    {
        int lanes = TileKernels.Supported[0].VectorBits / 32;
        double best = double.PositiveInfinity;
        double slowest = 0;
        var team = new Thread[threads];
        using var slice = new Barrier(threads, _ =>
        {
            // Runs between slices, before the first one too, where there is nothing to compare yet.
            best = slowest > 0 ? Math.Min(best, slowest) : best;
            slowest = 0;
        });
        for (int i = 0; i < threads; i++)
        {
            team[i] = new Thread(() =>
            {
                for (int n = 0; n < Slices; n++)
                {
                    slice.SignalAndWait();
                    long began = Stopwatch.GetTimestamp();
                    RunWidest(lanes);
                    double seconds = Stopwatch.GetElapsedTime(began).TotalSeconds;
                    lock (team)
                    {
                        slowest = Math.Max(slowest, seconds);
                    }
                }

                slice.SignalAndWait();
            });
            team[i].Start();
        }

        foreach (var member in team)
        {
            member.Join();
        }

        return 2.0 * lanes * Chains * Iterations * threads / best;
    }

    private static void RunWidest(int lanes)
    {
        switch (lanes)
        {
            case 16:
                Run<Simd512, Vector512<float>>(Iterations);
                break;
            case 8:
                Run<Simd256, Vector256<float>>(Iterations);
                break;
            default:
                Run<Simd128, Vector128<float>>(Iterations);
                break;
        }
    }

    // Twelve independent chains: enough to hide the latency of four cycles at two a cycle.
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static float Run<TSimd, TVector>(int iterations)
        where TSimd : struct, ISimd<TSimd, TVector>
        where TVector : struct
    {
        var factor = TSimd.Broadcast(0.9999f);
        var c = TSimd.Broadcast(1e-4f);
        TVector a0 = c, a1 = c, a2 = c, a3 = c, a4 = c, a5 = c, a6 = c, a7 = c, a8 = c, a9 = c, a10 = c, a11 = c;
        for (int i = 0; i < iterations; i++)
        {
            a0 = TSimd.MultiplyAdd(a0, factor, c);
            a1 = TSimd.MultiplyAdd(a1, factor, c);
            a2 = TSimd.MultiplyAdd(a2, factor, c);
            a3 = TSimd.MultiplyAdd(a3, factor, c);
            a4 = TSimd.MultiplyAdd(a4, factor, c);
            a5 = TSimd.MultiplyAdd(a5, factor, c);
            a6 = TSimd.MultiplyAdd(a6, factor, c);
            a7 = TSimd.MultiplyAdd(a7, factor, c);
            a8 = TSimd.MultiplyAdd(a8, factor, c);
            a9 = TSimd.MultiplyAdd(a9, factor, c);
            a10 = TSimd.MultiplyAdd(a10, factor, c);
            a11 = TSimd.MultiplyAdd(a11, factor, c);
        }

        var low = TSimd.Add(TSimd.Add(TSimd.Add(a0, a1), TSimd.Add(a2, a3)), TSimd.Add(a4, a5));
        var high = TSimd.Add(TSimd.Add(TSimd.Add(a6, a7), TSimd.Add(a8, a9)), TSimd.Add(a10, a11));
        return TSimd.Sum(TSimd.Add(low, high));
    }
}
