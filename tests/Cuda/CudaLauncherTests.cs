using ScoreGpu.Engine.Devices.Native;
using ScoreGpu.Tests.Accelerators;

namespace ScoreGpu.Tests.Cuda;

public sealed class CudaLauncherTests : LauncherConformance
{
    private protected override Accelerator Open() => CudaTestDevice.Open();
}
