namespace ScoreGpu.Engine.Devices.Inspection;

/// <summary>What NVRTC knows of itself and clang learns from a toolkit's headers: the words of CUDA C that the kernels
/// use.</summary>
internal static class CudaPrelude
{
    /// <summary>CUDA C, to be put before a kernel.</summary>
    public const string Text =
        """
        #define __host__ __attribute__((host))
        #define __device__ __attribute__((device))
        #define __global__ __attribute__((global))
        #define __shared__ __attribute__((shared))
        #define __constant__ __attribute__((constant))
        #define __align__(n) __attribute__((aligned(n)))
        #define __forceinline__ __inline__ __attribute__((always_inline))
        #define __launch_bounds__(...) __attribute__((launch_bounds(__VA_ARGS__)))
        #include <__clang_cuda_builtin_vars.h>

        #define UNARY(name) extern "C" __device__ float name##f(float x);
        UNARY(acos) UNARY(acosh) UNARY(asin) UNARY(asinh) UNARY(atan) UNARY(atanh) UNARY(cbrt) UNARY(cos) UNARY(cosh)
        UNARY(exp) UNARY(log) UNARY(log10) UNARY(log2) UNARY(sin) UNARY(sinh) UNARY(tan) UNARY(tanh)
        #undef UNARY
        extern "C" __device__ float atan2f(float y, float x);
        extern "C" __device__ float fmodf(float x, float y);
        extern "C" __device__ float powf(float x, float y);

        #define INLINE static __device__ __forceinline__
        INLINE float floorf(float x) { return __builtin_floorf(x); }
        INLINE float ceilf(float x) { return __builtin_ceilf(x); }
        INLINE float rintf(float x) { return __builtin_rintf(x); }
        INLINE float truncf(float x) { return __builtin_truncf(x); }
        INLINE float fabsf(float x) { return __builtin_fabsf(x); }
        INLINE float copysignf(float x, float y) { return __builtin_copysignf(x, y); }
        INLINE float sqrtf(float x) { return __nvvm_sqrt_rn_f(x); }
        INLINE float rsqrtf(float x) { return __nvvm_rsqrt_approx_f(x); }
        INLINE float fmaf(float x, float y, float z) { return __builtin_fmaf(x, y, z); }
        INLINE float fmaxf(float x, float y) { return __builtin_fmaxf(x, y); }
        INLINE float fminf(float x, float y) { return __builtin_fminf(x, y); }
        INLINE int abs(int x) { return x < 0 ? -x : x; }
        INLINE bool isnan(float x) { return __builtin_isnan(x); }
        INLINE bool isinf(float x) { return __builtin_isinf(x); }
        INLINE bool isfinite(float x) { return __builtin_isfinite(x); }
        INLINE float __int_as_float(int x) { return __builtin_bit_cast(float, x); }
        INLINE float __uint_as_float(unsigned int x) { return __builtin_bit_cast(float, x); }
        INLINE int __float_as_int(float x) { return __builtin_bit_cast(int, x); }
        INLINE unsigned int __float_as_uint(float x) { return __builtin_bit_cast(unsigned int, x); }
        template <typename T> INLINE T max(T x, T y) { return x > y ? x : y; }
        template <typename T> INLINE T min(T x, T y) { return x < y ? x : y; }

        #define ATOMICS(T) \
            INLINE T atomicAdd(T *a, T v) { return __atomic_fetch_add(a, v, __ATOMIC_RELAXED); } \
            INLINE T atomicMax(T *a, T v) { return __atomic_fetch_max(a, v, __ATOMIC_RELAXED); } \
            INLINE T atomicMin(T *a, T v) { return __atomic_fetch_min(a, v, __ATOMIC_RELAXED); } \
            INLINE T atomicExch(T *a, T v) { return __atomic_exchange_n(a, v, __ATOMIC_RELAXED); } \
            INLINE T atomicCAS(T *a, T expected, T v) \
            { \
                __atomic_compare_exchange_n(a, &expected, v, false, __ATOMIC_RELAXED, __ATOMIC_RELAXED); \
                return expected; \
            }
        ATOMICS(int)
        ATOMICS(unsigned int)
        #undef ATOMICS
        INLINE float atomicAdd(float *a, float v) { return __nvvm_atom_add_gen_f(a, v); }
        #undef INLINE

        #line 1 "kernel.cu"

        """;
}
