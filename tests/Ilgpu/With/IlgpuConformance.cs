using ScoreGpu.Engine.Devices;
using ScoreGpu.Engine.Devices.Kernel;
using ScoreGpu.Tests.Conformance;

namespace ScoreGpu.Tests.Ilgpu;

/// <summary>The device kernels as ILGPU runs them on the CPU.</summary>
public sealed class IlgpuCpuConformance : KernelConformance
{
    // Every run takes the same path, and a second one costs as much as the first.
    protected override int Variants => 1;

    private protected override KernelMachine StartMachine() => DeviceCatalog.OpenMachine("ilgpu:cpu");
}

/// <summary>The device kernels as ILGPU compiles them for the driver of a GPU.</summary>
public abstract class IlgpuGpuConformance(string name, string required) : KernelConformance
{
    // Describing them starts each and times it: once for all tests.
    private static readonly Lazy<IReadOnlyList<DeviceSummary>> Devices = new(DeviceCatalog.Describe);

    protected override int Variants => 2;

    private protected override KernelMachine StartMachine()
    {
        DeviceSummary[] devices =
            [.. Devices.Value.Where(device => device.Name.StartsWith(name, StringComparison.Ordinal))];
        if (devices.All(device => device.Problem is not null))
        {
            string reason = string.Join("; ", devices.Select(device => $"{device.Name}: {device.Problem}"));
            Assert.False(Environment.GetEnvironmentVariable(required) == "1", reason);
            Assert.Skip(reason);
        }

        return DeviceCatalog.OpenMachine(name);
    }
}

/// <summary>Through PTX and NVIDIA's driver.</summary>
public sealed class IlgpuCudaConformance() : IlgpuGpuConformance("ilgpu:cuda", "SCOREGPU_REQUIRE_CUDA");

/// <summary>Through OpenCL C, where a device has what ILGPU's needs.</summary>
public sealed class IlgpuOpenClConformance() : IlgpuGpuConformance("ilgpu:opencl", "SCOREGPU_REQUIRE_ILGPU_OPENCL");
