namespace ScoreGpu.Kernels.Generator.Tables;

/// <summary>Names that mean something to OpenCL C or CUDA C, and so cannot name a kernel's variables.</summary>
internal static class ReservedWords
{
    private const string Words =
        """
        auto break case char const continue default do double else enum extern float for goto if inline int long register
        restrict return short signed sizeof static struct switch typedef union unsigned void volatile while bool true
        false asm catch class delete explicit export friend mutable namespace new nullptr operator private protected
        public template this throw try typeid typename using virtual wchar_t and or not xor decltype noexcept constexpr
        kernel global local constant generic half uchar ushort uint ulong size_t ptrdiff_t intptr_t uintptr_t event_t
        sampler_t image1d_t image2d_t image3d_t quad complex imaginary read_only write_only read_write pipe vec_step
        abs acos acosh acospi all any asin asinh asinpi atan atan2 atan2pi atanh atanpi barrier bitselect cbrt ceil clamp
        clz copysign cos cosh cospi cross degrees distance dot erf erfc exp exp10 exp2 expm1 fabs fdim floor fma fmax fmin
        fmod fract frexp hadd hypot ilogb isequal isfinite isgreater isinf isless isnan isnormal isordered ldexp length
        lgamma log log10 log1p log2 logb mad mad24 mad_hi mad_sat max maxmag mem_fence min minmag mix modf mul24 mul_hi nan
        nextafter normalize popcount pow pown powr prefetch radians remainder remquo rhadd rint rootn rotate round rsqrt
        select shuffle sign signbit sin sincos sinh sinpi smoothstep sqrt step sub_sat add_sat tan tanh tanpi tgamma trunc
        upsample printf main NULL NAN INFINITY HUGE_VALF M_PI_F FLT_MAX FLT_MIN FLT_EPSILON INT_MAX INT_MIN UINT_MAX
        expf logf sqrtf tanhf sinf cosf fabsf fmaxf fminf fmaf powf floorf rintf rsqrtf dim3 threadIdx blockIdx blockDim
        gridDim warpSize atomicAdd atomicMax atomicMin atomicExch atomicCAS linux unix GROUP_SIZE dynamicShared
        dynamicSharedBytes self
        """;

    private static readonly HashSet<string> s_words =
        new(Words.Split([' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries), StringComparer.Ordinal);

    internal static bool Contains(string name) => s_words.Contains(name);
}
