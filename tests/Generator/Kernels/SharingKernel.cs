namespace ScoreGpu.Tests.Generator.Kernels;

/// <summary>Shared memory, barriers, atomics, and views in more than one kind of memory.</summary>
public static class SharingKernel
{
    private const int Size = 32;

    /// <summary>The sum of each group's elements, by halving.</summary>
    [Kernel(GroupSize = Size)]
    public static void Reduce(FloatView x, FloatView sums)
    {
        FloatView shared = SharedMemory.Allocate<float>(Size);
        int i = Group.IdxX;
        int n = (Grid.IdxX * Size) + i;
        shared[i] = n < x.IntLength ? x[n] : 0f;
        Group.Barrier();
        for (int half = Size / 2; half > 0; half /= 2)
        {
            if (i < half)
            {
                shared[i] += shared[i + half];
            }

            Group.Barrier();
        }

        if (i == 0)
        {
            sums[Grid.IdxX] = Total(shared, 1) + (0f * Total(x, 1));
        }
    }

    /// <summary>Each group reverses its part in dynamic shared memory.</summary>
    [Kernel]
    public static void Reverse(IntView x)
    {
        IntView scratch = SharedMemory.GetDynamic<int>();
        IntView part = x.SubView(Grid.IdxX * Group.DimX, Group.DimX);
        Copy(part, scratch);
        Group.Barrier();
        part[Group.IdxX] = scratch[scratch.IntLength - 1 - Group.IdxX];
    }

    /// <summary>Counts and sums with atomics, in shared memory first.</summary>
    [Kernel(GroupSize = Size)]
    public static void Count(FloatView x, IntView counts, UIntView extremes, FloatView sum)
    {
        IntView local = SharedMemory.Allocate<int>(4);
        FloatView partial = SharedMemory.Allocate<float>(1);
        if (Group.IdxX < 4)
        {
            local[Group.IdxX] = 0;
        }

        if (Group.IdxX == 0)
        {
            partial[0] = 0f;
        }

        Group.Barrier();
        int n = (Grid.IdxX * Group.DimX) + Group.IdxX;
        if (n < x.IntLength)
        {
            float value = x[n];
            Atomic.Add(ref local[(int)value % 4], 1);
            Atomic.Add(ref partial[0], value);
            Atomic.Max(ref extremes[0], (uint)value);
            Atomic.Min(ref extremes[1], (uint)value);
            int before = Atomic.Exchange(ref counts[4], n);
            Atomic.CompareExchange(ref counts[5], -1, before < -5 ? 0 : 7);
        }

        Group.Barrier();
        if (Group.IdxX < 4)
        {
            Atomic.Add(ref counts[Group.IdxX], local[Group.IdxX]);
        }

        if (Group.IdxX == 0)
        {
            Atomic.Add(ref sum[0], partial[0]);
        }
    }

    /// <summary>Products of a group's elements, in a function too long to be inlined unless that is asked for.</summary>
    [Kernel(GroupSize = Size)]
    public static void Declared(FloatView x, FloatView y)
    {
        FloatView shared = SharedMemory.Allocate<float>(Size);
        int n = (Grid.IdxX * Size) + Group.IdxX;
        shared[Group.IdxX] = x[n];
        Group.Barrier();
        y[n] = Turned(shared, Group.IdxX) - Turned(shared, Size - Group.IdxX);
    }

    private static float Turned(FloatView values, int first)
    {
        float sum = 0f;
        for (int i = 0; i < Size; i++)
        {
            sum = MathF.FusedMultiplyAdd(values[(first + i) % Size], values[((first * i) + 5) % Size], sum);
        }

        return sum;
    }

    private static float Total(FloatView values, int count)
    {
        float total = 0f;
        for (int i = 0; i < count; i++)
        {
            total += values[i];
        }

        return total;
    }
    private static void Copy(IntView from, IntView to) => to[Group.IdxX] = from[Group.IdxX];
}
