// ActivationBackwardGelu, OpenCL C 1.2.
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

static inline float Gelu_Sigmoid(float x)
{
    return 1.0f / (1.0f + exp(-x * (Gelu_TwoC + (Gelu_TwoCk * x * x))));
}

static inline float Gelu_Slope(float x)
{
    return Gelu_TwoC + (3.0f * Gelu_TwoCk * x * x);
}

static inline float Gelu_Derivative(float x)
{
    float s = Gelu_Sigmoid(x);
    return s + (x * s * (1.0f - s) * Gelu_Slope(x));
}

// dx = dy·f′(x), element by element: the way back.
//   x: The arguments.
//   dy: The gradient with respect to f(x); as long as x.
//   dx: Receives the gradient with respect to x; as long as x.
__kernel __attribute__((reqd_work_group_size(128, 1, 1)))
void ActivationBackwardGelu(
    __global const float* restrict x, int x_offset, int x_length,
    __global const float* restrict dy, int dy_offset,
    __global float* dx, int dx_offset)
{
    x += x_offset;
    dy += dy_offset;
    dx += dx_offset;

    int stride = (int)get_num_groups(0) * GROUP_SIZE;
    for (int i = ((int)get_group_id(0) * GROUP_SIZE) + (int)get_local_id(0); i < x_length; i += stride)
    {
        dx[i] = dy[i] * Gelu_Derivative(x[i]);
    }
}
