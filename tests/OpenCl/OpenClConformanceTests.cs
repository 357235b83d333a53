using ScoreGpu.Engine.Devices.Native;
using ScoreGpu.Tests.Accelerators;

namespace ScoreGpu.Tests.OpenCl;

public sealed class OpenClConformanceTests : AcceleratorConformance
{
    private protected override Accelerator Open(BinaryCache? cache = null) => OpenClTestDevice.Open(cache);
}
