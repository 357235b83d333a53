using ScoreGpu.Engine;
using ScoreGpu.Engine.Devices;
using ScoreGpu.Engine.Devices.Inspection;

namespace ScoreGpu.Tests.Ilgpu;

/// <summary>A build without ILGPU knows its devices by name, and says how to get them.</summary>
public sealed class IlgpuMissingTests
{
    private const string HowToGet = "-p:UseIlgpu=true";

    [Theory]
    [InlineData("ilgpu")]
    [InlineData("ilgpu:cpu")]
    [InlineData("ilgpu:cuda:0")]
    public void A_device_of_ilgpu_says_how_to_get_it(string name)
    {
        Assert.True(DeviceCatalog.IsChoice(name));
        Assert.Contains(
            HowToGet, Assert.Throws<InputException>(() => DeviceCatalog.Create(name)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ilgpu:")]
    [InlineData("ilgpus")]
    public void Other_names_are_not_devices(string name) => Assert.False(DeviceCatalog.IsChoice(name));

    [Fact]
    public void The_list_of_devices_says_so_in_a_line() =>
        Assert.Contains(
            HowToGet,
            Assert.Single(DeviceCatalog.Describe(), device => device.Name == "ilgpu").Problem,
            StringComparison.Ordinal);

    [Fact]
    public void So_does_the_inspection_of_a_kernel() =>
        Assert.Contains(
            HowToGet,
            Assert.Throws<InputException>(() => PtxCompilation.CompileByIlgpu(ScoreGpu.Kernels.GeneratedKernels.Sample)).Message,
            StringComparison.Ordinal);
}
