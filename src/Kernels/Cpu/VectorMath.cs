using System.Runtime.CompilerServices;
using ScoreGpu.Kernels.Cpu.Simd;

namespace ScoreGpu.Kernels.Cpu;

/// <summary>Elementary functions of whole vectors, in float32.</summary>
/// <remarks>
/// Each is a reduction to a short interval followed by a minimax polynomial (fitted here by the Remez exchange). The
/// errors below are the largest against the float64 function over every float32 argument that the tests walk.
/// </remarks>
public static class VectorMath
{
    /// <summary>
    /// eˣ = 2ⁿ · eʳ with n = round(x / ln 2): at most 1 ulp (2 ulp without fused multiply-add), over the whole range:
    /// overflows to +∞ above 88.72, falls through the denormals to 0 below −103.97, ±∞ and NaN as usual.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Exp<TSimd, TVector>(TVector x)
        where TSimd : struct, ISimd<TSimd, TVector>
        where TVector : struct
    {
        // The bounds lie beyond overflow and underflow, and keep n finite for x = ±∞.
        x = TSimd.Min(TSimd.Broadcast(89f), TSimd.Max(TSimd.Broadcast(-105f), x));
        if (TSimd.HasPowerTable)
        {
            return ExpBySixteenths<TSimd, TVector>(x);
        }

        var p = ExpOfRest<TSimd, TVector>(x, out var n);
        return TSimd.Scale(TSimd.Add(p, TSimd.Broadcast(1f)), n);
    }

    /// <summary>eˣ = 2^(k/16) · eʳ with k = round(16x / ln 2): three terms of eʳ are enough.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector ExpBySixteenths<TSimd, TVector>(TVector x)
        where TSimd : struct, ISimd<TSimd, TVector>
        where TVector : struct
    {
        // The units of 1.5·2¹⁹ are sixteenths: the sum is rounded to them, and its lowest bits are those of k.
        var rounder = TSimd.Broadcast(786432f);
        var sum = TSimd.MultiplyAdd(x, TSimd.Broadcast(1.44269504f), rounder);
        var n = TSimd.Subtract(sum, rounder);
        var r = TSimd.MultiplyAdd(n, TSimd.Broadcast(-0.693359375f), x);
        r = TSimd.MultiplyAdd(n, TSimd.Broadcast(2.12194440e-4f), r);
        var p = TSimd.MultiplyAdd(TSimd.Broadcast(0.16666928f), r, TSimd.Broadcast(0.500016153f));
        p = TSimd.MultiplyAdd(TSimd.Multiply(r, r), p, r);
        return TSimd.ScaleBySixteenths(p, n, sum);
    }

    /// <summary>eˣ and eˣ − 1, each with its own digits, for |x| ≤ 87.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Exp<TSimd, TVector>(TVector x, out TVector minusOne)
        where TSimd : struct, ISimd<TSimd, TVector>
        where TVector : struct
    {
        // eˣ − 1 = 2ⁿ·(eʳ − 1) + (2ⁿ − 1), which near 0, where n = 0, is the polynomial alone.
        var p = ExpOfRest<TSimd, TVector>(x, out var n);
        var one = TSimd.Broadcast(1f);
        var power = TSimd.Scale(one, n);
        minusOne = TSimd.MultiplyAdd(power, p, TSimd.Subtract(power, one));
        return TSimd.MultiplyAdd(power, p, power);
    }

    /// <summary>eʳ − 1 with r = x − n·ln 2.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector ExpOfRest<TSimd, TVector>(TVector x, out TVector n)
        where TSimd : struct, ISimd<TSimd, TVector>
        where TVector : struct
    {
        n = TSimd.Round(TSimd.Multiply(x, TSimd.Broadcast(1.44269504f)));

        // ln 2 in two parts, the first with so few bits that n times it is exact.
        var r = TSimd.MultiplyAdd(n, TSimd.Broadcast(-0.693359375f), x);
        r = TSimd.MultiplyAdd(n, TSimd.Broadcast(2.12194440e-4f), r);

        var p = TSimd.MultiplyAdd(TSimd.Broadcast(0.00138145041f), r, TSimd.Broadcast(0.00836877332f));
        p = TSimd.MultiplyAdd(p, r, TSimd.Broadcast(0.0416683928f));
        p = TSimd.MultiplyAdd(p, r, TSimd.Broadcast(0.166665202f));
        p = TSimd.MultiplyAdd(p, r, TSimd.Broadcast(0.499999934f));
        return TSimd.MultiplyAdd(TSimd.Multiply(r, r), p, r);
    }

    /// <summary>ln x for a positive normal x: at most 1 ulp.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Log<TSimd, TVector>(TVector x)
        where TSimd : struct, ISimd<TSimd, TVector>
        where TVector : struct
    {
        var f = TSimd.Subtract(TSimd.SplitExponent(x, out var n), TSimd.Broadcast(1f));
        return LogOfSplit<TSimd, TVector>(f, n);
    }

