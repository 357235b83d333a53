// MixedLayersScaled_HalvedFourRows, OpenCL C 1.2.
// Written by ScoreGpu.Kernels.Generator from ScoreGpu.Tests.Generator.Kernels.MixedKernel.Layers<ScoreGpu.Tests.Generator.Kernels.Scaled<ScoreGpu.Tests.Generator.Kernels.Halved>, ScoreGpu.Tests.Generator.Kernels.FourRows>.
//
// What kernels of several layers do: buffers that change places, tiles, nested type arguments.

#define GROUP_SIZE 8
#define Scaled_Factor (-2.5f)
#define MixedKernel_Width 8
#define RowKind_Twice 5
#define RowKind_None 0

static inline float MixedKernel_Weight(int k, int column)
{
    return 0.1f * ((k ^ column) + 1);
}

static inline float Halved_Value(float x)
{
    return x / 2.0f;
}

static inline float Scaled_Halved_Value(float x)
{
    return Scaled_Factor * Halved_Value(x);
}

static inline __attribute__((always_inline)) float MixedKernel_Row_Scaled_Halved(__local const float* row,
    int row_length, int column)
{
    float sum = 0.0f;
    for (int k = 0; k < row_length; k++)
    {
        __local const float* entry = &row[k];
        sum += (*entry) * MixedKernel_Weight(k, column);
    }

    return Scaled_Halved_Value(sum);
}

static inline void MixedKernel_AddTo(float* target, float value)
{
    (*target) += value;
}

static inline __attribute__((always_inline)) float MixedKernel_Largest(__local const float* values,
    int values_length)
{
    float largest = (-INFINITY);
    for (int i = 0; i < values_length; i++)
    {
        largest = fmax(largest, values[i]);
    }

    return largest;
}

static inline float MixedKernel_Largest_2(__global const float* values, int values_length)
{
    float largest = (-INFINITY);
    for (int i = 0; i < values_length; i++)
    {
        largest = fmax(largest, values[i]);
    }

    return largest;
}

static inline float MixedKernel_Bits(uint value)
{
    uint bits = value;
    bits ^= bits << 13;
    bits ^= bits >> 17;
    ulong wide = bits * 3ul;
    wide += (ulong)bits;
    return (float)(wide % 1000ul);
}

// Layers in shared memory; the buffers change places after each.
//   shape: A name that the launcher has too.
//   x: The inputs, [rows, 8].
//   kind: A number of an enumeration.
//   y: Receives the outputs.
__kernel __attribute__((reqd_work_group_size(8, 1, 1)))
void MixedLayersScaled_HalvedFourRows(
    int shape,
    __global const float* restrict x, int x_offset, int x_length,
    int kind,
    __global float* y, int y_offset)
{
    x += x_offset;
    y += y_offset;

    __local float first[32];
    __local float second[32];
    __local float* source = first;
    int source_length = 32;
    __local float* target = second;
    int target_length = 32;
    int column = (int)get_local_id(0);
    #pragma unroll
    for (int i = 0; i < 4; i++)
    {
        source[(i * MixedKernel_Width) + column] = x[(i * MixedKernel_Width) + column];
    }

    barrier(CLK_LOCAL_MEM_FENCE | CLK_GLOBAL_MEM_FENCE);
    for (int layer = 0; layer < shape; layer++)
    {
        #pragma unroll
        for (int i = 0; i < 4; i++)
        {
            target[(i * MixedKernel_Width) + column] =
                MixedKernel_Row_Scaled_Halved(&source[i * MixedKernel_Width], MixedKernel_Width, column);
        }

        barrier(CLK_LOCAL_MEM_FENCE | CLK_GLOBAL_MEM_FENCE);
        __local float* swap = source;
        int swap_length = source_length;
        source = target, source_length = target_length;
        target = swap, target_length = swap_length;
    }

    const float bias = 0.5f;
    float sums[2] = {1.0f, -bias};
    for (int i = 0, j = 1; i < 4; i++, j *= 2)
    {
        MixedKernel_AddTo(&sums[i & 1], source[(i * MixedKernel_Width) + column] * j);
    }

    __local const float* chosen = (kind == RowKind_Twice ? source : target);
    int chosen_length = (kind == RowKind_Twice ? source_length : target_length);
    bool isLow = column < 4 & kind != RowKind_None;
    y[column] = sums[0] + sums[1] + (isLow ? MixedKernel_Largest(chosen, chosen_length)
        : -(-MixedKernel_Largest_2(x, x_length))) + sqrt(fabs(sums[0]));
    for (; ; )
    {
        if (((column > 2 && column < 6)) || shape == 0)
        {
            y[column] += MixedKernel_Bits((uint)column);
        }

        break;
    }
}
