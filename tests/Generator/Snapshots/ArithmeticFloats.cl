// ArithmeticFloats, OpenCL C 1.2.
// Written by ScoreGpu.Kernels.Generator from ScoreGpu.Tests.Generator.Kernels.ArithmeticKernel.Floats.
//
// Whole numbers, conversions and bits, where C and C# could part.

#define ArithmeticKernel_Third 0.33333334f

// One result a slot.
__kernel
void ArithmeticFloats(
    __global const float* restrict x, int x_offset,
    __global float* results, int results_offset)
{
    x += x_offset;
    results += results_offset;

    int n = (int)get_local_id(0);
    float a = x[n];
    __global float* r = &results[n * 20];
    r[0] = a * ArithmeticKernel_Third;
    r[1] = fmod(a, 0.7f);
    r[2] = (int)a + (n / 2);
    r[3] = as_float(as_int(a) ^ 1);
    r[4] = fma(a, 2.0f, 1.0f);
    r[5] = fabs(a) + sqrt(fabs(a));
    r[6] = fmin(fmax(a, -1.0f), 1.0f);
    r[7] = floor(a) + ceil(a) + rint(a) + trunc(a);
    r[8] = pow(fabs(a), 1.5f);
    r[9] = (isnan(a) != 0) ? 1 : 0;
    r[10] = a / (a == 0.0f ? 1.0f : a);
    r[11] = 1e-5f + 0.5f + 2.0f;
    r[12] = (uint)fabs(a);
    r[13] = ((n == 1 || n == 3)) ? -a : +a;
    r[14] = copysign(3.0f, a);
    r[15] = 3.4028235e38f * 0.5f;
    r[16] = as_float(0x3F800000u | ((uint)n << 8));
    r[17] = exp(-a * a) + log(1.0f + (a * a)) + tanh(a) + sin(a) + cos(a);
    r[18] = -3.1415927f;
    r[19] = !(a > 0.0f) && n != 2 ? (float)n : n * 3;
}
