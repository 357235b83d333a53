using System.Runtime.CompilerServices;
using ScoreGpu.Kernels.Cpu.Simd;

namespace ScoreGpu.Kernels.Cpu;

/// <summary>Standard normals for a whole tile: <see cref="NormalDraws"/> in float32, sixty-four samples at a time.</summary>
public static unsafe class NormalKernel
{
    /// <summary>z[f, n] ~ N(0, 1): draw f / 4 of (sample, row, stream), feature-major.</summary>
    /// <typeparam name="TSimd">The vector instructions.</typeparam>
    /// <typeparam name="TVector">The vector type.</typeparam>
    /// <param name="seed">The key.</param>
    /// <param name="sample">The index, in the whole run, of the tile's first sample.</param>
    /// <param name="row">The row of the program, or the training step.</param>
    /// <param name="stream">One of <see cref="PhiloxStreams"/>.</param>
    /// <param name="features">Rows of the tile.</param>
    /// <param name="z">The tile to fill.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Fill<TSimd, TVector>(ulong seed, uint sample, uint row, uint stream, int features, float* z)
        where TSimd : struct, ISimd<TSimd, TVector>
        where TVector : struct
    {
        uint* words = stackalloc uint[4 * Tile.Width];
        for (int f = 0; f < features; f += 4)
        {
            PhiloxKernel.Fill<TSimd, TVector>(seed, sample, row, (uint)f / 4, stream, words);
            float* target = z + (f * Tile.Width);
            Pair<TSimd, TVector>(words, features - f, target);
            if (features - f > 2)
            {
                Pair<TSimd, TVector>(words + (2 * Tile.Width), features - f - 2, target + (2 * Tile.Width));
            }
        }
    }

    /// <summary>Box–Muller: two rows of words become one or two rows of normals.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Pair<TSimd, TVector>(uint* words, int rows, float* target)
        where TSimd : struct, ISimd<TSimd, TVector>
        where TVector : struct
    {
        for (int n = 0; n < Tile.Width; n += TSimd.Lanes)
        {
            var log = VectorMath.LogOfUniform<TSimd, TVector>(words + n);
            var radius = TSimd.Sqrt(TSimd.Multiply(log, TSimd.Broadcast(-2f)));
            VectorMath.SinCosTurn<TSimd, TVector>(words + Tile.Width + n, out var sine, out var cosine);
            TSimd.Store(target + n, TSimd.Multiply(radius, cosine));
            if (rows > 1)
            {
                TSimd.Store(target + Tile.Width + n, TSimd.Multiply(radius, sine));
            }
        }
    }
}
