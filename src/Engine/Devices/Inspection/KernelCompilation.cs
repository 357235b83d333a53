using ScoreGpu.Engine.Devices.Cuda;
using ScoreGpu.Engine.Devices.Native;
using ScoreGpu.Engine.Naming;
using ScoreGpu.Kernels.Dialect;

namespace ScoreGpu.Engine.Devices.Inspection;

/// <summary>Compiles single kernels to look at what comes of them.</summary>
public static class KernelCompilation
{
    /// <summary>The devices that compile kernels. Each may be followed by a colon and an index or a part of a name.
    /// </summary>
    public static IReadOnlyList<string> Devices => AcceleratorCatalog.Apis;

    /// <summary>Whether a text names such a device.</summary>
    public static bool IsDevice(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return AcceleratorName.TryParse(name, out _);
    }

    /// <summary>Compiles a kernel for a device.</summary>
    /// <param name="kernel">The kernel.</param>
    /// <param name="device">One of <see cref="Devices"/>, as in <c>opencl:0</c>.</param>
    /// <exception cref="InputException">There is no such device, or it is not usable.</exception>
    /// <exception cref="DeviceException">The driver or its compiler failed.</exception>
    public static CompiledKernel Compile(KernelDefinition kernel, string device)
    {
        ArgumentNullException.ThrowIfNull(kernel);
        ArgumentNullException.ThrowIfNull(device);
        if (!AcceleratorName.TryParse(device, out AcceleratorName? name))
        {
            throw NearestNames.Unknown("device that compiles kernels", device, Devices);
        }

        using Accelerator accelerator = AcceleratorCatalog.Open(
            AcceleratorCatalog.Choose(name.Value.Api, name.Value.Selector));
        using AcceleratorProgram program = accelerator.Compile(
            accelerator.Language == KernelLanguage.OpenClC ? kernel.OpenClC : kernel.CudaC);
        using AcceleratorKernel compiled = program.Kernel(kernel.Name);
        KernelResources resources = compiled.Resources;
        return new CompiledKernel(
            accelerator.Info,
            resources.MaxGroupSize,
            resources.PreferredMultiple,
            resources.LocalBytes,
            resources.PrivateBytes,
            resources.Registers,
            kernel.GroupSize > 0 && compiled is CudaKernel cuda ? cuda.Occupancy(kernel.GroupSize, 0) : null,
            program.Binary(),
            program.BuildLog);
    }
}
