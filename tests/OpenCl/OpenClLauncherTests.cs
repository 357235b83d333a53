using ScoreGpu.Engine.Devices.Native;
using ScoreGpu.Tests.Accelerators;

namespace ScoreGpu.Tests.OpenCl;

public sealed class OpenClLauncherTests : LauncherConformance
{
    private protected override Accelerator Open() => OpenClTestDevice.Open();
}
