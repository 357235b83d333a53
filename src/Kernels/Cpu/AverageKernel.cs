using System.Runtime.CompilerServices;
using ScoreGpu.Kernels.Cpu.Simd;

namespace ScoreGpu.Kernels.Cpu;

/// <summary>An exponential moving average, element by element.</summary>
public static unsafe class AverageKernel
{
    /// <summary>a ← a + s·(w − a), for any count.</summary>
    /// <param name="average">a.</param>
    /// <param name="weights">w.</param>
    /// <param name="count">How many of each.</param>
    /// <param name="share">s.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Step<TSimd, TVector>(float* average, float* weights, int count, float share)
        where TSimd : struct, ISimd<TSimd, TVector>
        where TVector : struct
    {
        var part = TSimd.Broadcast(share);
        var minus = TSimd.Broadcast(-1f);
        int i = 0;
        for (; i <= count - TSimd.Lanes; i += TSimd.Lanes)
        {
            var old = TSimd.Load(average + i);
            var difference = TSimd.MultiplyAdd(minus, old, TSimd.Load(weights + i));
            TSimd.Store(average + i, TSimd.MultiplyAdd(part, difference, old));
        }

        for (; i < count; i++)
        {
            average[i] += share * (weights[i] - average[i]);
        }
    }
}
