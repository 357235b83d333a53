extern alias ilgpu;
using ilgpu::ScoreGpu.Ilgpu;
using ScoreGpu.Engine;
using ScoreGpu.Engine.Devices;
using ScoreGpu.Engine.Devices.Kernel;
using ScoreGpu.Engine.Devices.Native;
using ScoreGpu.Kernels.Gpu;

namespace ScoreGpu.Tests.Ilgpu;

/// <summary>ILGPU's devices: which there are, and how they fail.</summary>
/// <remarks>A failed compilation ends the context that all tests of a device share, so these do not run beside others.
/// </remarks>
[CollectionDefinition(nameof(IlgpuDeviceTests), DisableParallelization = true)]
[Collection(nameof(IlgpuDeviceTests))]
public sealed class IlgpuDeviceTests
{
    private static readonly IlgpuTarget[] Targets =
    [
        new("ilgpu:cuda", "", null, "no driver"),
        new("ilgpu:opencl:0", "", null, "too old"),
        new("ilgpu:opencl:1", "", null, null),
        new("ilgpu:cpu", "", null, null),
    ];

    [Fact]
    public void Each_is_listed_usable_or_with_its_reason()
    {
        string[] names = [.. DeviceCatalog.Describe().Select(device => device.Name)];
        Assert.Contains(names, name => name.StartsWith("ilgpu:cuda", StringComparison.Ordinal));
        Assert.Contains(names, name => name.StartsWith("ilgpu:opencl", StringComparison.Ordinal));
        DeviceSummary cpu = Assert.Single(DeviceCatalog.Describe(), device => device.Name == "ilgpu:cpu");
        Assert.Null(cpu.Problem);
        Assert.True(cpu.LaunchLatency > TimeSpan.Zero);
    }

    [Theory]
    [InlineData(null, "ilgpu:opencl:1")]
    [InlineData("opencl", "ilgpu:opencl:1")]
    [InlineData("opencl:1", "ilgpu:opencl:1")]
    [InlineData("cpu", "ilgpu:cpu")]
    public void One_is_chosen_by_its_name(string? selector, string expected) =>
        Assert.Equal(expected, IlgpuDevices.Choose(Targets, selector).Name);

    [Theory]
    [InlineData("cuda", "no driver")]
    [InlineData("opencl:0", "too old")]
    [InlineData("metal", "one of ilgpu:cuda, ilgpu:opencl:0, ilgpu:opencl:1, ilgpu:cpu")]
    [InlineData("cp", "one of ilgpu:cuda")]
    public void One_that_cannot_be_used_says_why(string selector, string reason) =>
        Assert.Contains(
            reason,
            Assert.Throws<InputException>(() => IlgpuDevices.Choose(Targets, selector)).Message,
            StringComparison.Ordinal);

    [Fact]
    public void After_a_kernel_that_does_not_compile_a_new_machine_compiles()
    {
        // A method of the assembly with an object in it, which no kernel can have.
        KernelDefinition bad = ScoreGpu.Kernels.GeneratedKernels.MemoryCopy with
        {
            Name = "Bad",
            Method = "ScoreGpu.Ilgpu.IlgpuLibraries.Use",
        };
        using (KernelMachine machine = DeviceCatalog.OpenMachine("ilgpu:cpu"))
        {
            using DeviceArray<float> array = machine.Zeros(1);
            DeviceException failure = Assert.Throws<DeviceException>(() => Launch(machine, bad, array.View, array.View));
            Assert.Equal(DeviceFailure.BuildFailed, failure.Failure);
            Assert.Contains("does not compile Bad", failure.Message, StringComparison.Ordinal);
            KernelDefinition good = ScoreGpu.Kernels.GeneratedKernels.MemoryCopy with { Name = "Not compiled before" };
            Assert.Contains(
                "start the device again",
                Assert.Throws<DeviceException>(() => Launch(machine, good, array.View, array.View)).Message,
                StringComparison.Ordinal);
        }

        using KernelMachine next = DeviceCatalog.OpenMachine("ilgpu:cpu");
        using DeviceArray<float> x = next.Copy<float>([1f, 2f, 3f]);
        using DeviceArray<float> y = next.Zeros(3);
        MemoryCopy.Launch(next, new LaunchShape(1, MemoryCopyKernel.GroupSize), x.View, y.View);
        float[] values = new float[3];
        y.Read(values);
        Assert.Equal([1f, 2f, 3f], values);
    }

    [Fact]
    public void A_kernel_of_ones_own_is_refused()
    {
        using KernelMachine machine = DeviceCatalog.OpenMachine("ilgpu:cpu");
        using DeviceArray<float> array = machine.Zeros(1);
        KernelDefinition own = ScoreGpu.Kernels.GeneratedKernels.MemoryCopy with { Name = "Own", Method = "Own.Kernel.Run" };
        Assert.Contains(
            "Own.Kernel.Run is not among them",
            Assert.Throws<DeviceException>(() => Launch(machine, own, array.View, array.View)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Views_of_other_memory_and_beyond_an_array_are_refused()
    {
        using KernelMachine machine = DeviceCatalog.OpenMachine("ilgpu:cpu");
        using DeviceArray<float> array = machine.Zeros(4);
        View<float> beyond = new(array.View.Storage!, 1, 4);
        Assert.Throws<ArgumentException>(
            () => Launch(machine, ScoreGpu.Kernels.GeneratedKernels.MemoryCopy, new View<float>(new float[4]), array.View));
        Assert.Throws<ArgumentOutOfRangeException>(
            () => Launch(machine, ScoreGpu.Kernels.GeneratedKernels.MemoryCopy, beyond, array.View));
        Assert.Throws<ArgumentOutOfRangeException>(() => array.Write([1f, 2f], 3));
        Assert.Throws<ArgumentOutOfRangeException>(() => array.Read(new float[5]));
    }

    [Fact]
    public void The_loader_of_opencl_is_found_by_its_versioned_name()
    {
        bool isThere = OpenCl.OpenClTestDevice.Find().IsUsable && OperatingSystem.IsLinux();
        Assert.SkipUnless(isThere, "There is no OpenCL loader of Linux.");
        Assert.Equal("libOpenCL.so.1", IlgpuLibraries.Find("OpenCL"));
    }

    private static void Launch(KernelMachine machine, KernelDefinition kernel, View<float> x, View<float> y) =>
        machine.Launch(kernel, new LaunchShape(1, MemoryCopyKernel.GroupSize), new TwoViews(x, y));

    private readonly struct TwoViews(View<float> x, View<float> y) : IKernelArguments
    {
        public void Bind<TBinder>(ref TBinder binder)
            where TBinder : IKernelArgumentBinder, allows ref struct
        {
            binder.BindView(0, x);
            binder.BindView(1, y);
        }

        public void RunWorkItem() => throw new NotSupportedException();
    }
}
