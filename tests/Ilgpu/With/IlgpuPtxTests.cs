using System.Text.RegularExpressions;
using ScoreGpu.Engine.Devices.Inspection;

namespace ScoreGpu.Tests.Ilgpu;

/// <summary>ILGPU writes PTX for every kernel, which takes no GPU.</summary>
public sealed class IlgpuPtxTests
{
    public static TheoryData<string> Kernels => [.. ScoreGpu.Kernels.GeneratedKernels.All.Select(kernel => kernel.Name)];

    [Theory]
    [MemberData(nameof(Kernels))]
    public void Every_kernel_is_whole(string name)
    {
        KernelDefinition kernel = ScoreGpu.Kernels.GeneratedKernels.All.Single(kernel => kernel.Name == name);
        KernelAssembly ptx = PtxCompilation.CompileByIlgpu(kernel);

        Assert.StartsWith("ILGPU 1.5", ptx.Compiler, StringComparison.Ordinal);
        Assert.Contains(".target sm_80", ptx.Text, StringComparison.Ordinal);
        Assert.Equal(kernel.UsesBarriers, ptx.Text.Contains("bar.sync", StringComparison.Ordinal)
            || ptx.Text.Contains("barrier.sync", StringComparison.Ordinal));

        // No function that nobody defines, and none of the instructions that are good to a few digits only.
        Assert.DoesNotMatch(new Regex(@"\.extern\s+\.func|call|(tanh|sin|cos)\.approx"), ptx.Text);
        Assert.Equal(
            kernel.CudaC.Contains("fmaf(", StringComparison.Ordinal) || Regex.IsMatch(kernel.CudaC, @"\b(tanh|cos|sin)f\("),
            ptx.Text.Contains("fma.rn.f32", StringComparison.Ordinal));
    }
}
