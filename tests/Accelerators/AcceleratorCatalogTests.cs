using ScoreGpu.Engine;
using ScoreGpu.Engine.Devices;
using ScoreGpu.Engine.Devices.Native;
using ScoreGpu.Tests.OpenCl;

namespace ScoreGpu.Tests.Accelerators;

public sealed class AcceleratorCatalogTests
{
    [Fact]
    public void Lists_every_device_or_says_why_there_is_none()
    {
        Assert.All(AcceleratorCatalog.Devices, device => Assert.NotEmpty(device.Name));
        foreach (string api in new[] { "cuda", "opencl" })
        {
            Assert.True(
                AcceleratorCatalog.Devices.Any(device => device.Api == api)
                || AcceleratorCatalog.Problems.Any(line => line.StartsWith(api + ": ", StringComparison.Ordinal)));
        }
    }

    [Fact]
    public void Only_a_GPU_is_picked_by_itself() =>
        Assert.True(AcceleratorCatalog.BestGpu() is null or { IsGpu: true, IsUsable: true });

    [Fact]
    public void Measures_and_chooses()
    {
        AcceleratorInfo device = OpenClTestDevice.Find();
        Assert.Same(device, AcceleratorCatalog.Choose("opencl", $"{device.Index}"));
        TimeSpan latency = AcceleratorCatalog.MeasureLaunchLatency(device, BinaryCache.None);
        TestContext.Current.TestOutputHelper?.WriteLine($"{device}: {latency.TotalMicroseconds} µs a launch");
        Assert.InRange(latency.TotalMicroseconds, 0.1, 1e6);
        Assert.Throws<InputException>(() => AcceleratorCatalog.Choose("vulkan"));
    }

    [Fact]
    public void Measures_what_a_device_does_at_most()
    {
        DeviceRates rates = AcceleratorCatalog.MeasureRates(OpenClTestDevice.Find(), BinaryCache.None, 100_003);
        TestContext.Current.TestOutputHelper?.WriteLine($"{rates}");
        Assert.InRange(rates.MultiplyAddFlops, 1e6, 1e18);
        Assert.InRange(rates.BytesPerSecond, 1e6, 1e18);
        Assert.InRange(rates.LaunchLatency.TotalMicroseconds, 0.1, 1e6);
    }
}
