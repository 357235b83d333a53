// ArithmeticFloats, CUDA C.
// Written by ScoreGpu.Kernels.Generator from ScoreGpu.Tests.Generator.Kernels.ArithmeticKernel.Floats.
//
// Whole numbers, conversions and bits, where C and C# could part.

#define ArithmeticKernel_Third 0.33333334f

// One result a slot.
extern "C" __global__ void
ArithmeticFloats(
    const float* __restrict__ x,
    float* results)
{
    int n = (int)threadIdx.x;
    float a = x[n];
    float* r = &results[n * 20];
    r[0] = a * ArithmeticKernel_Third;
    r[1] = fmodf(a, 0.7f);
    r[2] = (int)a + (n / 2);
    r[3] = __int_as_float(__float_as_int(a) ^ 1);
    r[4] = fmaf(a, 2.0f, 1.0f);
    r[5] = fabsf(a) + sqrtf(fabsf(a));
    r[6] = fminf(fmaxf(a, -1.0f), 1.0f);
    r[7] = floorf(a) + ceilf(a) + rintf(a) + truncf(a);
    r[8] = powf(fabsf(a), 1.5f);
    r[9] = (isnan(a) != 0) ? 1 : 0;
    r[10] = a / (a == 0.0f ? 1.0f : a);
    r[11] = 1e-5f + 0.5f + 2.0f;
    r[12] = (unsigned int)fabsf(a);
    r[13] = ((n == 1 || n == 3)) ? -a : +a;
    r[14] = copysignf(3.0f, a);
    r[15] = 3.4028235e38f * 0.5f;
    r[16] = __uint_as_float(0x3F800000u | ((unsigned int)n << 8));
    r[17] = expf(-a * a) + logf(1.0f + (a * a)) + tanhf(a) + sinf(a) + cosf(a);
    r[18] = -3.1415927f;
    r[19] = !(a > 0.0f) && n != 2 ? (float)n : n * 3;
}
