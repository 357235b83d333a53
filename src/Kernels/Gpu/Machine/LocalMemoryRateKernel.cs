namespace ScoreGpu.Kernels.Gpu;

/// <summary>Reads of local memory and nothing else that takes as long: as fast as a group's own memory delivers.</summary>
/// <remarks>
/// A group fills its local memory once. Then each work-item reads eight elements a round, <see cref="RowLength"/> apart,
/// beginning one place further each round, and adds them to eight sums, so that no read waits for another:
/// <code>
///   round    0        1        2   …
///   reads   item    item+1   item+2        + 256·c in row c, c = 0 … 7
/// </code>
/// Neighbouring work-items read neighbouring elements: every bank of the memory serves one of them. The place moves on,
/// or the compiler would keep the elements in registers.
/// </remarks>
public static class LocalMemoryRateKernel
{
    /// <summary>The number of work-items in a group.</summary>
    public const int GroupSize = 256;

    /// <summary>Elements that a work-item reads in a round.</summary>
    public const int PerRound = 8;

    /// <summary>Elements from one that is read to the next.</summary>
    public const int RowLength = 256;

    /// <summary>Σ over rounds r and c &lt; 8 of local[256·c + (item + r) mod 256], with local[i] = (1 + i)/1024.</summary>
    /// <param name="sums">Receives the sum of each work-item, [work-items].</param>
    /// <param name="rounds">Rounds of eight reads.</param>
    [Kernel(GroupSize = GroupSize)]
    [KernelCost("work-item", Flops = "8 * rounds + 8", Bytes = "4")]
    public static void Run(FloatView sums, int rounds)
    {
        FloatView local = SharedMemory.Allocate<float>(PerRound * RowLength);
        for (int i = Group.IdxX; i < PerRound * RowLength; i += Group.DimX)
        {
            local[i] = (1 + i) / 1024f;
        }

        Group.Barrier();

        for (int item = Group.IdxX; item < GroupSize; item += Group.DimX)
        {
            sums[(Grid.IdxX * GroupSize) + item] = Sum(local, item, rounds);
        }
    }

    private static float Sum(FloatView local, int item, int rounds)
    {
        float[] x = new float[PerRound];
        for (int c = 0; c < PerRound; c++)
        {
            x[c] = 0f;
        }

        for (int round = 0; round < rounds; round++)
        {
            int place = (item + round) & (RowLength - 1);
            for (int c = 0; c < PerRound; c++)
            {
                x[c] += local[(RowLength * c) + place];
            }
        }

        float sum = 0f;
        for (int c = 0; c < PerRound; c++)
        {
            sum += x[c];
        }

        return sum;
    }
}
