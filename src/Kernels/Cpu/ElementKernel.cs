using System.Runtime.CompilerServices;
using ScoreGpu.Kernels.Cpu.Simd;

namespace ScoreGpu.Kernels.Cpu;

/// <summary>Element-by-element products and sums over tile rows; counts are multiples of 64.</summary>
public static unsafe class ElementKernel
{
    /// <summary>product = x ⊙ y, which may be one of them.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Multiply<TSimd, TVector>(float* x, float* y, float* product, int count)
        where TSimd : struct, ISimd<TSimd, TVector>
        where TVector : struct
    {
        for (int i = 0; i < count; i += TSimd.Lanes)
        {
            TSimd.Store(product + i, TSimd.Multiply(TSimd.Load(x + i), TSimd.Load(y + i)));
        }
    }

    /// <summary>y ← y + a ⊙ b ⊙ c.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void AddProduct<TSimd, TVector>(float* y, float* a, float* b, float* c, int count)
        where TSimd : struct, ISimd<TSimd, TVector>
        where TVector : struct
    {
        for (int i = 0; i < count; i += TSimd.Lanes)
        {
            var product = TSimd.Multiply(TSimd.Load(a + i), TSimd.Load(b + i));
            TSimd.Store(y + i, TSimd.MultiplyAdd(product, TSimd.Load(c + i), TSimd.Load(y + i)));
        }
    }

    /// <summary>sum = x + y, which may be one of them, for any count.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Add<TSimd, TVector>(float* x, float* y, float* sum, int count)
        where TSimd : struct, ISimd<TSimd, TVector>
        where TVector : struct
    {
        int i = 0;
        for (; i <= count - TSimd.Lanes; i += TSimd.Lanes)
        {
            TSimd.Store(sum + i, TSimd.Add(TSimd.Load(x + i), TSimd.Load(y + i)));
        }

        for (; i < count; i++)
        {
            sum[i] = x[i] + y[i];
        }
    }

    /// <summary>
    /// target[rows[n]] += source[n], over <paramref name="columns"/> elements each, for every n in order whose row is
    /// among the <paramref name="rowCount"/> from <paramref name="firstRow"/>.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void ScatterAdd<TSimd, TVector>(
        float* target,
        int* rows,
        int stride,
        float* source,
        int sourceStride,
        int count,
        int columns,
        int firstRow,
        int rowCount)
        where TSimd : struct, ISimd<TSimd, TVector>
        where TVector : struct
    {
        for (int n = 0; n < count; n++)
        {
            if ((uint)(rows[n] - firstRow) >= (uint)rowCount)
            {
                continue;
            }

            float* row = target + ((long)rows[n] * stride);
            Add<TSimd, TVector>(row, source + (n * sourceStride), row, columns);
        }
    }

    /// <summary>The sum of the first <paramref name="columns"/> elements of a row, a multiple of <see cref="Tile.Step"/>.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float RowSum<TSimd, TVector>(float* row, int columns)
        where TSimd : struct, ISimd<TSimd, TVector>
        where TVector : struct
    {
        var sum = TSimd.Load(row);
        for (int i = TSimd.Lanes; i < columns; i += TSimd.Lanes)
        {
            sum = TSimd.Add(sum, TSimd.Load(row + i));
        }

        return TSimd.Sum(sum);
    }
}
