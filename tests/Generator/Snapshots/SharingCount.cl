// SharingCount, OpenCL C 1.2.
// Written by ScoreGpu.Kernels.Generator from ScoreGpu.Tests.Generator.Kernels.SharingKernel.Count.
//
// Shared memory, barriers, atomics, and views in more than one kind of memory.

#define GROUP_SIZE 32

// OpenCL 1.2 has no atomic addition of floats: try until no other work-item came between.
static inline __attribute__((always_inline)) float atomic_add_float_local(volatile __local float* target, float value)
{
    // A guess: where it is wrong, the first try reads the value.
    uint seen = 0;
    uint old;
    do
    {
        old = seen;
        seen = atomic_cmpxchg((volatile __local uint*)target, old, as_uint(as_float(old) + value));
    }
    while (seen != old);
    return as_float(old);
}

// OpenCL 1.2 has no atomic addition of floats: try until no other work-item came between.
static inline __attribute__((always_inline)) float atomic_add_float_global(volatile __global float* target, float value)
{
    // A guess: where it is wrong, the first try reads the value.
    uint seen = 0;
    uint old;
    do
    {
        old = seen;
        seen = atomic_cmpxchg((volatile __global uint*)target, old, as_uint(as_float(old) + value));
    }
    while (seen != old);
    return as_float(old);
}

// Counts and sums with atomics, in shared memory first.
__kernel __attribute__((reqd_work_group_size(32, 1, 1)))
void SharingCount(
    __global const float* restrict x, int x_offset, int x_length,
    __global int* counts, int counts_offset,
    __global uint* extremes, int extremes_offset,
    __global float* sum, int sum_offset)
{
    x += x_offset;
    counts += counts_offset;
    extremes += extremes_offset;
    sum += sum_offset;

    __local int local_[4];
    __local float partial[1];
    if ((int)get_local_id(0) < 4)
    {
        local_[(int)get_local_id(0)] = 0;
    }

    if ((int)get_local_id(0) == 0)
    {
        partial[0] = 0.0f;
    }

    barrier(CLK_LOCAL_MEM_FENCE | CLK_GLOBAL_MEM_FENCE);
    int n = ((int)get_group_id(0) * GROUP_SIZE) + (int)get_local_id(0);
    if (n < x_length)
    {
        float value = x[n];
        atomic_add(&local_[(int)value % 4], 1);
        atomic_add_float_local(&partial[0], value);
        atomic_max(&extremes[0], (uint)value);
        atomic_min(&extremes[1], (uint)value);
        int before = atomic_xchg(&counts[4], n);
        atomic_cmpxchg(&counts[5], -1, before < -5 ? 0 : 7);
    }

    barrier(CLK_LOCAL_MEM_FENCE | CLK_GLOBAL_MEM_FENCE);
    if ((int)get_local_id(0) < 4)
    {
        atomic_add(&counts[(int)get_local_id(0)], local_[(int)get_local_id(0)]);
    }

    if ((int)get_local_id(0) == 0)
    {
        atomic_add_float_global(&sum[0], partial[0]);
    }
}
