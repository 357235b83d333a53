// MixedLayersScaled_HalvedFourRows, CUDA C.
// Written by ScoreGpu.Kernels.Generator from ScoreGpu.Tests.Generator.Kernels.MixedKernel.Layers<ScoreGpu.Tests.Generator.Kernels.Scaled<ScoreGpu.Tests.Generator.Kernels.Halved>, ScoreGpu.Tests.Generator.Kernels.FourRows>.
//
// What kernels of several layers do: buffers that change places, tiles, nested type arguments.

#define GROUP_SIZE 8
#define Scaled_Factor (-2.5f)
#define MixedKernel_Width 8
#define RowKind_Twice 5
#define RowKind_None 0

static __device__ __forceinline__ float MixedKernel_Weight(int k, int column)
{
    return 0.1f * ((k ^ column) + 1);
}

static __device__ __forceinline__ float Halved_Value(float x)
{
    return x / 2.0f;
}

static __device__ __forceinline__ float Scaled_Halved_Value(float x)
{
    return Scaled_Factor * Halved_Value(x);
}

static __device__ __forceinline__ float MixedKernel_Row_Scaled_Halved(const float* row, int row_length,
    int column)
{
    float sum = 0.0f;
    for (int k = 0; k < row_length; k++)
    {
        const float* entry = &row[k];
        sum += (*entry) * MixedKernel_Weight(k, column);
    }

    return Scaled_Halved_Value(sum);
}

static __device__ __forceinline__ void MixedKernel_AddTo(float* target, float value)
{
    (*target) += value;
}

static __device__ __forceinline__ float MixedKernel_Largest(const float* values, int values_length)
{
    float largest = __int_as_float((int)0xFF800000u);
    for (int i = 0; i < values_length; i++)
    {
        largest = fmaxf(largest, values[i]);
    }

    return largest;
}

static __device__ __forceinline__ float MixedKernel_Largest_2(const float* values, int values_length)
{
    float largest = __int_as_float((int)0xFF800000u);
    for (int i = 0; i < values_length; i++)
    {
        largest = fmaxf(largest, values[i]);
    }

    return largest;
}

static __device__ __forceinline__ float MixedKernel_Bits(unsigned int value)
{
    unsigned int bits = value;
    bits ^= bits << 13;
    bits ^= bits >> 17;
    unsigned long long wide = bits * 3ull;
    wide += (unsigned long long)bits;
    return (float)(wide % 1000ull);
}

// Layers in shared memory; the buffers change places after each.
//   shape: A name that the launcher has too.
//   x: The inputs, [rows, 8].
//   kind: A number of an enumeration.
//   y: Receives the outputs.
extern "C" __global__ void __launch_bounds__(8)
MixedLayersScaled_HalvedFourRows(
    int shape,
    const float* __restrict__ x, int x_length,
    int kind,
    float* y)
{
    __shared__ float first[32];
    __shared__ float second[32];
    float* source = first;
    int source_length = 32;
    float* target = second;
    int target_length = 32;
    int column = (int)threadIdx.x;
    #pragma unroll
    for (int i = 0; i < 4; i++)
    {
        source[(i * MixedKernel_Width) + column] = x[(i * MixedKernel_Width) + column];
    }

    __syncthreads();
    for (int layer = 0; layer < shape; layer++)
    {
        #pragma unroll
        for (int i = 0; i < 4; i++)
        {
            target[(i * MixedKernel_Width) + column] =
                MixedKernel_Row_Scaled_Halved(&source[i * MixedKernel_Width], MixedKernel_Width, column);
        }

        __syncthreads();
        float* swap = source;
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

    const float* chosen = (kind == RowKind_Twice ? source : target);
    int chosen_length = (kind == RowKind_Twice ? source_length : target_length);
    bool isLow = column < 4 & kind != RowKind_None;
    y[column] = sums[0] + sums[1] + (isLow ? MixedKernel_Largest(chosen, chosen_length)
        : -(-MixedKernel_Largest_2(x, x_length))) + sqrtf(fabsf(sums[0]));
    for (; ; )
    {
        if (((column > 2 && column < 6)) || shape == 0)
        {
            y[column] += MixedKernel_Bits((unsigned int)column);
        }

        break;
    }
}
