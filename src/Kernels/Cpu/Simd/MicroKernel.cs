using System.Runtime.CompilerServices;

namespace ScoreGpu.Kernels.Cpu.Simd;

/// <summary>The register block at the heart of every dense operation: C[rows × columns] = C₀ + A · B.</summary>
/// <remarks>
/// <code>
///                    B[k]  │ b0 │ b1 │ b2 │ b3 │   one row of B, in vectors
///                 ─────────┼────┼────┼────┼────┤
///    A[0, k] broadcast ──► │c00 │c01 │c02 │c03 │
///    A[1, k] broadcast ──► │c10 │c11 │c12 │c13 │   each cell a vector register that
///        ⋮                 │    │    │    │    │   stays put for all k
///    A[5, k] broadcast ──► │c50 │c51 │c52 │c53 │
/// </code>
/// A step of k loads <c>columns</c> vectors and <c>rows</c> scalars for <c>rows · columns</c> multiply-adds, so that
/// the multiply-add units, not the loads, are the limit (Goto and van de Geijn, "Anatomy of High-Performance Matrix
/// Multiplication", ACM TOMS 2008, section 6). The strides of A are free: the same block serves W·X, Wᵀ·δ and δ·Xᵀ.
/// Nothing else may be called from here: a call that is not inlined makes the compiler spill every accumulator.
/// </remarks>
public static unsafe class MicroKernel
{
    /// <summary>The most rows that a block has.</summary>
    public const int MaximumRows = 6;

