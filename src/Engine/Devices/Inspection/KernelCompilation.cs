using ScoreGpu.Engine.Devices.Cuda;
using ScoreGpu.Engine.Devices.Native;
using ScoreGpu.Kernels.Dialect;

namespace ScoreGpu.Engine.Devices.Inspection;

/// <summary>Compiles single kernels to look at what comes of them.</summary>
public static class KernelCompilation
{
    private const char SelectorMark = ':';

    /// <summary>The devices that compile kernels. Each may be followed by a colon and an index or a part of a name.
    /// </summary>
    public static IReadOnlyList<string> Devices { get; } = ["opencl", "cuda"];

    /// <summary>Whether a text names such a device.</summary>
    public static bool IsDevice(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        (string api, string? selector) = Split(name);
        return Devices.Contains(api) && selector != "";
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
        (string api, string? selector) = Split(device);
        using Accelerator accelerator = AcceleratorCatalog.Open(AcceleratorCatalog.Choose(api, selector));
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

    private static (string Api, string? Selector) Split(string device)
    {
        int mark = device.IndexOf(SelectorMark, StringComparison.Ordinal);
        return mark < 0 ? (device, null) : (device[..mark], device[(mark + 1)..]);
    }
}
