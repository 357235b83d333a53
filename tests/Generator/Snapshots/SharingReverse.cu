// SharingReverse, CUDA C.
// Written by ScoreGpu.Kernels.Generator from ScoreGpu.Tests.Generator.Kernels.SharingKernel.Reverse.
//
// Shared memory, barriers, atomics, and views in more than one kind of memory.

static __device__ __forceinline__ void SharingKernel_Copy(const int* from, int* to)
{
    to[(int)threadIdx.x] = from[(int)threadIdx.x];
}

// Each group reverses its part in dynamic shared memory.
extern "C" __global__ void
SharingReverse(
    int* x,
    int dynamicSharedBytes)
{
    extern __shared__ __align__(16) unsigned char dynamicShared[];
    int* scratch = (int*)dynamicShared;
    int scratch_length = dynamicSharedBytes / (int)sizeof(int);
    int* part = &x[(int)blockIdx.x * (int)blockDim.x];
    SharingKernel_Copy(part, scratch);
    __syncthreads();
    part[(int)threadIdx.x] = scratch[scratch_length - 1 - (int)threadIdx.x];
}
