using System.Runtime.CompilerServices;
using ScoreGpu.Kernels.Cpu.Simd;

namespace ScoreGpu.Kernels.Cpu;

/// <summary>SiLU (swish) and its derivatives, element by element.</summary>
/// <remarks>
/// With s = σ(x): silu(x) = x·s; silu'(x) = s + silu·(1 − s); silu''(x) = s·(1 − s)·(2 + x·(1 − 2s))
/// (Elfwing et al. 2018, arXiv:1702.03118, equation 3 and below). As in PyTorch, silu(−∞) is NaN, −∞·0.
/// silu is right to 2e-7 of itself; the derivatives to 1.3e-6, worst near x = 20, where x multiplies the rounding of
/// 1 − s, and to 3e-7 for |x| ≤ 3.
/// </remarks>
public static unsafe class SiluKernel
{
    /// <summary>y = silu(x) over <paramref name="count"/> elements, a multiple of 64; in place is allowed.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Value<TSimd, TVector>(float* x, float* y, int count)
        where TSimd : struct, ISimd<TSimd, TVector>
        where TVector : struct
    {
        for (int i = 0; i < count; i += 2 * TSimd.Lanes)
        {
            // Two at a time: the divisions of one overlap the polynomial of the other.
            var x0 = TSimd.Load(x + i);
            var x1 = TSimd.Load(x + i + TSimd.Lanes);
            var s0 = VectorMath.Sigmoid<TSimd, TVector>(x0);
            var s1 = VectorMath.Sigmoid<TSimd, TVector>(x1);
            TSimd.Store(y + i, TSimd.Multiply(x0, s0));
            TSimd.Store(y + i + TSimd.Lanes, TSimd.Multiply(x1, s1));
        }
    }

    /// <summary>y = silu(x) and derivative = silu'(x); y may be x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void WithDerivative<TSimd, TVector>(float* x, float* y, float* derivative, int count)
        where TSimd : struct, ISimd<TSimd, TVector>
        where TVector : struct
    {
        var one = TSimd.Broadcast(1f);
        for (int i = 0; i < count; i += TSimd.Lanes)
        {
            var value = TSimd.Load(x + i);
            var s = VectorMath.Sigmoid<TSimd, TVector>(value);
            var silu = TSimd.Multiply(value, s);
            TSimd.Store(y + i, silu);
            TSimd.Store(derivative + i, TSimd.MultiplyAdd(silu, TSimd.Subtract(one, s), s));
        }
    }

    /// <summary>y = silu(x), first = silu'(x), second = silu''(x); y may be x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void WithTwoDerivatives<TSimd, TVector>(float* x, float* y, float* first, float* second, int count)
        where TSimd : struct, ISimd<TSimd, TVector>
        where TVector : struct
    {
        var one = TSimd.Broadcast(1f);
        var two = TSimd.Broadcast(2f);
        for (int i = 0; i < count; i += TSimd.Lanes)
        {
            var value = TSimd.Load(x + i);
            var s = VectorMath.Sigmoid<TSimd, TVector>(value);
            var rest = TSimd.Subtract(one, s);
            var silu = TSimd.Multiply(value, s);
            TSimd.Store(y + i, silu);
            TSimd.Store(first + i, TSimd.MultiplyAdd(silu, rest, s));
            var slope = TSimd.MultiplyAdd(value, TSimd.Subtract(rest, s), two);
            TSimd.Store(second + i, TSimd.Multiply(TSimd.Multiply(s, rest), slope));
        }
    }
}
