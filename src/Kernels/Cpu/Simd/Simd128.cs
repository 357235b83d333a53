using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace ScoreGpu.Kernels.Cpu.Simd;

/// <summary>128-bit vectors: SSE on any x86-64, AdvSimd on Arm. A 6×2 block keeps 12 registers busy.</summary>
public readonly unsafe struct Simd128 : ISimd<Simd128, Vector128<float>>
{
    /// <inheritdoc/>
    public static int Lanes
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Vector128<float>.Count;
    }

    /// <inheritdoc/>
    public static int BlockColumns
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => 2;
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Load(float* address) => Vector128.Load(address);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(float* address, Vector128<float> value) => Vector128.Store(value, address);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Broadcast(float value) => Vector128.Create(value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Add(Vector128<float> left, Vector128<float> right) => left + right;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Subtract(Vector128<float> left, Vector128<float> right) => left - right;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Multiply(Vector128<float> left, Vector128<float> right) => left * right;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Divide(Vector128<float> left, Vector128<float> right) => left / right;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Sqrt(Vector128<float> value) => Vector128.Sqrt(value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> MultiplyAdd(Vector128<float> left, Vector128<float> right, Vector128<float> addend) =>
        Vector128.MultiplyAddEstimate(left, right, addend);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Min(Vector128<float> left, Vector128<float> right) => Vector128.MinNative(left, right);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Max(Vector128<float> left, Vector128<float> right) => Vector128.MaxNative(left, right);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Round(Vector128<float> value) => Vector128.Round(value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Scale(Vector128<float> value, Vector128<float> power)
    {
        // In two factors, each a normal power of two, so that results may overflow or be denormal.
        var whole = Vector128.ConvertToInt32(power);
        var half = whole >> 1;
        var first = ((half + Vector128.Create(127)) << 23).AsSingle();
        var second = ((whole - half + Vector128.Create(127)) << 23).AsSingle();
        return value * first * second;
    }

    /// <inheritdoc/>
    public static bool HasPowerTable
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => false;
    }

    /// <inheritdoc/>
    public static Vector128<float> ScaleBySixteenths(
        Vector128<float> rest, Vector128<float> power, Vector128<float> bits) =>
        throw new NotSupportedException("A register of 128 bits does not hold the table.");

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> SplitExponent(Vector128<float> value, out Vector128<float> exponent)
    {
        // Offset so that the mantissa's range is centred on one, where log has its zero.
        var bits = value.AsInt32() - Vector128.Create(0x3f3504f3);
        exponent = Vector128.ConvertToSingle(bits >> 23);
        return ((bits & Vector128.Create(0x007fffff)) + Vector128.Create(0x3f3504f3)).AsSingle();
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> LoadUnsigned(uint* address) => Vector128.ConvertToSingle(Vector128.Load(address));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> LoadUnsignedComplement(uint* address) =>
        Vector128.ConvertToSingle(~Vector128.Load(address));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> LessThan(Vector128<float> left, Vector128<float> right) => Vector128.LessThan(left, right);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> LoadTurn(
        uint* address,
        out Vector128<float> swap,
        out Vector128<float> cosineSign,
        out Vector128<float> sineSign)
    {
        var turn = Vector128.Load(address);
        var quadrant = (turn + Vector128.Create(0x20000000u)) >> 30;
        var rest = Vector128.ConvertToSingle((turn - (quadrant << 30)).AsInt32()) * Vector128.Create(1f / (1 << 30));
        swap = (Vector128<uint>.Zero - (quadrant & Vector128<uint>.One)).AsSingle();
        cosineSign = (((quadrant + Vector128<uint>.One) & Vector128.Create(2u)) << 30).AsSingle();
        sineSign = ((quadrant & Vector128.Create(2u)) << 30).AsSingle();
        return rest;
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Count(uint first) =>
        (Vector128<uint>.Indices + Vector128.Create(first)).AsSingle();

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> BroadcastInteger(uint value) => Vector128.Create(value).AsSingle();

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreIntegers(uint* address, Vector128<float> value) =>
        Vector128.Store(value.AsUInt32(), address);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> MultiplyWide(Vector128<float> left, uint right, out Vector128<float> low)
    {
        // The instruction multiplies every other lane: once for the even ones, once for the odd.
        var factor = Vector128.Create((ulong)right);
        var lowHalf = Vector128.Create(0xffffffffUL);
        var even = left.AsUInt64();
        var odd = even >> 32;
        var evenProduct = Sse2.IsSupported
            ? Sse2.Multiply(even.AsUInt32(), factor.AsUInt32())
            : (even & lowHalf) * factor;
        var oddProduct = Sse2.IsSupported
            ? Sse2.Multiply(odd.AsUInt32(), factor.AsUInt32())
            : odd * factor;
        low = ((evenProduct & lowHalf) | (oddProduct << 32)).AsSingle();
        return ((evenProduct >> 32) | (oddProduct & ~lowHalf)).AsSingle();
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Blend(Vector128<float> mask, Vector128<float> whenSet, Vector128<float> whenClear) =>
        Vector128.ConditionalSelect(mask, whenSet, whenClear);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> FlipBits(Vector128<float> left, Vector128<float> right) => left ^ right;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Sum(Vector128<float> value) => Vector128.Sum(value);
}
