using ScoreGpu.Engine.Devices.Native;

namespace ScoreGpu.Tests.Accelerators;

/// <summary>Kernels for tests, written once for both languages.</summary>
internal static class TestSource
{
    internal const string Add = """
        KERNEL void add(GLOBAL const float* a, GLOBAL const float* b, GLOBAL float* sum, int count)
        {
            int i = INDEX;
            if (i < count)
            {
                sum[i] = a[i] + b[i];
            }
        }
        """;

    internal const string Reduce = """
        KERNEL void reduce(GLOBAL const float* values, GLOBAL float* sums, int count LOCAL_PARAMETER)
        {
            LOCAL_ARRAY
            int item = ITEM;
            int i = INDEX;
            partial[item] = i < count ? values[i] : 0.0f;
            BARRIER;
            for (int stride = GROUP_SIZE / 2; stride > 0; stride /= 2)
            {
                if (item < stride)
                {
                    partial[item] += partial[item + stride];
                }

                BARRIER;
            }

            if (item == 0)
            {
                sums[GROUP] = partial[0];
            }
        }
        """;

    internal const string Scalars = """
        typedef struct { int first; float second; ULONG third; } Parts;

        KERNEL void scalars(GLOBAL float* numbers, int a, UINT b, float c, ULONG d, Parts parts)
        {
            numbers[0] = (float)a;
            numbers[1] = (float)b;
            numbers[2] = c;
            numbers[3] = (float)(d >> 32);
            numbers[4] = (float)(d & 0xFFFFFFFFu);
            numbers[5] = (float)parts.first;
            numbers[6] = parts.second;
            numbers[7] = (float)parts.third;
        }
        """;

    internal const string Views = """
        KERNEL void views(VIEW(int, from), VIEW(int, to), int count)
        {
            START(from);
            START(to);
            int i = INDEX;
            if (i < count)
            {
                to[i] = from[i];
            }
        }
        """;

    private const string OpenClNames = """
        #define KERNEL __kernel
        #define GLOBAL __global
        #define INDEX ((int)get_global_id(0))
        #define ITEM ((int)get_local_id(0))
        #define GROUP ((int)get_group_id(0))
        #define GROUP_SIZE ((int)get_local_size(0))
        #define BARRIER barrier(CLK_LOCAL_MEM_FENCE)
        #define LOCAL_PARAMETER , __local float* partial
        #define LOCAL_ARRAY
        #define VIEW(type, name) __global type* name, int name##_start
        #define START(name) name += name##_start
        #define UINT uint
        #define ULONG ulong

        """;

    private const string CudaNames = """
        #define KERNEL extern "C" __global__
        #define GLOBAL
        #define INDEX ((int)(blockIdx.x * blockDim.x + threadIdx.x))
        #define ITEM ((int)threadIdx.x)
        #define GROUP ((int)blockIdx.x)
        #define GROUP_SIZE ((int)blockDim.x)
        #define BARRIER __syncthreads()
        #define LOCAL_PARAMETER
        #define LOCAL_ARRAY extern __shared__ float partial[];
        #define VIEW(type, name) type* name
        #define START(name)
        #define UINT unsigned int
        #define ULONG unsigned long long

        """;

    internal static string For(Accelerator accelerator, string source) =>
        (accelerator.Language == KernelLanguage.OpenClC ? OpenClNames : CudaNames) + source + "\n";
}
