// SharingCount, CUDA C.
// Written by ScoreGpu.Kernels.Generator from ScoreGpu.Tests.Generator.Kernels.SharingKernel.Count.
//
// Shared memory, barriers, atomics, and views in more than one kind of memory.

#define GROUP_SIZE 32

// Counts and sums with atomics, in shared memory first.
extern "C" __global__ void __launch_bounds__(32)
SharingCount(
    const float* __restrict__ x, int x_length,
    int* counts,
    unsigned int* extremes,
    float* sum)
{
    __shared__ int local_[4];
    __shared__ float partial[1];
    if ((int)threadIdx.x < 4)
    {
        local_[(int)threadIdx.x] = 0;
    }

    if ((int)threadIdx.x == 0)
    {
        partial[0] = 0.0f;
    }

    __syncthreads();
    int n = ((int)blockIdx.x * GROUP_SIZE) + (int)threadIdx.x;
    if (n < x_length)
    {
        float value = x[n];
        atomicAdd(&local_[(int)value % 4], 1);
        atomicAdd(&partial[0], value);
        atomicMax(&extremes[0], (unsigned int)value);
        atomicMin(&extremes[1], (unsigned int)value);
        int before = atomicExch(&counts[4], n);
        atomicCAS(&counts[5], -1, before < -5 ? 0 : 7);
    }

    __syncthreads();
    if ((int)threadIdx.x < 4)
    {
        atomicAdd(&counts[(int)threadIdx.x], local_[(int)threadIdx.x]);
    }

    if ((int)threadIdx.x == 0)
    {
        atomicAdd(&sum[0], partial[0]);
    }
}
