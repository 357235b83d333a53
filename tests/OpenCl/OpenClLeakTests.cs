using ScoreGpu.Engine.Devices.Native;
using ScoreGpu.Tests.Accelerators;

namespace ScoreGpu.Tests.OpenCl;

[Collection(Alone.Name)]
public sealed class OpenClLeakTests : AcceleratorLeaks
{
    private protected override Accelerator Open() => OpenClTestDevice.Open();
}
