namespace ScoreGpu.Tests.Generator.Kernels;

/// <summary>Mistakes that a build cannot see.</summary>
public static class FaultyKernel
{
    /// <summary>Writes as many elements as there are work-items.</summary>
    [Kernel]
    public static void Overrun(FloatView x) => x[(Grid.IdxX * Group.DimX) + Group.IdxX] = 1f;

    /// <summary>Adds to one element from every work-item, and no two of them the same.</summary>
    [Kernel]
    public static void Race(FloatView sum) => sum[0] += 1f + Group.IdxX;

    /// <summary>The last work-item fails while the others wait.</summary>
    [Kernel]
    public static void BeforeBarrier(FloatView x)
    {
        x[Group.IdxX + 1] = 1f;
        Group.Barrier();
        x[Group.IdxX] = 2f;
    }

    /// <summary>Some work-items fail between two barriers.</summary>
    [Kernel]
    public static void AfterBarrier(FloatView x)
    {
        Group.Barrier();
        x[Group.IdxX] = 1f;
        Group.Barrier();
    }

    /// <summary>A parameter counts as equal for all, so a function can hide a condition that is not.</summary>
    [Kernel]
    public static void Parting(IntView leave) => WaitUnless(leave[Group.IdxX]);

    /// <summary>Reads shared memory that nobody has written.</summary>
    [Kernel]
    public static void Unwritten(FloatView y)
    {
        FloatView shared = SharedMemory.Allocate<float>(1);
        y[Grid.IdxX] = shared[0];
        shared[0] = 1f;
    }

    private static void WaitUnless(int leave)
    {
        if (leave == 0)
        {
            Group.Barrier();
        }
    }
}
