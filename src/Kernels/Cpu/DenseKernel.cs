using ScoreGpu.Kernels.Cpu.Simd;

namespace ScoreGpu.Kernels.Cpu;

/// <summary>Matrix products over tiles, cut into the register blocks of <see cref="MicroKernel"/>.</summary>
public static unsafe class DenseKernel
{
    /// <summary>
    /// C[rows × columns] = bias + A · B, or C += A · B where <paramref name="bias"/> is null. With A = W it is a layer's
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
    /// <param name="b">B[0, 0].</param>
    /// <param name="bStep">Elements from a row of B to the next.</param>
    /// <param name="bias">One value a row of C, or null.</param>
    /// <param name="c">C[0, 0].</param>
    /// <param name="cRow">Elements from a row of C to the next.</param>
    /// <param name="columns">Columns of B and C, at most 64 and a multiple of <see cref="Tile.Step"/>.</param>
    /// <param name="adds">Adds the product to C when it is finished: C += bias + A · B.</param>
    public static void Multiply<TSimd, TVector>(
        int rows,
        int depth,
        float* a,
        nint aRow,
        nint aStep,
        float* b,
        nint bStep,
        float* bias,
        float* c,
        nint cRow = Tile.Width,
        int columns = Tile.Width,
        bool adds = false)
        where TSimd : struct, ISimd<TSimd, TVector>
        where TVector : struct
    {
        for (int column = 0; column < columns;)
        {
            int vectors = Math.Min(TSimd.BlockColumns, (columns - column) / TSimd.Lanes);
            switch (vectors)
            {
                case 1:
                    AllRows<TSimd, TVector, Columns1>(
                        rows, depth, a, aRow, aStep, b + column, bStep, bias, c + column, cRow, adds);
                    break;
                case 2:
                    AllRows<TSimd, TVector, Columns2>(
                        rows, depth, a, aRow, aStep, b + column, bStep, bias, c + column, cRow, adds);
                    break;
                case 3:
                    AllRows<TSimd, TVector, Columns3>(
                        rows, depth, a, aRow, aStep, b + column, bStep, bias, c + column, cRow, adds);
                    break;
                default:
                    AllRows<TSimd, TVector, Columns4>(
                        rows, depth, a, aRow, aStep, b + column, bStep, bias, c + column, cRow, adds);
                    break;
            }

            column += vectors * TSimd.Lanes;
        }
    }

    private static void AllRows<TSimd, TVector, TColumns>(
        int rows, int depth, float* a, nint aRow, nint aStep, float* b, nint bStep, float* bias, float* c, nint cRow, bool adds)
        where TSimd : struct, ISimd<TSimd, TVector>
        where TVector : struct
        where TColumns : struct, IBlockColumns
    {
        for (int row = 0; row < rows; row += MicroKernel.MaximumRows)
        {
            float* someA = a + (row * aRow);
            float* someBias = bias == null ? null : bias + row;
            float* someC = c + (row * cRow);
            switch (rows - row)
            {
                case 1:
                    MicroKernel.Run<TSimd, TVector, Rows1, TColumns>(
                        depth, someA, aRow, aStep, b, bStep, someBias, someC, cRow, adds);
                    break;
                case 2:
                    MicroKernel.Run<TSimd, TVector, Rows2, TColumns>(
                        depth, someA, aRow, aStep, b, bStep, someBias, someC, cRow, adds);
                    break;
                case 3:
                    MicroKernel.Run<TSimd, TVector, Rows3, TColumns>(
                        depth, someA, aRow, aStep, b, bStep, someBias, someC, cRow, adds);
                    break;
                case 4:
                    MicroKernel.Run<TSimd, TVector, Rows4, TColumns>(
                        depth, someA, aRow, aStep, b, bStep, someBias, someC, cRow, adds);
                    break;
                case 5:
                    MicroKernel.Run<TSimd, TVector, Rows5, TColumns>(
                        depth, someA, aRow, aStep, b, bStep, someBias, someC, cRow, adds);
                    break;
                default:
                    MicroKernel.Run<TSimd, TVector, Rows6, TColumns>(
                        depth, someA, aRow, aStep, b, bStep, someBias, someC, cRow, adds);
                    break;
            }
        }
    }
}
