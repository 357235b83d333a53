using ScoreGpu.Engine.Devices;
using ScoreGpu.Engine.Devices.Kernel;
using ScoreGpu.Tests.OpenCl;

namespace ScoreGpu.Tests.Conformance;

/// <summary>The device kernels as plain C#, eight threads a group.</summary>
public sealed class DebugConformance : DeviceConformance
{
    // Every run takes the same path; what is left to vary is the machine's load.
    protected override int Variants => 1;

    protected override IDevice Start(int variant) => new KernelDevice(new DebugMachine());
}

/// <summary>The device kernels through OpenCL, on the best device there is.</summary>
public sealed class OpenClConformance : DeviceConformance
{
    protected override int Variants => 2;

    protected override IDevice Start(int variant) => new KernelDevice(new AcceleratorMachine(OpenClTestDevice.Open()));
}
