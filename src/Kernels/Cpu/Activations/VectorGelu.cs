using System.Runtime.CompilerServices;
using ScoreGpu.Kernels.Cpu.Simd;

namespace ScoreGpu.Kernels.Cpu;

/// <summary>GELU by its tanh form, ½x·(1 + tanh u) with u = c·(x + kx³), c = √(2/π), k = 0.044715.</summary>
/// <remarks>
/// ½·(1 + tanh u) = σ(2u) = s, so that gelu(x) = x·s keeps its digits where 1 + tanh u has none. With q = s·(1 − s) and
/// w = (2u)' = 2c·(1 + 3kx²):
/// <code>
///   gelu'(x) = s + x·q·w      gelu''(x) = q·(2w + x·((1 − 2s)·w² + 12ck·x))
/// </code>
/// Hendrycks and Gimpel, "Gaussian error linear units", 2016, arXiv:1606.08415, section 2.
/// </remarks>
internal readonly struct VectorGelu : IVectorActivation
{
    private const float TwoC = 1.59576912f;
    private const float TwoCk = 0.0713548163f;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Value<TSimd, TVector>(TVector x)
        where TSimd : struct, ISimd<TSimd, TVector>
        where TVector : struct =>
        TSimd.Multiply(x, Sigmoid<TSimd, TVector>(x, out _));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Value<TSimd, TVector>(TVector x, out TVector first)
        where TSimd : struct, ISimd<TSimd, TVector>
        where TVector : struct =>
        Value<TSimd, TVector>(x, out first, out _);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Value<TSimd, TVector>(TVector x, out TVector first, out TVector second)
        where TSimd : struct, ISimd<TSimd, TVector>
        where TVector : struct
    {
        var s = Sigmoid<TSimd, TVector>(x, out var rest);
        var q = TSimd.Multiply(s, rest);

        // Beyond 12 q is nothing, and w² might overflow against it.
        var near = TSimd.Min(TSimd.Broadcast(12f), TSimd.Max(TSimd.Broadcast(-12f), x));
        var square = TSimd.Multiply(near, near);
        var w = TSimd.MultiplyAdd(square, TSimd.Broadcast(3 * TwoCk), TSimd.Broadcast(TwoC));
        first = TSimd.MultiplyAdd(TSimd.Multiply(near, q), w, s);
        var bend = TSimd.Multiply(TSimd.Multiply(TSimd.Subtract(rest, s), w), w);
        bend = TSimd.MultiplyAdd(near, TSimd.Broadcast(6 * TwoCk), bend);
        second = TSimd.Multiply(q, TSimd.MultiplyAdd(near, bend, TSimd.Add(w, w)));
        return TSimd.Multiply(x, s);
    }

    /// <summary>s = σ(2u) and 1 − s, each with its own digits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Sigmoid<TSimd, TVector>(TVector x, out TVector rest)
        where TSimd : struct, ISimd<TSimd, TVector>
        where TVector : struct
    {
        var slope = TSimd.MultiplyAdd(TSimd.Multiply(x, x), TSimd.Broadcast(TwoCk), TSimd.Broadcast(TwoC));

        // Without the bound, e / (1 + e) would be ∞ / ∞.
        var e = VectorMath.Exp<TSimd, TVector>(TSimd.Min(TSimd.Broadcast(80f), TSimd.Multiply(x, slope)));
        rest = TSimd.Divide(TSimd.Broadcast(1f), TSimd.Add(e, TSimd.Broadcast(1f)));
        return TSimd.Multiply(e, rest);
    }
}
