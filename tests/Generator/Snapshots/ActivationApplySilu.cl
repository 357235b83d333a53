// ActivationApplySilu, OpenCL C 1.2.
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

static inline float Silu_Sigmoid(float x)
{
    return 1.0f / (1.0f + exp(-x));
}

static inline float Silu_Value(float x)
{
    return x * Silu_Sigmoid(x);
}

// y = f(x), element by element.
//   x: The arguments.
//   y: Receives the values; as long as x.
__kernel __attribute__((reqd_work_group_size(128, 1, 1)))
void ActivationApplySilu(
    __global const float* restrict x, int x_offset, int x_length,
    __global float* y, int y_offset)
{
    x += x_offset;
    y += y_offset;

    int stride = (int)get_num_groups(0) * GROUP_SIZE;
    for (int i = ((int)get_group_id(0) * GROUP_SIZE) + (int)get_local_id(0); i < x_length; i += stride)
    {
        y[i] = Silu_Value(x[i]);
    }
}
