using System.Diagnostics;
using System.Text;
using System.Text.RegularExpressions;
using ScoreGpu.Engine.Devices.Inspection;

namespace ScoreGpu.Tests.Generator;

/// <summary>Whether the CUDA C of every kernel compiles to PTX, by a compiler that needs neither a toolkit nor a device.
/// </summary>
public sealed class ClangTests
{
    private const string Compiler = "clang-19";

    /// <summary>What NVRTC knows by itself, for as much of it as the generator writes.</summary>
    private const string Prelude = """
        #define __global__ __attribute__((global))
        #define __device__ __attribute__((device))
        #define __shared__ __attribute__((shared))
        #define __constant__ __attribute__((constant))
        #define __forceinline__ __inline__ __attribute__((always_inline))
        #define __align__(n) __attribute__((aligned(n)))
        #define __launch_bounds__(...) __attribute__((launch_bounds(__VA_ARGS__)))
        #define isnan(x) __builtin_isnan(x)
        #define isinf(x) __builtin_isinf(x)
        #define isfinite(x) __builtin_isfinite(x)

        struct XOnly { unsigned int x; };
        #define threadIdx (XOnly{(unsigned int)__nvvm_read_ptx_sreg_tid_x()})
        #define blockIdx (XOnly{(unsigned int)__nvvm_read_ptx_sreg_ctaid_x()})
        #define blockDim (XOnly{(unsigned int)__nvvm_read_ptx_sreg_ntid_x()})
        #define gridDim (XOnly{(unsigned int)__nvvm_read_ptx_sreg_nctaid_x()})

        #define ONE(name) extern "C" __device__ float name(float);
        #define TWO(name) extern "C" __device__ float name(float, float);
        ONE(acosf) ONE(acoshf) ONE(asinf) ONE(asinhf) ONE(atanf) ONE(atanhf) ONE(cbrtf) ONE(cosf) ONE(coshf) ONE(expf)
        ONE(floorf) ONE(logf) ONE(log10f) ONE(log2f) ONE(sinf) ONE(sinhf) ONE(sqrtf) ONE(tanf) ONE(tanhf) ONE(fabsf)
        ONE(ceilf) ONE(rintf) ONE(truncf) ONE(rsqrtf)
        TWO(atan2f) TWO(copysignf) TWO(powf) TWO(fmaxf) TWO(fminf) TWO(fmodf)
        extern "C" __device__ float fmaf(float, float, float);
        extern "C" __device__ int abs(int);

        static __device__ float __int_as_float(int x) { return __builtin_bit_cast(float, x); }
        static __device__ float __uint_as_float(unsigned int x) { return __builtin_bit_cast(float, x); }
        static __device__ int __float_as_int(float x) { return __builtin_bit_cast(int, x); }
        static __device__ unsigned int __float_as_uint(float x) { return __builtin_bit_cast(unsigned int, x); }

        #define ORDER(T) \
            static __device__ T min(T a, T b) { return a < b ? a : b; } \
            static __device__ T max(T a, T b) { return a < b ? b : a; }
        ORDER(int) ORDER(unsigned int) ORDER(long long) ORDER(unsigned long long)

        #define ATOMICS(T) \
            __device__ T atomicAdd(T* p, T v); \
            __device__ T atomicMax(T* p, T v); \
            __device__ T atomicMin(T* p, T v); \
            __device__ T atomicExch(T* p, T v); \
            __device__ T atomicCAS(T* p, T expected, T v);
        ATOMICS(int) ATOMICS(unsigned int)
        __device__ float atomicAdd(float* p, float v);

        """;

    private static readonly Lazy<string?> s_missing = new(WhyMissing);

    public static TheoryData<string> Names => [.. Kernels.Select(kernel => kernel.Name)];

    private static IEnumerable<KernelDefinition> Kernels
        => ScoreGpu.Kernels.GeneratedKernels.All.Concat(GeneratedKernels.All);

