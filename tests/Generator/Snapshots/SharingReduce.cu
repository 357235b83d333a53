// SharingReduce, CUDA C.
// Written by ScoreGpu.Kernels.Generator from ScoreGpu.Tests.Generator.Kernels.SharingKernel.Reduce.
//
// Shared memory, barriers, atomics, and views in more than one kind of memory.

#define GROUP_SIZE 32
#define SharingKernel_Size 32

static __device__ __forceinline__ float SharingKernel_Total(const float* values, int count)
{
    float total = 0.0f;
    for (int i = 0; i < count; i++)
    {
        total += values[i];
    }

    return total;
}

static __device__ __forceinline__ float SharingKernel_Total_2(const float* values, int count)
{
    float total = 0.0f;
    for (int i = 0; i < count; i++)
    {
        total += values[i];
    }

    return total;
}

// The sum of each group's elements, by halving.
extern "C" __global__ void __launch_bounds__(32)
SharingReduce(
    const float* __restrict__ x, int x_length,
    float* sums)
{
    __shared__ float shared[32];
    int i = (int)threadIdx.x;
    int n = ((int)blockIdx.x * SharingKernel_Size) + i;
    shared[i] = n < x_length ? x[n] : 0.0f;
    __syncthreads();
    for (int half_ = SharingKernel_Size / 2; half_ > 0; half_ /= 2)
    {
        if (i < half_)
        {
            shared[i] += shared[i + half_];
        }

        __syncthreads();
    }

    if (i == 0)
    {
        sums[(int)blockIdx.x] = SharingKernel_Total(shared, 1) + (0.0f * SharingKernel_Total_2(x, 1));
    }
}
