using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace ScoreGpu.Kernels.Cpu;

/// <summary>Turns feature-major tiles into sample-major rows and back, in blocks of 4 × 4, or 16 × 16.</summary>
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
        for (; TransposeBlock16.IsSupported && f <= features - TransposeBlock16.Size; f += TransposeBlock16.Size)
        {
            for (int n = 0; n < Tile.Width; n += TransposeBlock16.Size)
            {
                TransposeBlock16.Run(source + (f * Tile.Width) + n, Tile.Width, target + (n * stride) + f, stride);
            }
        }

        for (; f <= features - 4; f += 4)
        {
            float* rows = source + (f * Tile.Width);
            for (int n = 0; n < Tile.Width; n += 4)
            {
                Block(rows + n, Tile.Width, 2 * Tile.Width, 3 * Tile.Width, target + (n * stride) + f, stride);
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

    /// <summary>As <see cref="ToSampleMajor"/>, in panels of 64 features: target[f / 64, n, f % 64] = source[f, n].</summary>
    public static void ToPanels(float* source, int features, float* target)
    {
        for (int f = 0; f < features; f += Tile.Width)
        {
            ToSampleMajor(
                source + (f * Tile.Width), Math.Min(Tile.Width, features - f), target + (f * Tile.Width), Tile.Width);
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
                Block(source + (n * stride) + f, stride, 2 * stride, 3 * stride, target + (f * Tile.Width) + n, Tile.Width);
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

    /// <summary>target[f, n] = source[rows[n], f]: the rows of a table that 64 samples point at, feature-major.</summary>
    /// <param name="source">The table: rows of <paramref name="stride"/> elements.</param>
    /// <param name="rows">The row of each of the 64 samples.</param>
    /// <param name="stride">Elements from a row of the table to the next.</param>
    /// <param name="features">Elements of a row to take.</param>
    /// <param name="target">The tile: <paramref name="features"/> rows of 64.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void GatherToFeatureMajor(float* source, int* rows, int stride, int features, float* target)
    {
        for (int n = 0; n < Tile.Width; n += 4)
        {
            float* first = source + ((long)rows[n] * stride);
            nint second = (nint)(rows[n + 1] - rows[n]) * stride;
            nint third = (nint)(rows[n + 2] - rows[n]) * stride;
            nint fourth = (nint)(rows[n + 3] - rows[n]) * stride;
            int f = 0;
            for (; f <= features - 4; f += 4)
            {
                Block(first + f, second, third, fourth, target + (f * Tile.Width) + n, Tile.Width);
            }

            for (; f < features; f++)
            {
                float* row = target + (f * Tile.Width) + n;
                row[0] = first[f];
                row[1] = first[f + second];
                row[2] = first[f + third];
                row[3] = first[f + fourth];
            }
        }
    }

    /// <summary>Turns a block of 4 × 4 whose rows start at the source and at three offsets from it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Block(float* source, nint second, nint third, nint fourth, float* target, int targetStride)
    {
        if (!Sse.IsSupported)
        {
            BlockByElement(source, second, third, fourth, target, targetStride);
            return;
        }

        var r0 = Vector128.Load(source);
        var r1 = Vector128.Load(source + second);
        var r2 = Vector128.Load(source + third);
        var r3 = Vector128.Load(source + fourth);
        var low01 = Sse.UnpackLow(r0, r1);
        var low23 = Sse.UnpackLow(r2, r3);
        var high01 = Sse.UnpackHigh(r0, r1);
        var high23 = Sse.UnpackHigh(r2, r3);
        Sse.MoveLowToHigh(low01, low23).Store(target);
        Sse.MoveHighToLow(low23, low01).Store(target + targetStride);
        Sse.MoveLowToHigh(high01, high23).Store(target + (2 * targetStride));
        Sse.MoveHighToLow(high23, high01).Store(target + (3 * targetStride));
    }

    private static void BlockByElement(
        float* source, nint second, nint third, nint fourth, float* target, int targetStride)
    {
        for (int column = 0; column < 4; column++)
        {
            float* row = target + (column * targetStride);
            row[0] = source[column];
            row[1] = source[column + second];
            row[2] = source[column + third];
            row[3] = source[column + fourth];
        }
    }
}
