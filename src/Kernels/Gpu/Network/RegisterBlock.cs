namespace ScoreGpu.Kernels.Gpu;

/// <summary>A block of a matrix product in a work-item's registers: 8 rows × 4 or 8 columns, += δ·aᵀ of one step.</summary>
/// <remarks>
/// <code>
///                     columns: one quad, or two that are 32 columns apart
///                   a₀ a₁ a₂ a₃ … a₃₂ a₃₃ a₃₄ a₃₅
///   8 rows      w₀  +  +  +  +     +   +   +   +       64 multiply-adds for 16 floats, which are
///               w₁  +  +  +  +     +   +   +   +       four reads of 16 bytes
///               ⋮
/// </code>
/// A GPU reads local memory in parts of 16 bytes as fast as in single floats, if compilers can tell that they are aligned:
/// <see cref="View{T}.AsAligned"/> says so. With 64 sums, 16 factors and what addresses take, a work-item stays below 128
/// registers.
/// </remarks>
public static class RegisterBlock
{
    /// <summary>Rows of a block.</summary>
    public const int Rows = 8;

    /// <summary>Floats that are read at once.</summary>
    public const int Quad = 4;

    /// <summary>Sums of the largest block.</summary>
    public const int Most = Rows * Rows;

    /// <summary>Bytes that are read at once.</summary>
    public const int QuadBytes = Quad * sizeof(float);

    /// <summary>From a block's quad of columns to its next: what eight blocks side by side read at once.</summary>
    public const int QuadStep = Neighbours * Quad;

    private const int Neighbours = 8;

    /// <summary>The first column of a block.</summary>
    /// <typeparam name="TBlock">The block's columns.</typeparam>
    /// <param name="block">Its place in its row of blocks.</param>
    public static int FirstColumn<TBlock>(int block)
        where TBlock : struct, IRegisterBlock
        => ((block / Neighbours * TBlock.Quads * Neighbours) + (block % Neighbours)) * Quad;

    /// <summary>One step: sums[i, j] += w[i]·a[j].</summary>
    /// <typeparam name="TBlock">The block's columns.</typeparam>
    /// <param name="memory">Local memory.</param>
    /// <param name="rows">Where w[0] is in it, a multiple of 4.</param>
    /// <param name="columns">Where a[0] is in it, a multiple of 4.</param>
    /// <param name="sums">The block.</param>
    public static void MultiplyAdd<TBlock>(FloatView memory, int rows, int columns, float[] sums)
        where TBlock : struct, IRegisterBlock
    {
        float[] w = new float[Rows];
        Read(memory, rows, w, 0);
        Read(memory, rows + Quad, w, Quad);
        float[] a = new float[Quad * TBlock.Quads];
        for (int q = 0; q < TBlock.Quads; q++)
        {
            Read(memory, columns + (q * QuadStep), a, q * Quad);
        }

        for (int i = 0; i < Rows; i++)
        {
            for (int j = 0; j < Quad * TBlock.Quads; j++)
            {
                int at = (i * Quad * TBlock.Quads) + j;
                sums[at] = MathF.FusedMultiplyAdd(w[i], a[j], sums[at]);
            }
        }
    }

    private static void Read(FloatView memory, int at, float[] values, int first)
    {
        FloatView quad = memory.SubView(at, Quad).AsAligned(QuadBytes);
        for (int j = 0; j < Quad; j++)
        {
            values[first + j] = quad[j];
        }
    }
}