    [Theory]
    [MemberData(nameof(Names))]
    public void CudaCompilesToPtx(string name)
    {
        RequireCompiler();
        KernelDefinition kernel = Kernels.Single(candidate => candidate.Name == name);

        (int code, string ptx, string errors) = Compile(kernel.CudaC);

        Assert.True(code == 0, $"{name} does not compile:\n{errors}");
        Assert.Equal("", errors);
        Assert.Matches($@"\.visible \.entry {name}\(", ptx);
        Assert.Equal(kernel.UsesBarriers, ptx.Contains("bar.sync", StringComparison.Ordinal));
    }

    /// <summary>The body for a whole slice: eight steps of 64 multiply-adds, and four reads of 16 bytes for each.</summary>
    [Theory]
    [InlineData("EvaluateValues", 1)]
    [InlineData("Sample", 1)]
    [InlineData("Denoising", 2)]
    [InlineData("WeightGradient", 1)]
    public void ProductsReadSharedMemorySixteenBytesAtOnce(string name, int products)
    {
        RequireCompiler();
        string ptx = ClangCompiler.ToPtx(
            ClangCompiler.Find()!,
            Kernels.Single(kernel => kernel.Name == name).CudaC,
            PtxCompilation.Capability,
            TestContext.Current.CancellationToken);

        string[] bodies = [.. Regex.Split(ptx, @"^\$L__BB", RegexOptions.Multiline).Where(body => Fmas(body) == 512)];

        Assert.Equal(products, bodies.Length);
        Assert.All(bodies, body =>
        {
            Assert.Equal(32, Regex.Count(body, @"\bld\.shared\.v4\.f32\b"));
            Assert.DoesNotContain("ld.shared.f32", body, StringComparison.Ordinal);
            Assert.InRange(Regex.Count(body, @"^\s+[a-z@]", RegexOptions.Multiline), 512 + 32, 512 + 32 + 40);
        });
        Assert.DoesNotContain("ld.local", ptx, StringComparison.Ordinal);
    }

    [Fact]
    public void WhatIsNoCudaIsRefused()
    {
        RequireCompiler();
        string source = ScoreGpu.Kernels.GeneratedKernels.PhiloxWords.CudaC;

        (int code, _, string errors) = Compile(source.Replace("blockIdx", "groupIdx", StringComparison.Ordinal));

        Assert.NotEqual(0, code);
        Assert.Contains("use of undeclared identifier 'groupIdx'", errors, StringComparison.Ordinal);
    }

    private static int Fmas(string ptx) => Regex.Count(ptx, @"\bfma\.rn\.f32\b");

    private static (int Code, string Ptx, string Errors) Compile(string source)
    {
        // -Wno-unknown-cuda-version is about the toolkit, which is not there. Restrict and unrolling are hints, and the
        // optimiser says where it does not follow one.
        ProcessStartInfo info = new(
            Compiler,
            [
                "-x", "cuda", "--cuda-device-only", "--cuda-gpu-arch=sm_80", "-nocudainc", "-nocudalib", "-std=c++17",
                "-O2", "-S", "-Werror", "-Wno-unknown-cuda-version", "-Wno-pass-failed", "-o", "-", "-",
            ])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardInputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
        };
        using Process process = Process.Start(info)!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        process.StandardInput.Write(Prelude);
        process.StandardInput.Write("#line 1 \"kernel.cu\"\n");
        process.StandardInput.Write(source);
        process.StandardInput.Close();
        process.WaitForExit();
        return (process.ExitCode, output.Result, errors.Result);
    }

    private static void RequireCompiler()
    {
        if (s_missing.Value is not string missing)
        {
            return;
        }

        Assert.False(Environment.GetEnvironmentVariable("SCOREGPU_REQUIRE_CLANG") == "1", missing);
        Assert.Skip(missing);
    }

    private static string? WhyMissing()
    {
        try
        {
            (int code, _, string errors) = Compile("");
            return code == 0 ? null : $"{Compiler} does not compile CUDA: {errors}";
        }
        catch (System.ComponentModel.Win32Exception exception)
        {
            return $"{Compiler} is not installed: {exception.Message}";
        }
    }
}
