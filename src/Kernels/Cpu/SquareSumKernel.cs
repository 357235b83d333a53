using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace ScoreGpu.Kernels.Cpu;

/// <summary>The sum of squares of a row of numbers, in double: a piece of a gradient's norm.</summary>
public static unsafe class SquareSumKernel
{
    /// <summary>Σ x², in sixteen partial sums at any vector width: the same bits on every machine.</summary>
    /// <param name="x">The numbers.</param>
    /// <param name="count">How many.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static double Run(float* x, int count)
    {
        Vector512<double> low = Vector512<double>.Zero;
        Vector512<double> high = Vector512<double>.Zero;
        int i = 0;
        for (; i <= count - Vector512<float>.Count; i += Vector512<float>.Count)
        {
            (Vector512<double> lower, Vector512<double> upper) = Vector512.Widen(Vector512.Load(x + i));
            low += lower * lower;
            high += upper * upper;
        }

        double sum = Vector512.Sum(low + high);
        for (; i < count; i++)
        {
            sum += (double)x[i] * x[i];
        }

        return sum;
    }
}
