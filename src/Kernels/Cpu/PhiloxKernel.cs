using System.Runtime.CompilerServices;
using ScoreGpu.Kernels.Cpu.Simd;

namespace ScoreGpu.Kernels.Cpu;

/// <summary>The words of <see cref="Philox"/> for the sixty-four samples of a tile, bit for bit.</summary>
public static unsafe class PhiloxKernel
{
    /// <summary>words[i, n] = word i of counter (sample + n, row, draw, stream).</summary>
    /// <typeparam name="TSimd">The vector instructions.</typeparam>
    /// <typeparam name="TVector">The vector type.</typeparam>
    /// <param name="seed">The key.</param>
    /// <param name="sample">The index, in the whole run, of the tile's first sample.</param>
    /// <param name="row">Counter word 1.</param>
    /// <param name="draw">Counter word 2.</param>
    /// <param name="stream">Counter word 3.</param>
    /// <param name="words">Four rows of 64 integers.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Fill<TSimd, TVector>(ulong seed, uint sample, uint row, uint draw, uint stream, uint* words)
        where TSimd : struct, ISimd<TSimd, TVector>
        where TVector : struct
    {
        for (int n = 0; n < Tile.Width; n += TSimd.Lanes)
        {
            var c0 = TSimd.Count(sample + (uint)n);
            var c1 = TSimd.BroadcastInteger(row);
            var c2 = TSimd.BroadcastInteger(draw);
            var c3 = TSimd.BroadcastInteger(stream);
            uint k0 = (uint)seed;
            uint k1 = (uint)(seed >> 32);
            for (int round = 0; round < Philox.Rounds; round++)
            {
                var high0 = TSimd.MultiplyWide(c0, Philox.Multiplier0, out var low0);
                var high1 = TSimd.MultiplyWide(c2, Philox.Multiplier1, out var low1);
                c0 = TSimd.FlipBits(TSimd.FlipBits(high1, c1), TSimd.BroadcastInteger(k0));
                c2 = TSimd.FlipBits(TSimd.FlipBits(high0, c3), TSimd.BroadcastInteger(k1));
                c1 = low1;
                c3 = low0;
                k0 += Philox.Weyl0;
                k1 += Philox.Weyl1;
            }

            TSimd.StoreIntegers(words + n, c0);
            TSimd.StoreIntegers(words + Tile.Width + n, c1);
            TSimd.StoreIntegers(words + (2 * Tile.Width) + n, c2);
            TSimd.StoreIntegers(words + (3 * Tile.Width) + n, c3);
        }
    }
}
