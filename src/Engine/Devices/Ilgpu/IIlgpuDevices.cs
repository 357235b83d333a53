using ScoreGpu.Engine.Devices.Inspection;
using ScoreGpu.Engine.Devices.Kernel;
using ScoreGpu.Engine.Devices.Native;
using ScoreGpu.Kernels.Dialect;

namespace ScoreGpu.Engine.Devices.Ilgpu;

/// <summary>What the engine asks of the assembly that compiles the kernels by ILGPU.</summary>
public interface IIlgpuDevices
{
    /// <summary>What each of ILGPU's devices is on this machine, and why one cannot be used.</summary>
    IReadOnlyList<DeviceSummary> Describe();

    /// <summary>Starts a device.</summary>
    /// <param name="selector">What follows <c>ilgpu:</c> in the device's name; null for the best.</param>
    /// <exception cref="InputException">There is no such device, or it is not usable.</exception>
    /// <exception cref="DeviceException">The driver failed.</exception>
    KernelMachine Open(string? selector);

    /// <summary>A kernel as the PTX that ILGPU writes; no device is needed.</summary>
    /// <param name="kernel">The kernel.</param>
    /// <param name="capability">The compute capability, as in 80 for 8.0.</param>
    /// <exception cref="DeviceException">ILGPU does not compile the kernel; the message says why.</exception>
    KernelAssembly ToPtx(KernelDefinition kernel, int capability);
}
