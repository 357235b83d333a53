using ScoreGpu.Engine;
using ScoreGpu.Engine.Devices;
using ScoreGpu.Engine.Devices.Kernel;
using ScoreGpu.Kernels.Gpu;
using ScoreGpu.Tests.OpenCl;

namespace ScoreGpu.Tests.Devices;

/// <summary>Machines as they are opened for kernels of one's own.</summary>
public sealed class KernelMachineTests
{
    [Theory]
    [InlineData("debug")]
    [InlineData("opencl")]
    public void Runs_a_kernel_between_arrays_of_its_own(string name)
    {
        if (name == "opencl")
        {
            OpenClTestDevice.Find();
        }

        float[] x = [.. Enumerable.Range(0, 65).Select(i => (i - 32) / 8f)];
        using KernelMachine machine = DeviceCatalog.OpenMachine(name);
        using DeviceArray<float> input = machine.Copy<float>(x);
        using DeviceArray<float> output = machine.Zeros(x.Length);
        ActivationApply.Launch<Tanh>(machine, LaunchShape.Covering(x.Length, 128), input.View, output.View);
        float[] y = new float[x.Length];
        output.Read(y);

        Assert.Equal(name, machine.Name);
        Assert.All(y.Zip(x), pair => Assert.Equal(Math.Tanh(pair.Second), pair.First, 1e-6));
    }

    [Theory]
    [InlineData("cpu")]
    [InlineData("auto")]
    [InlineData("opencl:")]
    [InlineData("nowhere")]
    public void A_device_that_runs_no_kernels_is_refused(string name) =>
        Assert.Contains(
            $"device is '{name}'; expected one that runs kernels: debug or cuda or opencl or ilgpu",
            Assert.Throws<InputException>(() => DeviceCatalog.OpenMachine(name)).Message,
            StringComparison.Ordinal);
}
