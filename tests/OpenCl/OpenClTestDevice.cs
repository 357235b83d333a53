using ScoreGpu.Engine.Devices.Native;
using ScoreGpu.Engine.Devices.OpenCl;

namespace ScoreGpu.Tests.OpenCl;

/// <summary>The OpenCL device of the tests: the best of this machine, or what <c>SCOREGPU_TEST_OPENCL</c> names.
/// </summary>
internal static class OpenClTestDevice
{
    internal static OpenClContext Open(BinaryCache? cache = null) => new(Find(), cache ?? BinaryCache.None);

    internal static OpenClDeviceInfo Find()
    {
        OpenClDeviceCatalog catalog = OpenClDeviceCatalog.Current;
        if (!catalog.Devices.Any(device => device.IsUsable))
        {
            string reason = $"no OpenCL device is usable: {catalog.WhyNone} "
                + string.Join("; ", catalog.Devices.Select(device => $"{device}: {device.WhyNotUsable}"));
            if (Environment.GetEnvironmentVariable("SCOREGPU_REQUIRE_OPENCL") == "1")
            {
                Assert.Fail(reason);
            }

            Assert.Skip(reason);
        }

        return catalog.Choose(Environment.GetEnvironmentVariable("SCOREGPU_TEST_OPENCL"));
    }
}