    /// <summary>
    /// ln u for u = (r + ½)/2³² with a 32-bit unsigned r: at most 2.5 ulp also where u is close to 1, because there the
    /// logarithm is taken of 1 − u, which float32 holds, and not of u, which it rounds.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe TVector LogOfUniform<TSimd, TVector>(uint* word)
        where TSimd : struct, ISimd<TSimd, TVector>
        where TVector : struct
    {
        var unit = TSimd.Broadcast(1f / 4294967296f);
        var half = TSimd.Broadcast(0.5f / 4294967296f);
        var u = TSimd.MultiplyAdd(TSimd.LoadUnsigned(word), unit, half);
        var rest = TSimd.MultiplyAdd(TSimd.LoadUnsignedComplement(word), unit, half);
        var f = TSimd.Subtract(TSimd.SplitExponent(u, out var n), TSimd.Broadcast(1f));
        var nearOne = TSimd.LessThan(rest, TSimd.Broadcast(0.25f));
        f = TSimd.Blend(nearOne, TSimd.Subtract(TSimd.Broadcast(0f), rest), f);
        n = TSimd.Blend(nearOne, TSimd.Broadcast(0f), n);
        return LogOfSplit<TSimd, TVector>(f, n);
    }

    /// <summary>ln(2ⁿ·(1 + f)) for f in [√½ − 1, √2 − 1].</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector LogOfSplit<TSimd, TVector>(TVector f, TVector n)
        where TSimd : struct, ISimd<TSimd, TVector>
        where TVector : struct
    {
        var p = TSimd.MultiplyAdd(TSimd.Broadcast(0.0692104658f), f, TSimd.Broadcast(-0.117806987f));
        p = TSimd.MultiplyAdd(p, f, TSimd.Broadcast(0.11865131f));
        p = TSimd.MultiplyAdd(p, f, TSimd.Broadcast(-0.123855521f));
        p = TSimd.MultiplyAdd(p, f, TSimd.Broadcast(0.142200218f));
        p = TSimd.MultiplyAdd(p, f, TSimd.Broadcast(-0.166692164f));
        p = TSimd.MultiplyAdd(p, f, TSimd.Broadcast(0.200021461f));
        p = TSimd.MultiplyAdd(p, f, TSimd.Broadcast(-0.249999864f));
        p = TSimd.MultiplyAdd(p, f, TSimd.Broadcast(0.333333119f));

        // ln(1 + f) = f − f²/2 + f³p, smallest terms first.
        var square = TSimd.Multiply(f, f);
        var tail = TSimd.MultiplyAdd(TSimd.Multiply(square, f), p, TSimd.Multiply(n, TSimd.Broadcast(-2.12194440e-4f)));
        tail = TSimd.MultiplyAdd(square, TSimd.Broadcast(-0.5f), tail);
        return TSimd.MultiplyAdd(n, TSimd.Broadcast(0.693359375f), TSimd.Add(f, tail));
    }

    /// <summary>sin and cos of 2π·r/2³² for unsigned 32-bit r: absolute error at most 1.2e-7.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe void SinCosTurn<TSimd, TVector>(uint* turn, out TVector sine, out TVector cosine)
        where TSimd : struct, ISimd<TSimd, TVector>
        where TVector : struct
    {
        var y = TSimd.LoadTurn(turn, out var swap, out var cosineSign, out var sineSign);
        var u = TSimd.Multiply(y, y);
        var s = TSimd.MultiplyAdd(TSimd.Broadcast(-0.004602177f), u, TSimd.Broadcast(0.0796802281f));
        s = TSimd.MultiplyAdd(s, u, TSimd.Broadcast(-0.645963479f));
        s = TSimd.Multiply(TSimd.MultiplyAdd(s, u, TSimd.Broadcast(1.57079632f)), y);
        var c = TSimd.MultiplyAdd(TSimd.Broadcast(0.000903631702f), u, TSimd.Broadcast(-0.0208600713f));
        c = TSimd.MultiplyAdd(c, u, TSimd.Broadcast(0.253669204f));
        c = TSimd.MultiplyAdd(c, u, TSimd.Broadcast(-1.23370054f));
        c = TSimd.MultiplyAdd(c, u, TSimd.Broadcast(1f));
        cosine = TSimd.FlipBits(TSimd.Blend(swap, s, c), cosineSign);
        sine = TSimd.FlipBits(TSimd.Blend(swap, c, s), sineSign);
    }

    /// <summary>1 + e⁻ˣ, whose inverse is the logistic function σ(x).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector InverseSigmoid<TSimd, TVector>(TVector x)
        where TSimd : struct, ISimd<TSimd, TVector>
        where TVector : struct =>
        TSimd.Add(Exp<TSimd, TVector>(TSimd.FlipBits(x, TSimd.Broadcast(-0f))), TSimd.Broadcast(1f));
}
