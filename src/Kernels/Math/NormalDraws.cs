namespace ScoreGpu.Kernels;

/// <summary>
/// Standard normal vectors addressed by (seed, sample, row, stream): the reference in double that every device's
/// noise is compared with.
/// </summary>
/// <remarks>
/// Draw d of Philox4x32-10 covers dimensions 4d … 4d + 3: Box–Muller of (x0, x1) gives dimensions 4d and 4d + 1, of
/// (x2, x3) gives 4d + 2 and 4d + 3. A vector's leading entries therefore do not depend on its length.
/// </remarks>
public static class NormalDraws
{
    /// <summary>Fills a vector with standard normals.</summary>
    /// <param name="seed">The seed; its low and high 32 bits are the key.</param>
    /// <param name="sample">The index of the trajectory or data point in the whole run.</param>
    /// <param name="row">The row of the step program, or the training step.</param>
    /// <param name="stream">One of <see cref="PhiloxStreams"/>.</param>
    /// <param name="z">Receives the normals, one a dimension.</param>
    public static void Fill(ulong seed, uint sample, uint row, uint stream, Span<double> z)
    {
        for (int d = 0; d < z.Length; d += 4)
        {
            (uint x0, uint x1, uint x2, uint x3) =
                Philox.Next(sample, row, (uint)d / 4, stream, (uint)seed, (uint)(seed >> 32));
            (double z0, double z1) = BoxMuller.Transform(x0, x1);
            z[d] = z0;
            if (d + 1 < z.Length)
            {
                z[d + 1] = z1;
            }

            if (d + 2 < z.Length)
            {
                (double z2, double z3) = BoxMuller.Transform(x2, x3);
                z[d + 2] = z2;
                if (d + 3 < z.Length)
                {
                    z[d + 3] = z3;
                }
            }
        }
    }
}