    /// <summary>Computes one block.</summary>
    /// <typeparam name="TSimd">The vector instructions.</typeparam>
    /// <typeparam name="TVector">The vector type.</typeparam>
    /// <typeparam name="TRows">Rows of the block.</typeparam>
    /// <typeparam name="TColumns">Vectors in a row of it, at most <c>ISimd.BlockColumns</c>.</typeparam>
    /// <param name="depth">The length of the sum over k.</param>
    /// <param name="a">A[0, 0].</param>
    /// <param name="aRow">Elements from A[r, k] to A[r + 1, k].</param>
    /// <param name="aStep">Elements from A[r, k] to A[r, k + 1].</param>
    /// <param name="b">B[0, 0]; <typeparamref name="TColumns"/> vectors of each row are read.</param>
    /// <param name="bStep">Elements from B[k, j] to B[k + 1, j].</param>
    /// <param name="bias">C₀[r], the same for the whole row; null takes what C holds.</param>
    /// <param name="c">C[0, 0].</param>
    /// <param name="cRow">Elements from C[r, j] to C[r + 1, j].</param>
    /// <param name="adds">Adds the finished sums to C instead: C += C₀ + A · B.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run<TSimd, TVector, TRows, TColumns>(
        int depth, float* a, nint aRow, nint aStep, float* b, nint bStep, float* bias, float* c, nint cRow, bool adds = false)
        where TSimd : struct, ISimd<TSimd, TVector>
        where TVector : struct
        where TRows : struct, IBlockRows
        where TColumns : struct, IBlockColumns
    {
        TVector c00 = default, c01 = default, c02 = default, c03 = default;
        TVector c10 = default, c11 = default, c12 = default, c13 = default;
        TVector c20 = default, c21 = default, c22 = default, c23 = default;
        TVector c30 = default, c31 = default, c32 = default, c33 = default;
        TVector c40 = default, c41 = default, c42 = default, c43 = default;
        TVector c50 = default, c51 = default, c52 = default, c53 = default;

        if (bias != null)
        {
            c00 = c01 = c02 = c03 = TSimd.Broadcast(bias[0]);

            if (TRows.Count > 1)
            {
                c10 = c11 = c12 = c13 = TSimd.Broadcast(bias[1]);
            }

            if (TRows.Count > 2)
            {
                c20 = c21 = c22 = c23 = TSimd.Broadcast(bias[2]);
            }

            if (TRows.Count > 3)
            {
                c30 = c31 = c32 = c33 = TSimd.Broadcast(bias[3]);
            }

            if (TRows.Count > 4)
            {
                c40 = c41 = c42 = c43 = TSimd.Broadcast(bias[4]);
            }

            if (TRows.Count > 5)
            {
                c50 = c51 = c52 = c53 = TSimd.Broadcast(bias[5]);
            }
        }
        else
        {
            LoadRow<TSimd, TVector, TColumns>(c + (0 * cRow), ref c00, ref c01, ref c02, ref c03);

            if (TRows.Count > 1)
            {
                LoadRow<TSimd, TVector, TColumns>(c + (1 * cRow), ref c10, ref c11, ref c12, ref c13);
            }

            if (TRows.Count > 2)
            {
                LoadRow<TSimd, TVector, TColumns>(c + (2 * cRow), ref c20, ref c21, ref c22, ref c23);
            }

            if (TRows.Count > 3)
            {
                LoadRow<TSimd, TVector, TColumns>(c + (3 * cRow), ref c30, ref c31, ref c32, ref c33);
            }

            if (TRows.Count > 4)
            {
                LoadRow<TSimd, TVector, TColumns>(c + (4 * cRow), ref c40, ref c41, ref c42, ref c43);
            }

            if (TRows.Count > 5)
            {
                LoadRow<TSimd, TVector, TColumns>(c + (5 * cRow), ref c50, ref c51, ref c52, ref c53);
            }
        }

        float* a0 = a, a1 = a + (1 * aRow), a2 = a + (2 * aRow), a3 = a + (3 * aRow), a4 = a + (4 * aRow), a5 = a + (5 * aRow);
        for (int k = 0; k < depth; k++)
        {
            var b0 = TSimd.Load(b);
            var b1 = TColumns.Count > 1 ? TSimd.Load(b + TSimd.Lanes) : default;
            var b2 = TColumns.Count > 2 ? TSimd.Load(b + (2 * TSimd.Lanes)) : default;
            var b3 = TColumns.Count > 3 ? TSimd.Load(b + (3 * TSimd.Lanes)) : default;
            b += bStep;

            MultiplyRow<TSimd, TVector, TColumns>(*a0, b0, b1, b2, b3, ref c00, ref c01, ref c02, ref c03);
            a0 += aStep;

            if (TRows.Count > 1)
            {
                MultiplyRow<TSimd, TVector, TColumns>(*a1, b0, b1, b2, b3, ref c10, ref c11, ref c12, ref c13);
                a1 += aStep;
            }

            if (TRows.Count > 2)
            {
                MultiplyRow<TSimd, TVector, TColumns>(*a2, b0, b1, b2, b3, ref c20, ref c21, ref c22, ref c23);
                a2 += aStep;
            }

            if (TRows.Count > 3)
            {
                MultiplyRow<TSimd, TVector, TColumns>(*a3, b0, b1, b2, b3, ref c30, ref c31, ref c32, ref c33);
                a3 += aStep;
            }

            if (TRows.Count > 4)
            {
                MultiplyRow<TSimd, TVector, TColumns>(*a4, b0, b1, b2, b3, ref c40, ref c41, ref c42, ref c43);
                a4 += aStep;
            }

            if (TRows.Count > 5)
            {
                MultiplyRow<TSimd, TVector, TColumns>(*a5, b0, b1, b2, b3, ref c50, ref c51, ref c52, ref c53);
                a5 += aStep;
            }
        }

        if (adds)
        {
            AddRow<TSimd, TVector, TColumns>(c + (0 * cRow), ref c00, ref c01, ref c02, ref c03);

            if (TRows.Count > 1)
            {
                AddRow<TSimd, TVector, TColumns>(c + (1 * cRow), ref c10, ref c11, ref c12, ref c13);
            }

            if (TRows.Count > 2)
            {
                AddRow<TSimd, TVector, TColumns>(c + (2 * cRow), ref c20, ref c21, ref c22, ref c23);
            }

            if (TRows.Count > 3)
            {
                AddRow<TSimd, TVector, TColumns>(c + (3 * cRow), ref c30, ref c31, ref c32, ref c33);
            }

            if (TRows.Count > 4)
            {
                AddRow<TSimd, TVector, TColumns>(c + (4 * cRow), ref c40, ref c41, ref c42, ref c43);
            }

            if (TRows.Count > 5)
            {
                AddRow<TSimd, TVector, TColumns>(c + (5 * cRow), ref c50, ref c51, ref c52, ref c53);
            }
        }

        StoreRow<TSimd, TVector, TColumns>(c + (0 * cRow), c00, c01, c02, c03);

        if (TRows.Count > 1)
        {
            StoreRow<TSimd, TVector, TColumns>(c + (1 * cRow), c10, c11, c12, c13);
        }

        if (TRows.Count > 2)
        {
            StoreRow<TSimd, TVector, TColumns>(c + (2 * cRow), c20, c21, c22, c23);
        }

        if (TRows.Count > 3)
        {
            StoreRow<TSimd, TVector, TColumns>(c + (3 * cRow), c30, c31, c32, c33);
        }

        if (TRows.Count > 4)
        {
            StoreRow<TSimd, TVector, TColumns>(c + (4 * cRow), c40, c41, c42, c43);
        }

        if (TRows.Count > 5)
        {
            StoreRow<TSimd, TVector, TColumns>(c + (5 * cRow), c50, c51, c52, c53);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void LoadRow<TSimd, TVector, TColumns>(
        float* c, ref TVector c0, ref TVector c1, ref TVector c2, ref TVector c3)
        where TSimd : struct, ISimd<TSimd, TVector>
        where TVector : struct
        where TColumns : struct, IBlockColumns
    {
        c0 = TSimd.Load(c);
        if (TColumns.Count > 1)
        {
            c1 = TSimd.Load(c + TSimd.Lanes);
        }

        if (TColumns.Count > 2)
        {
            c2 = TSimd.Load(c + (2 * TSimd.Lanes));
        }

        if (TColumns.Count > 3)
        {
            c3 = TSimd.Load(c + (3 * TSimd.Lanes));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddRow<TSimd, TVector, TColumns>(
        float* c, ref TVector c0, ref TVector c1, ref TVector c2, ref TVector c3)
        where TSimd : struct, ISimd<TSimd, TVector>
        where TVector : struct
        where TColumns : struct, IBlockColumns
    {
        c0 = TSimd.Add(c0, TSimd.Load(c));
        if (TColumns.Count > 1)
        {
            c1 = TSimd.Add(c1, TSimd.Load(c + TSimd.Lanes));
        }

        if (TColumns.Count > 2)
        {
            c2 = TSimd.Add(c2, TSimd.Load(c + (2 * TSimd.Lanes)));
        }

        if (TColumns.Count > 3)
        {
            c3 = TSimd.Add(c3, TSimd.Load(c + (3 * TSimd.Lanes)));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void MultiplyRow<TSimd, TVector, TColumns>(
        float a,
        TVector b0,
        TVector b1,
        TVector b2,
        TVector b3,
        ref TVector c0,
        ref TVector c1,
        ref TVector c2,
        ref TVector c3)
        where TSimd : struct, ISimd<TSimd, TVector>
        where TVector : struct
        where TColumns : struct, IBlockColumns
    {
        var broadcast = TSimd.Broadcast(a);
        c0 = TSimd.MultiplyAdd(broadcast, b0, c0);
        if (TColumns.Count > 1)
        {
            c1 = TSimd.MultiplyAdd(broadcast, b1, c1);
        }

        if (TColumns.Count > 2)
        {
            c2 = TSimd.MultiplyAdd(broadcast, b2, c2);
        }

        if (TColumns.Count > 3)
        {
            c3 = TSimd.MultiplyAdd(broadcast, b3, c3);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StoreRow<TSimd, TVector, TColumns>(float* c, TVector c0, TVector c1, TVector c2, TVector c3)
        where TSimd : struct, ISimd<TSimd, TVector>
        where TVector : struct
        where TColumns : struct, IBlockColumns
    {
        TSimd.Store(c, c0);
        if (TColumns.Count > 1)
        {
            TSimd.Store(c + TSimd.Lanes, c1);
        }

        if (TColumns.Count > 2)
        {
            TSimd.Store(c + (2 * TSimd.Lanes), c2);
        }

        if (TColumns.Count > 3)
        {
            TSimd.Store(c + (3 * TSimd.Lanes), c3);
        }
    }
}
