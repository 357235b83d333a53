using System.Runtime.CompilerServices;
using ScoreGpu.Kernels.Cpu.Simd;

namespace ScoreGpu.Kernels.Cpu;

/// <summary>max(x, 0); the derivative is 1 above 0 and 0 elsewhere, as in PyTorch, and the second one is 0.</summary>
internal readonly struct VectorRelu : IVectorActivation
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Value<TSimd, TVector>(TVector x)
        where TSimd : struct, ISimd<TSimd, TVector>
        where TVector : struct =>
        TSimd.Max(TSimd.Broadcast(0f), x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Value<TSimd, TVector>(TVector x, out TVector first)
        where TSimd : struct, ISimd<TSimd, TVector>
        where TVector : struct
    {
        var zero = TSimd.Broadcast(0f);
        first = TSimd.Blend(TSimd.LessThan(zero, x), TSimd.Broadcast(1f), zero);
        return TSimd.Max(zero, x);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Value<TSimd, TVector>(TVector x, out TVector first, out TVector second)
        where TSimd : struct, ISimd<TSimd, TVector>
        where TVector : struct
    {
        second = TSimd.Broadcast(0f);
        return Value<TSimd, TVector>(x, out first);
    }
}
