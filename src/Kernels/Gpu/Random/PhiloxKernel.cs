namespace ScoreGpu.Kernels.Gpu;

/// <summary>Random words and normals on a device: the same draws as on every other.</summary>
/// <remarks>
/// A work-item a sample. Nothing is shared and nothing is kept between draws, because a draw is a function of
/// (sample, row, draw, stream) and the seed alone.
/// <code>
///   sample  row  draw  stream        seed
///      |     |     |     |             |
///   [ c0    c1    c2    c3 ]   [ k0    k1 ]
///      |                               |
///      +------ ten rounds -------------+
///                  |
///        [ x0    x1    x2    x3 ]  ->  Box-Muller  ->  z0 z1 z2 z3
/// </code>
/// Salmon, Moraes, Dror and Shaw, "Parallel random numbers: as easy as 1, 2, 3", SC 2011, section 3.3.
/// </remarks>
public static class PhiloxKernel
{
    /// <summary>The number of work-items in a group.</summary>
    public const int GroupSize = 64;

    /// <summary>Writes the four words of one draw for each sample, bit for bit those of the host.</summary>
    /// <param name="words">Receives the words, [samples, 4].</param>
    /// <param name="samples">The number of samples.</param>
    /// <param name="firstSample">The index, in the whole run, of the first sample.</param>
    /// <param name="row">Counter word 1: the row of the program.</param>
    /// <param name="draw">Counter word 2: the draw within the row.</param>
    /// <param name="stream">Counter word 3: the stream.</param>
    /// <param name="seed">The key.</param>
    [Kernel(GroupSize = GroupSize)]
    [KernelCost("sample", Flops = "0", Bytes = "16")]
    public static void Words(
        UIntView words, int samples, uint firstSample, uint row, uint draw, uint stream, ulong seed)
    {
        int n = (Grid.IdxX * Group.DimX) + Group.IdxX;
        if (n < samples)
        {
            (uint x0, uint x1, uint x2, uint x3) =
                Philox.Next(firstSample + (uint)n, row, draw, stream, (uint)seed, (uint)(seed >> 32));
            words[4 * n] = x0;
            words[(4 * n) + 1] = x1;
            words[(4 * n) + 2] = x2;
            words[(4 * n) + 3] = x3;
        }
    }

    /// <summary>Writes standard normals: the vector that <see cref="NormalDraws"/> has in double.</summary>
    /// <param name="normals">Receives z, [samples, dimension].</param>
    /// <param name="samples">The number of samples.</param>
    /// <param name="dimension">The length of a vector.</param>
    /// <param name="firstSample">The index, in the whole run, of the first sample.</param>
    /// <param name="row">Counter word 1: the row of the program.</param>
    /// <param name="stream">Counter word 3: the stream.</param>
    /// <param name="seed">The key.</param>
    [Kernel(GroupSize = GroupSize)]
    [KernelCost("sample", Flops = "11 * dimension", Bytes = "4 * dimension")]
    public static void Normals(
        FloatView normals, int samples, int dimension, uint firstSample, uint row, uint stream, ulong seed)
    {
        int n = (Grid.IdxX * Group.DimX) + Group.IdxX;
        if (n < samples)
        {
            FloatNormals.Fill(
                normals.SubView(n * dimension, dimension), dimension, firstSample + (uint)n, row, stream, seed);
        }
    }
}
