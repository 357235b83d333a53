namespace ScoreGpu.Kernels;

/// <summary>
/// The counter-based generator Philox4x32-10: a keyed bijection of 128-bit counters whose outputs pass as
/// independent uniform 32-bit words.
/// </summary>
/// <remarks>
/// A draw is a pure function of (counter, key), so nothing has to be stored or shared between threads, and any
/// device that evaluates this function gets the same bits. <see cref="PhiloxStreams"/> says what the counter words
/// mean here.
/// Salmon, Moraes, Dror and Shaw, "Parallel random numbers: as easy as 1, 2, 3", SC 2011, section 3.3.
/// </remarks>
public static class Philox
{
    internal const uint Multiplier0 = 0xD2511F53;
    internal const uint Multiplier1 = 0xCD9E8D57;

    // The Weyl increments that step the key: the golden ratio and the square root of three, minus one.
    internal const uint Weyl0 = 0x9E3779B9;
    internal const uint Weyl1 = 0xBB67AE85;

    internal const int Rounds = 10;

    /// <summary>Returns the four words that belong to a counter and a key.</summary>
    /// <param name="c0">Counter word 0: the sample.</param>
    /// <param name="c1">Counter word 1: the row of the program.</param>
    /// <param name="c2">Counter word 2: the draw within the row.</param>
    /// <param name="c3">Counter word 3: the stream.</param>
    /// <param name="k0">Key word 0: the low 32 bits of the seed.</param>
    /// <param name="k1">Key word 1: the high 32 bits of the seed.</param>
    /// <returns>Four words, each uniform on 0 … 2³² − 1.</returns>
    public static (uint X0, uint X1, uint X2, uint X3) Next(uint c0, uint c1, uint c2, uint c3, uint k0, uint k1)
    {
        for (int round = 0; round < Rounds; round++)
        {
            ulong product0 = (ulong)Multiplier0 * c0;
            ulong product1 = (ulong)Multiplier1 * c2;

            uint next0 = (uint)(product1 >> 32) ^ c1 ^ k0;
            uint next2 = (uint)(product0 >> 32) ^ c3 ^ k1;
            c1 = (uint)product1;
            c3 = (uint)product0;
            c0 = next0;
            c2 = next2;

            k0 += Weyl0;
            k1 += Weyl1;
        }

        return (c0, c1, c2, c3);
    }
}
