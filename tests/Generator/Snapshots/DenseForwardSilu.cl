// DenseForwardSilu, OpenCL C 1.2.
// Written by ScoreGpu.Kernels.Generator from ScoreGpu.Kernels.Gpu.DenseKernel.Forward<ScoreGpu.Kernels.Gpu.Silu>.
//
// A dense layer behind an activation: y = W·f(x) + b for every sample.
//
// A group computes a tile of 32 samples × 32 outputs, and walks along the inputs in slices of 16. The group copies a
// slice of f(x) and one of W to shared memory, so that each element is read from global memory once a tile; each of
// the 64 work-items then multiplies 4 samples by 4 outputs in registers, 16 multiply-adds for 8 reads.
//
//                  outputs (32)                work-item (r, c), r = item / 8, c = item % 8
//                +-------------+
//   inputs (16)  |  W slice ᵀ  |               samples r, r + 8, r + 16, r + 24
//                +-------------+               outputs c, c + 8, c + 16, c + 24
//   inputs (16)         |
//   +----------+ +-------------+
//   | f(x)     | |             |               f(x) slice  [16, 32 samples]
//   | slice  ᵀ |-|   y tile    | samples (32)  W slice     [16, 32 outputs]
//   |          | |             |
//   +----------+ +-------------+
//
// Tiles at the edge are filled with zeros, which add nothing.

#define GROUP_SIZE 64
#define DenseKernel_TileInputs 16
#define DenseKernel_TileSamples 32
#define DenseKernel_TileOutputs 32
#define DenseKernel_Own 4
#define DenseKernel_Stride 8

static inline float Silu_Sigmoid(float x)
{
    return 1.0f / (1.0f + exp(-x));
}

static inline float Silu_Value(float x)
{
    return x * Silu_Sigmoid(x);
}

// Copies f(x) of the tile's samples, transposed.
static inline __attribute__((always_inline)) void DenseKernel_LoadActivated_Silu(__global const float* x,
    __local float* slice, int firstSample, int samples, int firstInput, int inputs)
{
    // Neighbouring work-items read neighbouring inputs of one sample.
    for (int i = (int)get_local_id(0); i < DenseKernel_TileInputs * DenseKernel_TileSamples; i += GROUP_SIZE)
    {
        int input = firstInput + (i % DenseKernel_TileInputs);
        int sample = firstSample + (i / DenseKernel_TileInputs);
        float value = 0.0f;
        if (input < inputs && sample < samples)
        {
            value = Silu_Value(x[(sample * inputs) + input]);
        }

        slice[(i % DenseKernel_TileInputs * DenseKernel_TileSamples) + (i / DenseKernel_TileInputs)] = value;
    }
}

// Copies the weights of the tile's outputs, transposed.
static inline __attribute__((always_inline)) void DenseKernel_LoadWeights(__global const float* weights,
    __local float* slice, int firstOutput, int outputs, int firstInput, int inputs)
{
    for (int i = (int)get_local_id(0); i < DenseKernel_TileInputs * DenseKernel_TileOutputs; i += GROUP_SIZE)
    {
        int input = firstInput + (i % DenseKernel_TileInputs);
        int output = firstOutput + (i / DenseKernel_TileInputs);
        slice[(i % DenseKernel_TileInputs * DenseKernel_TileOutputs)
            + (i / DenseKernel_TileInputs)] = input < inputs && output < outputs
            ? weights[(output * inputs) + input] : 0.0f;
    }
}

// Adds the products of one input: 4 samples by 4 outputs.
static inline __attribute__((always_inline)) void DenseKernel_MultiplyAdd(__local const float* xSlice,
    __local const float* weightSlice, int k, int row, int column, float* sums)
{
    #pragma unroll
    for (int i = 0; i < DenseKernel_Own; i++)
    {
        float value = xSlice[(k * DenseKernel_TileSamples) + row + (DenseKernel_Stride * i)];
        #pragma unroll
        for (int j = 0; j < DenseKernel_Own; j++)
        {
            float weight = weightSlice[(k * DenseKernel_TileOutputs) + column + (DenseKernel_Stride * j)];
            sums[(DenseKernel_Own * i) + j] = fma(value, weight, sums[(DenseKernel_Own * i) + j]);
        }
    }
}

// y = W·f(x) + b.
//   x: The inputs before the activation, [samples, inputs].
//   weights: W, [outputs, inputs].
//   bias: b, [outputs].
//   y: Receives the outputs, [samples, outputs].
//   samples: The number of samples.
//   inputs: The number of inputs.
//   outputs: The number of outputs.
__kernel __attribute__((reqd_work_group_size(64, 1, 1)))
void DenseForwardSilu(
    __global const float* restrict x, int x_offset,
    __global const float* restrict weights, int weights_offset,
    __global const float* restrict bias, int bias_offset,
    __global float* y, int y_offset,
    int samples,
    int inputs,
    int outputs)
{
    x += x_offset;
    weights += weights_offset;
    bias += bias_offset;
    y += y_offset;

    __local float xSlice[512];
    __local float weightSlice[512];
    float sums[16] = {0.0f};

    int tilesAcross = (outputs + DenseKernel_TileOutputs - 1) / DenseKernel_TileOutputs;
    int firstSample = (int)get_group_id(0) / tilesAcross * DenseKernel_TileSamples;
    int firstOutput = (int)get_group_id(0) % tilesAcross * DenseKernel_TileOutputs;
    int row = (int)get_local_id(0) / DenseKernel_Stride;
    int column = (int)get_local_id(0) % DenseKernel_Stride;

    for (int firstInput = 0; firstInput < inputs; firstInput += DenseKernel_TileInputs)
    {
        DenseKernel_LoadActivated_Silu(x, xSlice, firstSample, samples, firstInput, inputs);
        DenseKernel_LoadWeights(weights, weightSlice, firstOutput, outputs, firstInput, inputs);
        barrier(CLK_LOCAL_MEM_FENCE);

        #pragma unroll
        for (int k = 0; k < DenseKernel_TileInputs; k++)
        {
            DenseKernel_MultiplyAdd(xSlice, weightSlice, k, row, column, sums);
        }

        // Nobody may load the next slice before all have used this one.
        barrier(CLK_LOCAL_MEM_FENCE);
    }

    #pragma unroll
    for (int i = 0; i < DenseKernel_Own; i++)
    {
        #pragma unroll
        for (int j = 0; j < DenseKernel_Own; j++)
        {
            int sample = firstSample + row + (DenseKernel_Stride * i);
            int output = firstOutput + column + (DenseKernel_Stride * j);
            if (sample < samples && output < outputs)
            {
                y[(sample * outputs) + output] = sums[(DenseKernel_Own * i) + j] + bias[output];
            }
        }
    }
}
