using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace ScoreGpu.Kernels.Cpu;

/// <summary>Turns feature-major tiles into sample-major rows and back, in blocks of 4 × 4.</summary>
public static unsafe class TransposeKernel
{
    /// <summary>target[n, f] = source[f, n] for a tile of <paramref name="features"/> × 64.</summary>
    /// <param name="source">The tile: rows of 64.</param>
    /// <param name="features">Rows of the tile.</param>
    /// <param name="target">64 rows of <paramref name="stride"/> elements.</param>
    /// <param name="stride">Elements from a row of the target to the next, at least <paramref name="features"/>.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void ToSampleMajor(float* source, int features, float* target, int stride)
    {
        int f = 0;
        for (; f <= features - 4; f += 4)
        {
            float* rows = source + (f * Tile.Width);
            for (int n = 0; n < Tile.Width; n += 4)
            {
                Block(rows + n, Tile.Width, target + (n * stride) + f, stride);
            }
        }

        for (; f < features; f++)
        {
            for (int n = 0; n < Tile.Width; n++)
            {
                target[(n * stride) + f] = source[(f * Tile.Width) + n];
            }
        }
    }

    /// <summary>
    /// target[f, n] = source[n, f] for <paramref name="samples"/> ≤ 64 rows; the columns beyond them become zero.
    /// </summary>
    /// <param name="source">Rows of <paramref name="stride"/> elements.</param>
    /// <param name="samples">Rows present.</param>
    /// <param name="stride">Elements from a row of the source to the next.</param>
    /// <param name="features">Elements of a row to take.</param>
    /// <param name="target">The tile: <paramref name="features"/> rows of 64.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void ToFeatureMajor(float* source, int samples, int stride, int features, float* target)
    {
        int n = 0;
        for (; n <= samples - 4; n += 4)
        {
            int f = 0;
            for (; f <= features - 4; f += 4)
            {
                Block(source + (n * stride) + f, stride, target + (f * Tile.Width) + n, Tile.Width);
            }

            for (; f < features; f++)
            {
                for (int i = n; i < n + 4; i++)
                {
                    target[(f * Tile.Width) + i] = source[(i * stride) + f];
                }
            }
        }

        for (; n < Tile.Width; n++)
        {
            for (int f = 0; f < features; f++)
            {
                target[(f * Tile.Width) + n] = n < samples ? source[(n * stride) + f] : 0f;
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Block(float* source, int sourceStride, float* target, int targetStride)
    {
        var r0 = Vector128.Load(source);
        var r1 = Vector128.Load(source + sourceStride);
        var r2 = Vector128.Load(source + (2 * sourceStride));
        var r3 = Vector128.Load(source + (3 * sourceStride));

        // Pairs of rows side by side in 256 bits, where one shuffle reaches both.
        var low = Vector256.Shuffle(Vector256.Create(r0, r1), Vector256.Create(0, 4, 1, 5, 2, 6, 3, 7));
        var high = Vector256.Shuffle(Vector256.Create(r2, r3), Vector256.Create(0, 4, 1, 5, 2, 6, 3, 7));
        Store(target, targetStride, low.AsUInt64(), high.AsUInt64());
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(float* target, int stride, Vector256<ulong> low, Vector256<ulong> high)
    {
        *(Vector128<ulong>*)target = Vector128.Create(low.GetElement(0), high.GetElement(0));
        *(Vector128<ulong>*)(target + stride) = Vector128.Create(low.GetElement(1), high.GetElement(1));
        *(Vector128<ulong>*)(target + (2 * stride)) = Vector128.Create(low.GetElement(2), high.GetElement(2));
        *(Vector128<ulong>*)(target + (3 * stride)) = Vector128.Create(low.GetElement(3), high.GetElement(3));
    }
}
