using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace ScoreGpu.Kernels.Cpu.Simd;

/// <summary>256-bit vectors: AVX2 with FMA. A 6×2 block keeps 12 of the 16 registers busy.</summary>
public readonly unsafe struct Simd256 : ISimd<Simd256, Vector256<float>>
{
    /// <inheritdoc/>
    public static int Lanes
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Vector256<float>.Count;
    }

    /// <inheritdoc/>
    public static int BlockColumns
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => 2;
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Load(float* address) => Vector256.Load(address);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(float* address, Vector256<float> value) => Vector256.Store(value, address);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Broadcast(float value) => Vector256.Create(value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Add(Vector256<float> left, Vector256<float> right) => left + right;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Subtract(Vector256<float> left, Vector256<float> right) => left - right;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Multiply(Vector256<float> left, Vector256<float> right) => left * right;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Divide(Vector256<float> left, Vector256<float> right) => left / right;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Sqrt(Vector256<float> value) => Vector256.Sqrt(value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> MultiplyAdd(Vector256<float> left, Vector256<float> right, Vector256<float> addend) =>
        Vector256.MultiplyAddEstimate(left, right, addend);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Min(Vector256<float> left, Vector256<float> right) => Vector256.MinNative(left, right);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Max(Vector256<float> left, Vector256<float> right) => Vector256.MaxNative(left, right);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Round(Vector256<float> value) => Vector256.Round(value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Scale(Vector256<float> value, Vector256<float> power)
    {
        // In two factors, each a normal power of two, so that results may overflow or be denormal.
        var whole = Vector256.ConvertToInt32(power);
        var half = whole >> 1;
        var first = ((half + Vector256.Create(127)) << 23).AsSingle();
        var second = ((whole - half + Vector256.Create(127)) << 23).AsSingle();
        return value * first * second;
    }

    /// <inheritdoc/>
    public static bool HasPowerTable
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => false;
    }

    /// <inheritdoc/>
    public static Vector256<float> ScaleBySixteenths(
        Vector256<float> rest, Vector256<float> power, Vector256<float> bits) =>
        throw new NotSupportedException("A register of 256 bits does not hold the table.");

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> SplitExponent(Vector256<float> value, out Vector256<float> exponent)
    {
        // Offset so that the mantissa's range is centred on one, where log has its zero.
        var bits = value.AsInt32() - Vector256.Create(0x3f3504f3);
        exponent = Vector256.ConvertToSingle(bits >> 23);
        return ((bits & Vector256.Create(0x007fffff)) + Vector256.Create(0x3f3504f3)).AsSingle();
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> LoadUnsigned(uint* address) => Vector256.ConvertToSingle(Vector256.Load(address));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> LoadUnsignedComplement(uint* address) =>
        Vector256.ConvertToSingle(~Vector256.Load(address));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> LessThan(Vector256<float> left, Vector256<float> right) => Vector256.LessThan(left, right);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> LoadTurn(
        uint* address,
        out Vector256<float> swap,
        out Vector256<float> cosineSign,
        out Vector256<float> sineSign)
    {
        var turn = Vector256.Load(address);
        var quadrant = (turn + Vector256.Create(0x20000000u)) >> 30;
        var rest = Vector256.ConvertToSingle((turn - (quadrant << 30)).AsInt32()) * Vector256.Create(1f / (1 << 30));
        swap = (Vector256<uint>.Zero - (quadrant & Vector256<uint>.One)).AsSingle();
        cosineSign = (((quadrant + Vector256<uint>.One) & Vector256.Create(2u)) << 30).AsSingle();
        sineSign = ((quadrant & Vector256.Create(2u)) << 30).AsSingle();
        return rest;
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Count(uint first) =>
        (Vector256<uint>.Indices + Vector256.Create(first)).AsSingle();

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> BroadcastInteger(uint value) => Vector256.Create(value).AsSingle();

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreIntegers(uint* address, Vector256<float> value) =>
        Vector256.Store(value.AsUInt32(), address);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> MultiplyWide(Vector256<float> left, uint right, out Vector256<float> low)
    {
        // The instruction multiplies every other lane: once for the even ones, once for the odd.
        var factor = Vector256.Create((ulong)right);
        var lowHalf = Vector256.Create(0xffffffffUL);
        var even = left.AsUInt64();
        var odd = even >> 32;
        var evenProduct = Avx2.IsSupported
            ? Avx2.Multiply(even.AsUInt32(), factor.AsUInt32())
            : (even & lowHalf) * factor;
        var oddProduct = Avx2.IsSupported
            ? Avx2.Multiply(odd.AsUInt32(), factor.AsUInt32())
            : odd * factor;
        low = ((evenProduct & lowHalf) | (oddProduct << 32)).AsSingle();
        return ((evenProduct >> 32) | (oddProduct & ~lowHalf)).AsSingle();
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Blend(Vector256<float> mask, Vector256<float> whenSet, Vector256<float> whenClear) =>
        Vector256.ConditionalSelect(mask, whenSet, whenClear);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> FlipBits(Vector256<float> left, Vector256<float> right) => left ^ right;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Sum(Vector256<float> value) => Vector256.Sum(value);
}
