// ActivationBackwardGelu, CUDA C.
// Written by ScoreGpu.Kernels.Generator from ScoreGpu.Kernels.Gpu.ActivationKernel.Backward<ScoreGpu.Kernels.Gpu.Gelu>.
//
// An activation on every element of an array.
//
// A work-item walks over the elements with the stride of the whole launch, so that any number of groups will do and
// neighbours read neighbouring elements:
//
//   element    0  1  2 …  T−1 |  T  T+1 … | 2T …        T = groups × group size
//   work-item  0  1  2 …  T−1 |  0  1   … | 0  …

#define GROUP_SIZE 128
#define Gelu_TwoC 1.59576912f
#define Gelu_TwoCk 0.0713548163f

static __device__ __forceinline__ float Gelu_Sigmoid(float x)
{
    return 1.0f / (1.0f + expf(-x * (Gelu_TwoC + (Gelu_TwoCk * x * x))));
}

static __device__ __forceinline__ float Gelu_Slope(float x)
{
    return Gelu_TwoC + (3.0f * Gelu_TwoCk * x * x);
}

static __device__ __forceinline__ float Gelu_Derivative(float x)
{
    float s = Gelu_Sigmoid(x);
    return s + (x * s * (1.0f - s) * Gelu_Slope(x));
}

// dx = dy·f′(x), element by element: the way back.
//   x: The arguments.
//   dy: The gradient with respect to f(x); as long as x.
//   dx: Receives the gradient with respect to x; as long as x.
extern "C" __global__ void __launch_bounds__(128)
ActivationBackwardGelu(
    const float* __restrict__ x, int x_length,
    const float* __restrict__ dy,
    float* dx)
{
    int stride = (int)gridDim.x * GROUP_SIZE;
    for (int i = ((int)blockIdx.x * GROUP_SIZE) + (int)threadIdx.x; i < x_length; i += stride)
    {
        dx[i] = dy[i] * Gelu_Derivative(x[i]);
    }
}
