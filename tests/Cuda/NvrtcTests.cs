using System.Text;
using ScoreGpu.Engine.Devices.Cuda;
using ScoreGpu.Engine.Devices.Cuda.Native;
using ScoreGpu.Engine.Devices.Native;

namespace ScoreGpu.Tests.Cuda;

public sealed class NvrtcTests
{
    private static readonly int[] Known = [75, 80, 86, 89, 90];

    [Theory]
    [InlineData(90, "--gpu-architecture=sm_90")]
    [InlineData(75, "--gpu-architecture=sm_75")]
    [InlineData(87, "--gpu-architecture=compute_86")]
    [InlineData(120, "--gpu-architecture=compute_90")]
    public void Compiles_for_the_device_or_for_the_driver_to_go_on(int capability, string option) =>
        Assert.Equal(option, NvrtcCompiler.ArchitectureOption(capability, Known));

    [Fact]
    public void A_device_that_is_too_old_is_explained()
    {
        DeviceException exception = Assert.Throws<DeviceException>(
            () => NvrtcCompiler.ArchitectureOption(61, Known));
        Assert.Contains("75, 80, 86, 89, 90; the device has 61", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Options_of_the_caller_come_last_and_replace_defaults()
    {
        Assert.Equal(
            ["--gpu-architecture=sm_80", "--std=c++17", "-DA=1"], CudaProgram.Options(80, Known, ["-DA=1"]));
        Assert.Equal(
            ["--std=c++17", "--gpu-architecture=compute_75"],
            CudaProgram.Options(80, Known, ["--gpu-architecture=compute_75"]));
        Assert.Equal(
            ["--gpu-architecture=sm_80", "--std=c++20"], CudaProgram.Options(80, Known, ["--std=c++20"]));
        Assert.DoesNotContain(
            CudaProgram.Options(80, Known, []),
            option => option.Contains("fast", StringComparison.Ordinal));
    }

    [Fact]
    public void Looks_in_the_loaders_path_then_in_toolkits()
    {
        string[] names = ["libnvrtc.so.13", "libnvrtc.so.12"];
        string found = Path.Combine("/opt/cuda", "targets/x86_64-linux/lib", "libnvrtc.so.12");

        Assert.Equal(
            [.. names, found],
            NvrtcPlaces.Candidates(names, null, ["/none", "/opt/cuda"], path => path == found));
        Assert.Equal(["/a/file"], NvrtcPlaces.Candidates(names, "/a/file", ["/opt/cuda"], path => path == "/a/file"));
        Assert.Equal(
            ["/a/libnvrtc.so.13", "/a/libnvrtc.so.12"],
            NvrtcPlaces.Candidates(names, "/a", ["/opt/cuda"], _ => false).Select(path => path.Replace('\\', '/')));
    }

    [Fact]
    public void Compiles_to_PTX_without_a_device()
    {
        Assert.SkipWhen(NvrtcCompiler.WhyMissing is not null, NvrtcCompiler.WhyMissing ?? string.Empty);
        int newest = NvrtcCompiler.SupportedArchitectures().Max();

        (byte[] ptx, _) = NvrtcCompiler.Compile(
            "extern \"C\" __global__ void fill(float* a) { a[threadIdx.x] = 1.0f; }",
            [$"--gpu-architecture=compute_{newest}"]);

        Assert.Contains(".entry fill", Encoding.UTF8.GetString(ptx), StringComparison.Ordinal);
    }
}
