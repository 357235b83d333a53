using ScoreGpu.Engine.Devices;
using ScoreGpu.Engine.Devices.Cuda;
using ScoreGpu.Engine.Devices.Cuda.Native;
using ScoreGpu.Engine.Devices.Native;

namespace ScoreGpu.Tests.Cuda;

public sealed class CudaErrorTests
{
    [Theory]
    [InlineData(2, DeviceFailure.OutOfMemory, "smaller batches")]
    [InlineData(701, DeviceFailure.OutOfMemory, "registers")]
    [InlineData(100, DeviceFailure.Unavailable, "finds no CUDA device")]
    [InlineData(222, DeviceFailure.BuildFailed, "newer than the driver")]
    [InlineData(700, DeviceFailure.DeviceLost, "outside its buffers")]
    [InlineData(715, DeviceFailure.DeviceLost, "lost")]
    [InlineData(214, DeviceFailure.DeviceLost, "lost")]
    [InlineData(400, DeviceFailure.Other, "cuStreamSynchronize failed with")]
    public void What_can_happen_to_anyone_is_explained(int code, DeviceFailure failure, string words)
    {
        CudaException exception = Assert.Throws<CudaException>(() => CudaCode.Check(code, "cuStreamSynchronize"));
        Assert.Equal(failure, exception.Failure);
        Assert.Equal(code, exception.Code);
        Assert.Equal("cuStreamSynchronize", exception.Call);
        Assert.Contains(words, exception.Message, StringComparison.Ordinal);
        CudaCode.Check(0, "cuInit");
    }

    [Fact]
    public void A_missing_driver_or_device_is_a_reason_not_an_exception()
    {
        CudaDeviceCatalog catalog = CudaDeviceCatalog.Current;
        Assert.SkipWhen(catalog.Devices.Count > 0, "there is a CUDA device");

        Assert.NotEmpty(catalog.WhyNone!);
        Assert.Contains(AcceleratorCatalog.Problems, line => line == $"cuda: {catalog.WhyNone}");
        Assert.Contains(
            catalog.WhyNone!,
            Assert.Throws<ScoreGpu.Engine.InputException>(() => AcceleratorCatalog.Choose("cuda")).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_compiler_is_a_reason_not_a_crash()
    {
        Assert.SkipWhen(NvrtcCompiler.WhyMissing is null, "there is NVRTC");

        DeviceException exception = Assert.Throws<DeviceException>(
            () => NvrtcCompiler.Compile("", ["--gpu-architecture=compute_90"]));
        Assert.Equal(DeviceFailure.Unavailable, exception.Failure);
        Assert.Contains("NVRTC", exception.Message, StringComparison.Ordinal);
        Assert.Contains("SCOREGPU_NVRTC", exception.Message, StringComparison.Ordinal);
    }
}
