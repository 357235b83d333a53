using ScoreGpu.Engine.Devices.Native;
using ScoreGpu.Tests.Accelerators;

namespace ScoreGpu.Tests.Cuda;

[Collection(Alone.Name)]
public sealed class CudaLeakTests : AcceleratorLeaks
{
    private protected override Accelerator Open() => CudaTestDevice.Open();
}
