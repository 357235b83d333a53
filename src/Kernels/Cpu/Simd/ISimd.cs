namespace ScoreGpu.Kernels.Cpu.Simd;

/// <summary>The vector instructions that the kernels are written in, for one register width.</summary>
/// <remarks>
/// A kernel generic over (<typeparamref name="TSelf"/>, <typeparamref name="TVector"/>) is compiled once a width by the
/// just-in-time compiler, each call below becoming one instruction. <c>Vector&lt;float&gt;</c> would not do: it is 256
/// bits wide on machines that have 512.
/// </remarks>
/// <typeparam name="TSelf">The implementing type.</typeparam>
/// <typeparam name="TVector">A vector of float32.</typeparam>
public unsafe interface ISimd<TSelf, TVector>
    where TSelf : struct, ISimd<TSelf, TVector>
    where TVector : struct
{
    /// <summary>Lanes in a vector: 16, 8 or 4.</summary>
    static abstract int Lanes { get; }

    /// <summary>The most vectors in a row of the register block of <see cref="MicroKernel"/>.</summary>
    static abstract int BlockColumns { get; }

    /// <summary>Loads a vector; no alignment is needed.</summary>
    static abstract TVector Load(float* address);

    /// <summary>Stores a vector; no alignment is needed.</summary>
    static abstract void Store(float* address, TVector value);

    /// <summary>The same value in each lane.</summary>
    static abstract TVector Broadcast(float value);

    /// <summary>left + right.</summary>
    static abstract TVector Add(TVector left, TVector right);

    /// <summary>left − right.</summary>
    static abstract TVector Subtract(TVector left, TVector right);

    /// <summary>left · right.</summary>
    static abstract TVector Multiply(TVector left, TVector right);

    /// <summary>left / right.</summary>
    static abstract TVector Divide(TVector left, TVector right);

    /// <summary>The square root, correctly rounded.</summary>
    static abstract TVector Sqrt(TVector value);

    /// <summary>left · right + addend, in one rounding where the processor has the instruction.</summary>
    static abstract TVector MultiplyAdd(TVector left, TVector right, TVector addend);

    /// <summary>The smaller; a NaN in <paramref name="right"/> passes through.</summary>
    static abstract TVector Min(TVector left, TVector right);

    /// <summary>The larger; a NaN in <paramref name="right"/> passes through.</summary>
    static abstract TVector Max(TVector left, TVector right);

    /// <summary>Rounds to the nearest integer, ties to even.</summary>
    static abstract TVector Round(TVector value);

    /// <summary>value · 2^power for an integral <paramref name="power"/> in [−252, 254], one rounding.</summary>
    static abstract TVector Scale(TVector value, TVector power);

    /// <summary>Whether <see cref="ScaleBySixteenths"/> exists: it needs a table of 16 entries in a register.</summary>
    static abstract bool HasPowerTable { get; }

    /// <summary>2^(k/16) · (1 + <paramref name="rest"/>), in two roundings.</summary>
    /// <param name="rest">What the power of two leaves over.</param>
    /// <param name="power">k/16, a multiple of 1/16 in [−252, 254].</param>
    /// <param name="bits">A vector whose lowest four bits are those of the integer k.</param>
    static abstract TVector ScaleBySixteenths(TVector rest, TVector power, TVector bits);

    /// <summary>Splits a positive normal value into m · 2^e with m in [√½, √2); returns m.</summary>
    static abstract TVector SplitExponent(TVector value, out TVector exponent);

    /// <summary>Loads unsigned 32-bit integers and rounds them to float32.</summary>
    static abstract TVector LoadUnsigned(uint* address);

    /// <summary>Loads unsigned 32-bit integers r and rounds 2³² − 1 − r to float32.</summary>
    static abstract TVector LoadUnsignedComplement(uint* address);

    /// <summary>All ones where left &lt; right.</summary>
    static abstract TVector LessThan(TVector left, TVector right);

    /// <summary>
    /// Reads 32-bit integers as fractions r of a turn and splits 4r into the nearest quadrant and the rest: returns the
    /// rest in [−½, ½] (exact up to the last rounding) and the masks that turn its sine and cosine into those of r.
    /// </summary>
    /// <param name="address">Lanes integers; r = integer / 2³².</param>
    /// <param name="swap">All ones where sine and cosine change places.</param>
    /// <param name="cosineSign">The sign bit to flip in the cosine.</param>
    /// <param name="sineSign">The sign bit to flip in the sine.</param>
    static abstract TVector LoadTurn(uint* address, out TVector swap, out TVector cosineSign, out TVector sineSign);

    /// <summary>The lanes' places as 32-bit integers, plus <paramref name="first"/>: first, first + 1, ….</summary>
    static abstract TVector Count(uint first);

    /// <summary>The same 32-bit integer in each lane.</summary>
    static abstract TVector BroadcastInteger(uint value);

    /// <summary>Stores 32-bit integers.</summary>
    static abstract void StoreIntegers(uint* address, TVector value);

    /// <summary>The 64-bit products of unsigned 32-bit integers, as a low and a high half.</summary>
    static abstract TVector MultiplyWide(TVector left, uint right, out TVector low);

    /// <summary>Takes each bit from the one or the other by the mask.</summary>
    static abstract TVector Blend(TVector mask, TVector whenSet, TVector whenClear);

    /// <summary>The bits of the one flipped where the other has them set.</summary>
    static abstract TVector FlipBits(TVector left, TVector right);

    /// <summary>The sum of the lanes.</summary>
    static abstract float Sum(TVector value);
}
