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
#define Gelu_Scale 0.7978845608f
#define Gelu_Cubic 0.044715f

static inline float Gelu_Argument(float x)
{
    return Gelu_Scale * (x + (Gelu_Cubic * x * x * x));
}

static inline float Gelu_Derivative(float x)
{
    float t = tanh(Gelu_Argument(x));
    float slope = Gelu_Scale * (1.0f + (3.0f * Gelu_Cubic * x * x));
    return (0.5f * (1.0f + t)) + (0.5f * x * (1.0f - (t * t)) * slope);
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
