using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace ScoreGpu.Kernels.Cpu.Simd;

/// <summary>512-bit vectors: AVX-512. A 6×4 block keeps 24 of the 32 registers busy.</summary>
public readonly unsafe struct Simd512 : ISimd<Simd512, Vector512<float>>
{
    /// <inheritdoc/>
    public static int Lanes
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Vector512<float>.Count;
    }

    /// <inheritdoc/>
    public static int BlockColumns
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => 4;
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Load(float* address) => Vector512.Load(address);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(float* address, Vector512<float> value) => Vector512.Store(value, address);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Broadcast(float value) => Vector512.Create(value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Add(Vector512<float> left, Vector512<float> right) => left + right;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Subtract(Vector512<float> left, Vector512<float> right) => left - right;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Multiply(Vector512<float> left, Vector512<float> right) => left * right;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Divide(Vector512<float> left, Vector512<float> right) => left / right;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Sqrt(Vector512<float> value) => Vector512.Sqrt(value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> MultiplyAdd(Vector512<float> left, Vector512<float> right, Vector512<float> addend) =>
        Vector512.MultiplyAddEstimate(left, right, addend);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Min(Vector512<float> left, Vector512<float> right) => Vector512.MinNative(left, right);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Max(Vector512<float> left, Vector512<float> right) => Vector512.MaxNative(left, right);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Round(Vector512<float> value) => Vector512.Round(value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Scale(Vector512<float> value, Vector512<float> power) => Avx512F.Scale(value, power);

    /// <inheritdoc/>
    public static bool HasPowerTable
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => true;
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> ScaleBySixteenths(
        Vector512<float> rest, Vector512<float> power, Vector512<float> bits)
    {
        // 2^(j/16); the permutation looks at the lowest four bits, the scaling rounds the power down.
        var table = Vector512.Create(
            1f, 1.04427373f, 1.09050775f, 1.13878858f, 1.18920708f, 1.24185777f, 1.29683959f, 1.35425556f,
            1.41421354f, 1.47682619f, 1.54221082f, 1.61049032f, 1.68179286f, 1.75625217f, 1.8340081f, 1.91520655f);
        var part = Avx512F.PermuteVar16x32(table, bits.AsInt32());
        return Avx512F.Scale(MultiplyAdd(part, rest, part), power);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> SplitExponent(Vector512<float> value, out Vector512<float> exponent)
    {
        // Offset so that the mantissa's range is centred on one, where log has its zero.
        var bits = value.AsInt32() - Vector512.Create(0x3f3504f3);
        exponent = Vector512.ConvertToSingle(bits >> 23);
        return ((bits & Vector512.Create(0x007fffff)) + Vector512.Create(0x3f3504f3)).AsSingle();
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> LoadUnsigned(uint* address) => Vector512.ConvertToSingle(Vector512.Load(address));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> LoadUnsignedComplement(uint* address) =>
        Vector512.ConvertToSingle(~Vector512.Load(address));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> LessThan(Vector512<float> left, Vector512<float> right) => Vector512.LessThan(left, right);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> LoadTurn(
        uint* address,
        out Vector512<float> swap,
        out Vector512<float> cosineSign,
        out Vector512<float> sineSign)
    {
        var turn = Vector512.Load(address);
        var quadrant = (turn + Vector512.Create(0x20000000u)) >> 30;
        var rest = Vector512.ConvertToSingle((turn - (quadrant << 30)).AsInt32()) * Vector512.Create(1f / (1 << 30));
        swap = (Vector512<uint>.Zero - (quadrant & Vector512<uint>.One)).AsSingle();
        cosineSign = (((quadrant + Vector512<uint>.One) & Vector512.Create(2u)) << 30).AsSingle();
        sineSign = ((quadrant & Vector512.Create(2u)) << 30).AsSingle();
        return rest;
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Count(uint first) =>
        (Vector512<uint>.Indices + Vector512.Create(first)).AsSingle();

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> BroadcastInteger(uint value) => Vector512.Create(value).AsSingle();

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreIntegers(uint* address, Vector512<float> value) =>
        Vector512.Store(value.AsUInt32(), address);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> MultiplyWide(Vector512<float> left, uint right, out Vector512<float> low)
    {
        // The instruction multiplies every other lane: once for the even ones, once for the odd.
        var factor = Vector512.Create((ulong)right);
        var lowHalf = Vector512.Create(0xffffffffUL);
        var even = left.AsUInt64();
        var odd = even >> 32;
        var evenProduct = Avx512F.Multiply(even.AsUInt32(), factor.AsUInt32());
        var oddProduct = Avx512F.Multiply(odd.AsUInt32(), factor.AsUInt32());
        low = ((evenProduct & lowHalf) | (oddProduct << 32)).AsSingle();
        return ((evenProduct >> 32) | (oddProduct & ~lowHalf)).AsSingle();
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Blend(Vector512<float> mask, Vector512<float> whenSet, Vector512<float> whenClear) =>
        Vector512.ConditionalSelect(mask, whenSet, whenClear);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> FlipBits(Vector512<float> left, Vector512<float> right) => left ^ right;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Sum(Vector512<float> value) => Vector512.Sum(value);
}
