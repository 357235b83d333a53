using ScoreGpu.Engine;
using ScoreGpu.Engine.Devices;
using ScoreGpu.Engine.Devices.Native;
using ScoreGpu.Engine.Devices.OpenCl;
using ScoreGpu.Engine.Devices.OpenCl.Native;

namespace ScoreGpu.Tests.OpenCl;

public sealed class OpenClDeviceTests
{
    private static readonly OpenClFeatures Good = new(
        IsAvailable: true,
        HasCompiler: true,
        IsLittleEndian: true,
        Version: "OpenCL 1.2 words",
        Extensions: string.Empty,
        LocalMemoryBytes: 32 << 10,
        MaxGroupSize: 256,
        FloatConfig: 0x3F);

    [Fact]
    public void Describes_the_device_of_this_machine()
    {
        OpenClDeviceInfo device = OpenClTestDevice.Find();

        Assert.Equal("opencl", device.Api);
        Assert.NotEmpty(device.Name);
        Assert.NotEmpty(device.Vendor);
        Assert.NotEmpty(device.DriverVersion);
        Assert.StartsWith("OpenCL ", device.Version, StringComparison.Ordinal);
        Assert.InRange(device.GlobalMemoryBytes, 1L << 26, 1L << 50);
        Assert.InRange(device.MaxAllocationBytes, 1L << 24, device.GlobalMemoryBytes);
        Assert.InRange(device.LocalMemoryBytes, OpenClDeviceInfo.LeastLocalMemory, 1L << 30);
        Assert.InRange(device.ComputeUnits, 1, 1 << 16);
        Assert.InRange(device.MaxGroupSize, OpenClDeviceInfo.LeastGroupSize, 1 << 20);
        Assert.Equal($"opencl:{device.Index} {device.Name} ({device.Platform})", device.ToString());
    }

    [Fact]
    public void A_CPU_is_never_picked_by_itself()
    {
        OpenClDeviceInfo device = OpenClTestDevice.Find();
        Assert.SkipWhen(device.IsGpu, "the device is a GPU");
        Assert.NotSame(device, AcceleratorCatalog.BestGpu());
    }

    [Fact]
    public void What_the_kernels_need_is_checked()
    {
        Assert.Null(Good.WhyNotUsable());
        Assert.Null((Good with { Version = "OpenCL 3.0 CUDA" }).WhyNotUsable());
        AssertNot("not available", Good with { IsAvailable = false });
        AssertNot("compiler", Good with { HasCompiler = false });
        AssertNot("little-endian", Good with { IsLittleEndian = false });
        AssertNot("atomic", Good with { Version = "OpenCL 1.0 old" });
        AssertNot("OpenCL 1.1 old", Good with { Version = "OpenCL 1.1 old" });
        AssertNot("round", Good with { FloatConfig = 0 });
        AssertNot("local memory", Good with { LocalMemoryBytes = 16 << 10 });
        AssertNot("work-items", Good with { MaxGroupSize = 32 });

        static void AssertNot(string words, OpenClFeatures features) =>
            Assert.Contains(words, features.WhyNotUsable(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("OpenCL 1.2 CUDA", 1, 2)]
    [InlineData("OpenCL 3.0", 3, 0)]
    [InlineData("OpenCL", 0, 0)]
    [InlineData("", 0, 0)]
    [InlineData("OpenCL x.y", 0, 0)]
    public void Reads_versions(string text, int major, int minor) =>
        Assert.Equal((major, minor), OpenClFeatures.ParseVersion(text));

    [Fact]
    public void Devices_are_chosen_by_index_or_name()
    {
        OpenClDeviceInfo[] devices =
        [
            Device(0, "pthread-cpu", "PoCL", isGpu: false),
            Device(1, "Card 100", "Maker"),
            Device(2, "Card 100 Max", "Maker", units: 80),
            Device(3, "Shared graphics", "Other", hasOwnMemory: false, units: 200),
            Device(4, "Old card", "Other", units: 500, whyNot: "it is old"),
        ];

        Assert.Equal(2, Choose(null));
        Assert.Equal(0, Choose("0"));
        Assert.Equal(0, Choose("pocl"));
        Assert.Equal(0, Choose(" PTHREAD "));
        Assert.Equal(1, Choose("card 100"));
        Assert.Equal(2, Choose("max"));
        Assert.Equal(2, DeviceChoice.BestGpu(devices)!.Index);
        Assert.Equal(0, DeviceChoice.Choose("opencl", devices[..1], null, null).Index);
        Assert.Null(DeviceChoice.BestGpu(devices[..1]));

        AssertRefused("fits 3 devices", "card", "opencl:1 Card 100 (Maker), opencl:2", "opencl:4");
        AssertRefused("fits 2 devices", "maker", "opencl:1 Card 100 (Maker), opencl:2");
        AssertRefused("fits no name", "radeon", "opencl:0", "opencl:4");
        AssertRefused("does not exist", "5", "opencl:0 pthread-cpu (PoCL)");
        AssertRefused("it is old", "4", "not usable");
        InputException none = Assert.Throws<InputException>(
            () => DeviceChoice.Choose<OpenClDeviceInfo>("opencl", [], "no loader", null));
        Assert.Contains("no loader", none.Message, StringComparison.Ordinal);
        InputException unusable = Assert.Throws<InputException>(
            () => DeviceChoice.Choose("opencl", devices[4..], null, null));
        Assert.Contains("it is old", unusable.Message, StringComparison.Ordinal);

        int Choose(string? selector) => DeviceChoice.Choose("opencl", devices, null, selector).Index;

        void AssertRefused(string words, string selector, params string[] candidates)
        {
            InputException exception = Assert.Throws<InputException>(
                () => DeviceChoice.Choose("opencl", devices, null, selector));
            Assert.Contains(words, exception.Message, StringComparison.Ordinal);
            Assert.All(
                candidates, candidate => Assert.Contains(candidate, exception.Message, StringComparison.Ordinal));
        }
    }

    [Fact]
    public void What_plays_every_type_is_no_GPU()
    {
        Assert.True(OpenClDeviceInfo.IsRealGpu(OpenClConstants.DeviceTypeGpu));
        Assert.False(OpenClDeviceInfo.IsRealGpu(OpenClConstants.DeviceTypeCpu));
        Assert.False(OpenClDeviceInfo.IsRealGpu(OpenClConstants.DeviceTypeGpu | OpenClConstants.DeviceTypeCpu));
    }

    [Fact]
    public void An_unusable_device_is_not_opened() =>
        Assert.Contains(
            "it is old",
            Assert.Throws<InputException>(() => new OpenClContext(Device(0, "a", "b", whyNot: "it is old"))).Message,
            StringComparison.Ordinal);

    internal static OpenClDeviceInfo Device(
        int index,
        string name,
        string platform,
        bool isGpu = true,
        bool hasOwnMemory = true,
        int units = 10,
        string? whyNot = null) => new()
        {
            Index = index,
            Name = name,
            Platform = platform,
            Vendor = platform,
            Version = "OpenCL 1.2",
            PlatformVersion = "OpenCL 1.2",
            DriverVersion = "1",
            Type = isGpu ? "GPU" : "CPU",
            IsGpu = isGpu,
            HasOwnMemory = hasOwnMemory,
            GlobalMemoryBytes = 1 << 30,
            MaxAllocationBytes = 1 << 28,
            LocalMemoryBytes = 32 << 10,
            ComputeUnits = units,
            MaxGroupSize = 256,
            ClockMegahertz = 1000,
            WhyNotUsable = whyNot,
            PlatformId = 0,
            DeviceId = 0,
        };
}
