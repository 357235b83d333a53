// ArithmeticIntegers, OpenCL C 1.2.
// Written by ScoreGpu.Kernels.Generator from ScoreGpu.Tests.Generator.Kernels.ArithmeticKernel.Integers.
//
// Whole numbers, conversions and bits, where C and C# could part.

#define ArithmeticKernel_Golden 0x9E3779B9u
#define ArithmeticKernel_Mask 0x0FF0

// One result a slot.
__kernel
void ArithmeticIntegers(
    __global const int* restrict x, int x_offset,
    __global const uint* restrict u, int u_offset,
    __global int* results, int results_offset)
{
    x += x_offset;
    u += u_offset;
    results += results_offset;

    int n = (int)get_local_id(0);
    int a = x[n];
    uint b = u[n];
    __global int* r = &results[n * 16];

    r[0] = a >> 3;
    r[1] = (int)((uint)(a) >> 3);
    r[2] = a << ((a & 63) & 31);
    r[3] = (int)(((ulong)b * ArithmeticKernel_Golden) >> 32);
    r[4] = (long)a < (long)b ? 1 : 0;  // int meets uint: both are long in C#
    r[5] = (int)((a - (long)b) >> 7);
    r[6] = a % 7;
    r[7] = a / -3;
    r[8] = (int)(-(long)b >> 1);
    r[9] = (a & ArithmeticKernel_Mask) | (int)(b ^ 0xFFu);
    r[10] = max(a, -5) + min(a, 5) + clamp(a, -2, 2) + (int)abs(a % 1000);
    r[11] = (char)a + (uchar)b + (short)a + (ushort)b;
    r[12] = (int)(b >> (33 & 31));
    r[13] = (int)(((ulong)(b) * (ulong)(b)));
    r[14] = (int)((uint)((ulong)a >> 40));
    r[15] = (-2147483647 - 1) + (int)(b & 2147483647);
}
