using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using ScoreGpu.Kernels.Cpu;
using ScoreGpu.Kernels.Cpu.Simd;

namespace ScoreGpu.Tests.Kernels;

/// <summary>The CPU kernels of one width of vectors against float64; a sealed subclass a width.</summary>
/// <typeparam name="TSimd">The vector instructions.</typeparam>
/// <typeparam name="TVector">The vector type.</typeparam>
public abstract unsafe partial class KernelTests<TSimd, TVector>
    where TSimd : struct, ISimd<TSimd, TVector>
    where TVector : struct
{
    protected KernelTests(bool supported)
    {
        Assert.SkipUnless(supported, $"This processor has no {TSimd.Lanes * 32}-bit vectors with fused multiply-add.");
    }

    [Fact]
    public void The_table_of_kernels_has_this_width() =>
        Assert.Contains(TileKernels.Supported, kernels => kernels.VectorBits == 32 * TSimd.Lanes);

    private static float[] Draw(int seed, int count, double scale = 1)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => (float)(scale * ((2 * random.NextDouble()) - 1)))];
    }
}

public sealed class Kernel512Tests() : KernelTests<Simd512, Vector512<float>>(
    Vector512.IsHardwareAccelerated && Avx512F.IsSupported);

public sealed class Kernel256Tests() : KernelTests<Simd256, Vector256<float>>(
    Vector256.IsHardwareAccelerated && Fma.IsSupported);

public sealed class Kernel128Tests() : KernelTests<Simd128, Vector128<float>>(true);
