// SharingReverse, OpenCL C 1.2.
// Written by ScoreGpu.Kernels.Generator from ScoreGpu.Tests.Generator.Kernels.SharingKernel.Reverse.
//
// Shared memory, barriers, atomics, and views in more than one kind of memory.

static inline void SharingKernel_Copy(__global const int* from, __local int* to)
{
    to[(int)get_local_id(0)] = from[(int)get_local_id(0)];
}

// Each group reverses its part in dynamic shared memory.
__kernel
void SharingReverse(
    __global int* x, int x_offset,
    __local ulong* dynamicShared,
    int dynamicSharedBytes)
{
    x += x_offset;

    __local int* scratch = (__local int*)dynamicShared;
    int scratch_length = dynamicSharedBytes / (int)sizeof(int);
    __global int* part = &x[(int)get_group_id(0) * (int)get_local_size(0)];
    SharingKernel_Copy(part, scratch);
    barrier(CLK_LOCAL_MEM_FENCE | CLK_GLOBAL_MEM_FENCE);
    part[(int)get_local_id(0)] = scratch[scratch_length - 1 - (int)get_local_id(0)];
}
