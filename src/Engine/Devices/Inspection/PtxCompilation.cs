using System.Globalization;
using System.Text;
using ScoreGpu.Engine.Devices.Cuda;
using ScoreGpu.Engine.Devices.Ilgpu;
using ScoreGpu.Engine.Devices.Native;
using ScoreGpu.Kernels.Dialect;

namespace ScoreGpu.Engine.Devices.Inspection;

/// <summary>Compiles kernels to PTX without a device: by NVRTC, or by clang where there is no NVRTC.</summary>
public static class PtxCompilation
{
    /// <summary>The architecture that is compiled for: compute capability 8.0.</summary>
    public const int Capability = 80;

    /// <summary>Compiles a kernel.</summary>
    /// <param name="kernel">The kernel.</param>
    /// <param name="cancellation">Stops the compiler.</param>
    /// <exception cref="InputException">There is no compiler on this machine.</exception>
    /// <exception cref="DeviceException">The compiler failed; the message has its log.</exception>
    public static KernelAssembly Compile(KernelDefinition kernel, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(kernel);
        if (NvrtcCompiler.WhyMissing is not string missing)
        {
            return WithNvrtc(kernel);
        }

        string clang = ClangCompiler.Find() ?? throw new InputException(
            $"PTX needs a compiler of CUDA C, and there is none: {missing}; or install {ClangCompiler.Program}.");
        return new KernelAssembly(
            ClangCompiler.ToPtx(clang, kernel.CudaC, Capability, cancellation),
            $"{ClangCompiler.Program} without libdevice");
    }

    /// <summary>Compiles a kernel by ILGPU, not from CUDA C but from the C# of the kernel.</summary>
    /// <param name="kernel">The kernel.</param>
    /// <exception cref="InputException">ILGPU is not in this build.</exception>
    /// <exception cref="DeviceException">ILGPU does not compile the kernel.</exception>
    public static KernelAssembly CompileByIlgpu(KernelDefinition kernel)
    {
        ArgumentNullException.ThrowIfNull(kernel);
        return IlgpuAssembly.Required.ToPtx(kernel, Capability);
    }

    private static KernelAssembly WithNvrtc(KernelDefinition kernel)
    {
        string architecture = string.Create(CultureInfo.InvariantCulture, $"--gpu-architecture=compute_{Capability}");
        (byte[] image, _) = NvrtcCompiler.Compile(kernel.CudaC, [architecture, "--std=c++17"]);
        return new KernelAssembly(
            Encoding.UTF8.GetString(image).TrimEnd('\0'), $"NVRTC {NvrtcCompiler.Version()}");
    }
}
