using System.Runtime.CompilerServices;
using ScoreGpu.Kernels.Cpu.Simd;

namespace ScoreGpu.Kernels.Cpu;

/// <summary>SiLU (swish).</summary>
/// <remarks>
/// With s = σ(x) = 1/(1 + e⁻ˣ): silu(x) = x/(1 + e⁻ˣ); silu'(x) = s + silu·(1 − s); silu''(x) = s·(1 − s)·(2 + x·(1 − 2s))
/// (Elfwing et al. 2018, arXiv:1702.03118, section 2). As in PyTorch, silu(−∞) is NaN, and below −88.7, where e⁻ˣ
/// overflows, silu is −0. Elsewhere it is right to 1.5e-7 of itself; the derivatives to 1e-6, worst near x = 20, where x
/// multiplies the rounding of 1 − s, and to 2e-7 for |x| ≤ 3.
/// </remarks>
internal readonly struct VectorSilu : IVectorActivation
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Value<TSimd, TVector>(TVector x)
        where TSimd : struct, ISimd<TSimd, TVector>
        where TVector : struct =>
        TSimd.Divide(x, VectorMath.InverseSigmoid<TSimd, TVector>(x));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Value<TSimd, TVector>(TVector x, out TVector first)
        where TSimd : struct, ISimd<TSimd, TVector>
        where TVector : struct
    {
        var inverse = VectorMath.InverseSigmoid<TSimd, TVector>(x);
        var s = TSimd.Divide(TSimd.Broadcast(1f), inverse);
        var silu = TSimd.Divide(x, inverse);
        first = TSimd.MultiplyAdd(silu, TSimd.Subtract(TSimd.Broadcast(1f), s), s);
        return silu;
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Value<TSimd, TVector>(TVector x, out TVector first, out TVector second)
        where TSimd : struct, ISimd<TSimd, TVector>
        where TVector : struct
    {
        var inverse = VectorMath.InverseSigmoid<TSimd, TVector>(x);
        var s = TSimd.Divide(TSimd.Broadcast(1f), inverse);
        var rest = TSimd.Subtract(TSimd.Broadcast(1f), s);
        var silu = TSimd.Divide(x, inverse);
        first = TSimd.MultiplyAdd(silu, rest, s);
        var slope = TSimd.MultiplyAdd(x, TSimd.Subtract(rest, s), TSimd.Broadcast(2f));
        second = TSimd.Multiply(TSimd.Multiply(s, rest), slope);
        return silu;
    }
}
