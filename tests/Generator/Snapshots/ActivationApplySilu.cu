// ActivationApplySilu, CUDA C.
// Written by ScoreGpu.Kernels.Generator from ScoreGpu.Kernels.Gpu.ActivationKernel.Apply<ScoreGpu.Kernels.Gpu.Silu>.
//
// An activation on every element of an array.
//
// A work-item walks over the elements with the stride of the whole launch, so that any number of groups will do and
// neighbours read neighbouring elements:
//
//   element    0  1  2 …  T−1 |  T  T+1 … | 2T …        T = groups × group size
//   work-item  0  1  2 …  T−1 |  0  1   … | 0  …

#define GROUP_SIZE 128

static __device__ __forceinline__ float Silu_Sigmoid(float x)
{
    return 1.0f / (1.0f + expf(-x));
}

static __device__ __forceinline__ float Silu_Value(float x)
{
    return x * Silu_Sigmoid(x);
}

// y = f(x), element by element.
//   x: The arguments.
//   y: Receives the values; as long as x.
extern "C" __global__ void __launch_bounds__(128)
ActivationApplySilu(
    const float* __restrict__ x, int x_length,
    float* y)
{
    int stride = (int)gridDim.x * GROUP_SIZE;
    for (int i = ((int)blockIdx.x * GROUP_SIZE) + (int)threadIdx.x; i < x_length; i += stride)
    {
        y[i] = Silu_Value(x[i]);
    }
}
