using ScoreGpu.Engine.Devices.Cuda;
using ScoreGpu.Engine.Devices.Native;

namespace ScoreGpu.Tests.Cuda;

/// <summary>The CUDA device of the tests: the best of this machine.</summary>
internal static class CudaTestDevice
{
    internal static CudaContext Open(BinaryCache? cache = null)
    {
        CudaDeviceCatalog catalog = CudaDeviceCatalog.Current;
        if (!catalog.Devices.Any(device => device.IsUsable))
        {
            string reason = $"no CUDA device is usable: {catalog.WhyNone} "
                + string.Join("; ", catalog.Devices.Select(device => $"{device}: {device.WhyNotUsable}"));
            if (Environment.GetEnvironmentVariable("SCOREGPU_REQUIRE_CUDA") == "1")
            {
                Assert.Fail(reason);
            }

            Assert.Skip(reason);
        }

        return new CudaContext(catalog.Choose(), cache ?? BinaryCache.None);
    }
}
