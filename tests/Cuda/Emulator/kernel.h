// The words of CUDA C that a kernel uses, for a C++ compiler: what stands before each kernel that the emulation of
// NVRTC compiles, and what each module shows to the emulation of the driver.
#pragma once

struct Index { unsigned int x, y, z; };

// What a thread knows of itself, and where it waits for the others. The driver fills it in before a thread goes on.
struct ThreadView {
    Index threadIdx, blockIdx, blockDim, gridDim;
    void (*barrier)(int line);
};

constexpr int MaxParameters = 64;

// A kernel as the driver calls it: its parameters are addresses, as cuLaunchKernel takes them.
struct KernelEntry {
    void (*call)(void **parameters);
    int maxThreads;  // of __launch_bounds__; 0 for none
    int parameterCount;
    struct { int bytes, alignment; } parameters[MaxParameters];
};

// The shared memory whose size the launch chooses. Above it lie bytes that no kernel may change.
constexpr unsigned int MaxSharedBytes = 227 << 10;
constexpr unsigned int SharedGuardBytes = 256;

#ifdef COMPILES_KERNEL

extern "C" {
ThreadView *emulationThread;
__attribute__((aligned(128))) unsigned char emulationDynamicShared[MaxSharedBytes + SharedGuardBytes];

// The linker's names for the ends of the section that holds every __shared__ array of the module.
extern char __start_shared_arrays[] __attribute__((weak, visibility("hidden")));
extern char __stop_shared_arrays[] __attribute__((weak, visibility("hidden")));
void *emulationSharedEnds(bool stop) { return stop ? __stop_shared_arrays : __start_shared_arrays; }
}

// Blocks run one after another, so one array serves them all. "used" keeps the optimiser from reasoning that nobody
// else writes to it.
#define __shared__ static __attribute__((section("shared_arrays"), used))
#define __global__
#define __host__
#define __device__
#define __constant__
#define __align__(n) __attribute__((aligned(n)))
#define __forceinline__ inline __attribute__((always_inline))
#define __launch_bounds__(...)
#define threadIdx (emulationThread->threadIdx)
#define blockIdx (emulationThread->blockIdx)
#define blockDim (emulationThread->blockDim)
#define gridDim (emulationThread->gridDim)
#define __syncthreads() emulationThread->barrier(__LINE__)

#define ONE(name) extern "C" float name(float);
#define TWO(name) extern "C" float name(float, float);
ONE(acosf) ONE(acoshf) ONE(asinf) ONE(asinhf) ONE(atanf) ONE(atanhf) ONE(cbrtf) ONE(ceilf) ONE(cosf) ONE(coshf)
ONE(expf) ONE(fabsf) ONE(floorf) ONE(log10f) ONE(log2f) ONE(logf) ONE(rintf) ONE(sinf) ONE(sinhf) ONE(sqrtf) ONE(tanf)
ONE(tanhf) ONE(truncf)
TWO(atan2f) TWO(copysignf) TWO(fmaxf) TWO(fminf) TWO(fmodf) TWO(powf)
extern "C" float fmaf(float, float, float);
extern "C" int abs(int);
#undef ONE
#undef TWO

#define isnan(x) __builtin_isnan(x)
#define isinf(x) __builtin_isinf(x)
#define isfinite(x) __builtin_isfinite(x)
static inline float rsqrtf(float x) { return 1.0f / sqrtf(x); }
static inline float __int_as_float(int x) { return __builtin_bit_cast(float, x); }
static inline float __uint_as_float(unsigned int x) { return __builtin_bit_cast(float, x); }
static inline int __float_as_int(float x) { return __builtin_bit_cast(int, x); }
static inline unsigned int __float_as_uint(float x) { return __builtin_bit_cast(unsigned int, x); }
template <typename T> static inline T min(T a, T b) { return b < a ? b : a; }
template <typename T> static inline T max(T a, T b) { return a < b ? b : a; }

// Threads take turns, and a turn ends at a barrier only: nothing comes between these steps.
template <typename T> static inline T exchange(T *at, T value) { T before = *at; *at = value; return before; }
template <typename T> static inline T atomicAdd(T *at, T value) { return exchange<T>(at, *at + value); }
template <typename T> static inline T atomicMax(T *at, T value) { return exchange(at, max(*at, value)); }
template <typename T> static inline T atomicMin(T *at, T value) { return exchange(at, min(*at, value)); }
template <typename T> static inline T atomicExch(T *at, T value) { return exchange(at, value); }
template <typename T> static inline T atomicCAS(T *at, T expected, T value)
{
    return exchange(at, *at == expected ? value : *at);
}

// Turns the parameters' addresses into a C++ call.
template <int... I> struct Sequence {};
template <typename T, T... I> using SequenceOf = Sequence<I...>;
template <auto Kernel> struct Caller;
template <typename... A, void (*Kernel)(A...)> struct Caller<Kernel> {
    template <int... I> static void Apply(void **from, Sequence<I...>) { (void)from; Kernel(*(A *)from[I]...); }
    static void Call(void **from) { Apply(from, __make_integer_seq<SequenceOf, int, sizeof...(A)>()); }
    static constexpr KernelEntry Entry(int maxThreads)
    {
        return {Call, maxThreads, sizeof...(A), {{sizeof(A), alignof(A)}...}};
    }
};

// NVRTC puts one of these behind the text for each kernel.
#define KERNEL_ENTRY(name, maxThreads) \
    extern "C" const KernelEntry emulationKernel_##name; \
    const KernelEntry emulationKernel_##name = Caller<name>::Entry(maxThreads);

#endif
