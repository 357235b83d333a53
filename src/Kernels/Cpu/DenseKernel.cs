using ScoreGpu.Kernels.Cpu.Simd;

namespace ScoreGpu.Kernels.Cpu;

/// <summary>Matrix products over tiles, cut into the register blocks of <see cref="MicroKernel"/>.</summary>
public static unsafe class DenseKernel
{
    /// <summary>
    /// C[rows × 64] = bias + A · B, or C += A · B where <paramref name="bias"/> is null. With A = W it is a layer's
    /// forward pass; with A = Wᵀ (strides exchanged) it carries a gradient back through the layer; with A = δ and B a
    /// block of 64 columns of Xᵀ it is the gradient of the weights.
    /// </summary>
    /// <typeparam name="TSimd">The vector instructions.</typeparam>
    /// <typeparam name="TVector">The vector type.</typeparam>
    /// <param name="rows">Rows of A and C.</param>
    /// <param name="depth">Columns of A, rows of B.</param>
    /// <param name="a">A[0, 0].</param>
    /// <param name="aRow">Elements from A[r, k] to A[r + 1, k].</param>
    /// <param name="aStep">Elements from A[r, k] to A[r, k + 1].</param>
    /// <param name="b">B[0, 0]: 64 columns.</param>
    /// <param name="bStep">Elements from a row of B to the next.</param>
    /// <param name="bias">One value a row of C, or null.</param>
    /// <param name="c">C[0, 0], rows of 64, one after another.</param>
    public static void Multiply<TSimd, TVector>(
        int rows, int depth, float* a, nint aRow, nint aStep, float* b, nint bStep, float* bias, float* c)
        where TSimd : struct, ISimd<TSimd, TVector>
        where TVector : struct
    {
        int columns = TSimd.BlockColumns * TSimd.Lanes;
        for (int column = 0; column < Tile.Width; column += columns)
        {
            int row = 0;
            for (; row <= rows - MicroKernel.MaximumRows; row += MicroKernel.MaximumRows)
            {
                MicroKernel.Run<TSimd, TVector, Rows6>(
                    depth,
                    a + (row * aRow),
                    aRow,
                    aStep,
                    b + column,
                    bStep,
                    bias == null ? null : bias + row,
                    c + (row * Tile.Width) + column,
                    Tile.Width);
            }

            if (row < rows)
            {
                LastRows<TSimd, TVector>(
                    rows - row,
                    depth,
                    a + (row * aRow),
                    aRow,
                    aStep,
                    b + column,
                    bStep,
                    bias == null ? null : bias + row,
                    c + (row * Tile.Width) + column);
            }
        }
    }

    private static void LastRows<TSimd, TVector>(
        int rows, int depth, float* a, nint aRow, nint aStep, float* b, nint bStep, float* bias, float* c)
        where TSimd : struct, ISimd<TSimd, TVector>
        where TVector : struct
    {
        switch (rows)
        {
            case 1:
                MicroKernel.Run<TSimd, TVector, Rows1>(depth, a, aRow, aStep, b, bStep, bias, c, Tile.Width);
                break;
            case 2:
                MicroKernel.Run<TSimd, TVector, Rows2>(depth, a, aRow, aStep, b, bStep, bias, c, Tile.Width);
                break;
            case 3:
                MicroKernel.Run<TSimd, TVector, Rows3>(depth, a, aRow, aStep, b, bStep, bias, c, Tile.Width);
                break;
            case 4:
                MicroKernel.Run<TSimd, TVector, Rows4>(depth, a, aRow, aStep, b, bStep, bias, c, Tile.Width);
                break;
            case 5:
                MicroKernel.Run<TSimd, TVector, Rows5>(depth, a, aRow, aStep, b, bStep, bias, c, Tile.Width);
                break;
        }
    }
}
