namespace ScoreGpu.Kernels.Gpu;

/// <summary>Multiply-adds and nothing else: as fast as a device computes when no memory holds it up.</summary>
/// <remarks>
/// Each work-item keeps sixteen sequences in registers. A multiply-add has to wait for the one before it in its own
/// sequence, and for no other, so that while one is under way fifteen more can start:
/// <code>
///   sequence    0     1     2   …   15
///   time  |    x₀    x₁    x₂   …  x₁₅        x ← factor·x + offset, 8 times for each of the sixteen
///         |    x₀    x₁    x₂   …  x₁₅        before the loop's own counter moves by one
///         v     …
/// </code>
/// The sequences start at different values and their sum is written, or the compiler would drop what nobody asks for.
/// The rate is the ceiling of the roofline model (Williams, Waterman and Patterson, "Roofline: an insightful visual
/// performance model for multicore architectures", CACM 52(4), 2009).
/// </remarks>
public static class MultiplyAddRateKernel
{
    /// <summary>The number of work-items in a group.</summary>
    public const int GroupSize = 256;

    /// <summary>Multiply-adds of a work-item in a round.</summary>
    public const int PerRound = Sequences * Unrolled;

    private const int Sequences = 16;
    private const int Unrolled = 8;

    /// <summary>Σ_c x_c after 8·rounds of x_c ← factor·x_c + offset, from x_c = (1 + work-item + c)/1024.</summary>
    /// <param name="sums">Receives the sum of each work-item, [work-items].</param>
    /// <param name="factor">The factor; below 1, or the sequences grow.</param>
    /// <param name="offset">The offset.</param>
    /// <param name="rounds">Rounds of 128 multiply-adds.</param>
    [Kernel(GroupSize = GroupSize)]
    [KernelCost("work-item", Flops = "256 * rounds + 16", Bytes = "4")]
    public static void Run(FloatView sums, float factor, float offset, int rounds)
    {
        int item = (Grid.IdxX * Group.DimX) + Group.IdxX;
        float[] x = new float[Sequences];
        for (int c = 0; c < Sequences; c++)
        {
            x[c] = (1 + item + c) / 1024f;
        }

        for (int round = 0; round < rounds; round++)
        {
            for (int step = 0; step < Unrolled; step++)
            {
                for (int c = 0; c < Sequences; c++)
                {
                    x[c] = MathF.FusedMultiplyAdd(factor, x[c], offset);
                }
            }
        }

        float sum = 0f;
        for (int c = 0; c < Sequences; c++)
        {
            sum += x[c];
        }

        sums[item] = sum;
    }
}
