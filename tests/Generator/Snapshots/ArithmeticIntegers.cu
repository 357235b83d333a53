// ArithmeticIntegers, CUDA C.
// Written by ScoreGpu.Kernels.Generator from ScoreGpu.Tests.Generator.Kernels.ArithmeticKernel.Integers.
//
// Whole numbers, conversions and bits, where C and C# could part.

#define ArithmeticKernel_Golden 0x9E3779B9u
#define ArithmeticKernel_Mask 0x0FF0

// One result a slot.
extern "C" __global__ void
ArithmeticIntegers(
    const int* __restrict__ x,
    const unsigned int* __restrict__ u,
    int* results)
{
    int n = (int)threadIdx.x;
    int a = x[n];
    unsigned int b = u[n];
    int* r = &results[n * 16];

    r[0] = a >> 3;
    r[1] = (int)((unsigned int)(a) >> 3);
    r[2] = a << ((a & 63) & 31);
    r[3] = (int)(((unsigned long long)b * ArithmeticKernel_Golden) >> 32);
    r[4] = (long long)a < (long long)b ? 1 : 0;  // int meets uint: both are long in C#
    r[5] = (int)((a - (long long)b) >> 7);
    r[6] = a % 7;
    r[7] = a / -3;
    r[8] = (int)(-(long long)b >> 1);
    r[9] = (a & ArithmeticKernel_Mask) | (int)(b ^ 0xFFu);
    r[10] = max(a, -5) + min(a, 5) + min(max(a, -2), 2) + abs(a % 1000);
    r[11] = (signed char)a + (unsigned char)b + (short)a + (unsigned short)b;
    r[12] = (int)(b >> (33 & 31));
    r[13] = (int)(((unsigned long long)(b) * (unsigned long long)(b)));
    r[14] = (int)((unsigned int)((unsigned long long)a >> 40));
    r[15] = (-2147483647 - 1) + (int)(b & 2147483647);
}
