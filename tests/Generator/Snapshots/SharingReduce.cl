// SharingReduce, OpenCL C 1.2.
// Written by ScoreGpu.Kernels.Generator from ScoreGpu.Tests.Generator.Kernels.SharingKernel.Reduce.
//
// Shared memory, barriers, atomics, and views in more than one kind of memory.

#define GROUP_SIZE 32
#define SharingKernel_Size 32

static inline __attribute__((always_inline)) float SharingKernel_Total(__local const float* values, int count)
{
    float total = 0.0f;
    for (int i = 0; i < count; i++)
    {
        total += values[i];
    }

    return total;
}

static inline float SharingKernel_Total_2(__global const float* values, int count)
{
    float total = 0.0f;
    for (int i = 0; i < count; i++)
    {
        total += values[i];
    }

    return total;
}

// The sum of each group's elements, by halving.
__kernel __attribute__((reqd_work_group_size(32, 1, 1)))
void SharingReduce(
    __global const float* restrict x, int x_offset, int x_length,
    __global float* sums, int sums_offset)
{
    x += x_offset;
    sums += sums_offset;

    __local float shared[32];
    int i = (int)get_local_id(0);
    int n = ((int)get_group_id(0) * SharingKernel_Size) + i;
    shared[i] = n < x_length ? x[n] : 0.0f;
    barrier(CLK_LOCAL_MEM_FENCE);
    for (int half_ = SharingKernel_Size / 2; half_ > 0; half_ /= 2)
    {
        if (i < half_)
        {
            shared[i] += shared[i + half_];
        }

        barrier(CLK_LOCAL_MEM_FENCE);
    }

    if (i == 0)
    {
        sums[(int)get_group_id(0)] = SharingKernel_Total(shared, 1) + (0.0f * SharingKernel_Total_2(x, 1));
    }
}
