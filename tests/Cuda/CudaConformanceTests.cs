using ScoreGpu.Engine.Devices.Cuda;
using ScoreGpu.Engine.Devices.Native;
using ScoreGpu.Tests.Accelerators;

namespace ScoreGpu.Tests.Cuda;

public sealed class CudaConformanceTests : AcceleratorConformance
{
    [Fact]
    public void Tells_registers_and_occupancy()
    {
        using CudaContext device = CudaTestDevice.Open();
        using AcceleratorProgram program = device.Compile(TestSource.For(device, TestSource.Reduce));
        using AcceleratorKernel kernel = program.Kernel("reduce");

        Assert.InRange(kernel.Resources.Registers!.Value, 1, 255);
        Assert.Equal(device.Device.WarpSize, kernel.Resources.PreferredMultiple);
        Assert.InRange(((CudaKernel)kernel).Occupancy(256, 1024), 0.01, 1);
    }

    private protected override Accelerator Open(BinaryCache? cache = null) => CudaTestDevice.Open(cache);
}
