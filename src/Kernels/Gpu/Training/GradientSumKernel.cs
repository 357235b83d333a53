namespace ScoreGpu.Kernels.Gpu;

/// <summary>Adds the copies of the gradient in order, and sums its squares for the global norm.</summary>
/// <remarks>
/// <code>
///   copies [ranges, values]            gradient[i] = copy 0[i] + copy 1[i] + …
///   item t of group g takes the values g·T + t, then a whole launch further on;
///   its squares are halved into one number a group:   s[t] += s[t + 32], s[t] += s[t + 16], …
/// </code>
/// The number of groups is fixed for a device, and with it the order of every sum.
/// </remarks>
public static class GradientSumKernel
{
    /// <summary>The number of work-items in a group.</summary>
    public const int GroupSize = 64;

    /// <summary>The most groups: each leaves a number that every work-item of Adam reads.</summary>
    public const int MostGroups = 256;

    /// <summary>Local memory of a group; given at the launch for the reason of the weight gradient.</summary>
    public const int LocalBytes = GroupSize * sizeof(float);

    /// <summary>Sums.</summary>
    /// <param name="copies">The copies, [ranges, values].</param>
    /// <param name="ranges">How many.</param>
    /// <param name="gradient">Receives the gradient, [values].</param>
    /// <param name="squares">Receives each group's share of Σ g², [groups].</param>
    /// <param name="values">Weights of the network.</param>
    [Kernel(GroupSize = GroupSize)]
    [KernelCost("weight", Flops = "ranges + 1", Bytes = "4 * ranges + 4")]
    public static void Run(FloatView copies, int ranges, FloatView gradient, FloatView squares, int values)
    {
        FloatView shares = SharedMemory.GetDynamic<float>();
        float square = 0f;
        for (int i = (Grid.IdxX * Group.DimX) + Group.IdxX; i < values; i += Grid.DimX * Group.DimX)
        {
            float sum = copies[i];
            for (int range = 1; range < ranges; range++)
            {
                sum += copies[(range * values) + i];
            }

            gradient[i] = sum;
            square += sum * sum;
        }

        shares[Group.IdxX] = square;
        Group.Barrier();
        for (int half = Group.DimX / 2; half > 0; half /= 2)
        {
            if (Group.IdxX < half)
            {
                shares[Group.IdxX] += shares[Group.IdxX + half];
            }

            Group.Barrier();
        }

        if (Group.IdxX == 0)
        {
            squares[Grid.IdxX] = shares[0];
        }
    }
}
