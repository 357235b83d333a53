using System.Runtime.CompilerServices;
using ScoreGpu.Kernels.Cpu.Simd;

namespace ScoreGpu.Kernels.Cpu;

/// <summary>The hyperbolic tangent.</summary>
/// <remarks>
/// With e = e²ˣ and m = e − 1, which keeps its digits near 0: tanh x = m/(m + 2), tanh'x = 4e/(m + 2)², which keeps them
/// where 1 − tanh² does not, and tanh''x = −2·tanh x·tanh'x.
/// </remarks>
internal readonly struct VectorTanh : IVectorActivation
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Value<TSimd, TVector>(TVector x)
        where TSimd : struct, ISimd<TSimd, TVector>
        where TVector : struct =>
        Parts<TSimd, TVector>(x, out _, out _);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Value<TSimd, TVector>(TVector x, out TVector first)
        where TSimd : struct, ISimd<TSimd, TVector>
        where TVector : struct
    {
        var tanh = Parts<TSimd, TVector>(x, out var e, out var inverse);
        var twice = TSimd.Add(inverse, inverse);

        // In this order nothing overflows: e·2/(e + 1) is at most 2.
        first = TSimd.Multiply(TSimd.Multiply(e, twice), twice);
        return tanh;
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Value<TSimd, TVector>(TVector x, out TVector first, out TVector second)
        where TSimd : struct, ISimd<TSimd, TVector>
        where TVector : struct
    {
        var tanh = Value<TSimd, TVector>(x, out first);
        second = TSimd.Multiply(TSimd.Multiply(TSimd.Broadcast(-2f), tanh), first);
        return tanh;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Parts<TSimd, TVector>(TVector x, out TVector e, out TVector inverse)
        where TSimd : struct, ISimd<TSimd, TVector>
        where TVector : struct
    {
        // Beyond the bounds tanh is ±1; within them e and 1/e are normal.
        var twice = TSimd.Min(TSimd.Broadcast(86f), TSimd.Max(TSimd.Broadcast(-86f), TSimd.Add(x, x)));
        e = VectorMath.Exp<TSimd, TVector>(twice, out var m);
        inverse = TSimd.Divide(TSimd.Broadcast(1f), TSimd.Add(m, TSimd.Broadcast(2f)));
        return TSimd.Multiply(m, inverse);
    }
}
