using ScoreGpu.Engine;
using ScoreGpu.Engine.Devices;
using ScoreGpu.Engine.Devices.Cuda;
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
    public void CUDA_comes_before_OpenCL_where_it_has_a_GPU_that_works()
    {
        AcceleratorInfo large = OpenClDeviceTests.Device(0, "Large card", "Maker", units: 500);
        AcceleratorInfo small = OpenClDeviceTests.Device(1, "Small card", "Maker");
        AcceleratorInfo works = CudaDevice();
        AcceleratorInfo fails = CudaDevice(whyNot: "there is no compiler");
        AcceleratorInfo emulated = CudaDevice(isGpu: false);

        Assert.Same(works, AcceleratorCatalog.BestGpu([small, large, emulated, works]));
        Assert.Same(large, AcceleratorCatalog.BestGpu([fails, emulated, small, large]));
        Assert.Null(AcceleratorCatalog.BestGpu([fails, emulated]));
        Assert.Null(AcceleratorCatalog.BestGpu([]));
    }

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
        Assert.InRange(rates.LocalBytesPerSecond, 1e6, 1e18);
        Assert.InRange(rates.LaunchLatency.TotalMicroseconds, 0.1, 1e6);
    }

    private static CudaDeviceInfo CudaDevice(bool isGpu = true, string? whyNot = null) => new()
    {
        Index = 0,
        Device = 0,
        Capability = 90,
        WarpSize = 32,
        MaxThreadsPerMultiprocessor = 2048,
        Name = "Card",
        Vendor = "NVIDIA",
        Platform = "CUDA",
        Version = "compute capability 9.0",
        DriverVersion = "12.9",
        Type = "GPU",
        IsGpu = isGpu,
        HasOwnMemory = true,
        GlobalMemoryBytes = 1 << 30,
        MaxAllocationBytes = 1 << 30,
        LocalMemoryBytes = 227 << 10,
        ComputeUnits = 4,
        MaxGroupSize = 1024,
        ClockMegahertz = 1000,
        WhyNotUsable = whyNot,
    };
}
