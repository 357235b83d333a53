using ScoreGpu.Engine.Data;
using ScoreGpu.Engine.Devices;
using ScoreGpu.Engine.Devices.Cuda;
using ScoreGpu.Engine.Devices.Cuda.Native;
using ScoreGpu.Engine.Devices.Kernel;
using ScoreGpu.Engine.Devices.Native;
using ScoreGpu.Engine.Networks;
using ScoreGpu.Engine.Samplers;
using ScoreGpu.Engine.Training;
using ScoreGpu.Engine.Verification.Reference;
using ScoreGpu.Tests.Accelerators;
using ScoreGpu.Tests.Conformance;
using ScoreGpu.Tests.Engine;

namespace ScoreGpu.Tests.Cuda;

/// <summary>The device <c>cuda</c> where memory runs out and where it is lost: an exception that says so, and nothing
/// left behind.</summary>
[Collection(Alone.Name)]
public sealed class CudaFaultTests : IDisposable
{
    private const int Count = 65;

    private static readonly Network Small = Network.Create(new NetworkArchitecture(2, 32, 2, new NoConditioning()), 3);

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(1)]
    [InlineData(5_000)]
    [InlineData(20_000)]
    [InlineData(100_000)]
    public void Memory_that_runs_out_is_an_exception_and_the_device_goes_on(long bytes)
    {
        CudaEmulation.Require();
        using IDevice device = Open();
        Work(device);
        using (CudaEmulation.Inject("MEMORY", bytes))
        {
            CudaException exception = Assert.Throws<CudaException>(() => Work(device));
            Assert.Equal(DeviceFailure.OutOfMemory, exception.Failure);
            Assert.Equal((2, "CUDA_ERROR_OUT_OF_MEMORY"), (exception.Code, exception.ErrorName));
            Assert.Matches("^cuMemAlloc of [0-9]+ bytes$", exception.Call);
            Assert.StartsWith(
                $"CUDA: {exception.Call} failed with CUDA_ERROR_OUT_OF_MEMORY (2).",
                exception.Message,
                StringComparison.Ordinal);
            Assert.Contains("smaller batches", exception.Message, StringComparison.Ordinal);
        }

        Work(device);
    }

    [Theory]
    [InlineData(700, "CUDA_ERROR_ILLEGAL_ADDRESS")]
    [InlineData(719, "CUDA_ERROR_LAUNCH_FAILED")]
    public void A_device_that_is_lost_says_so_at_any_launch(int code, string name)
    {
        CudaEmulation.Require();
        foreach (int launch in new[] { 1, 2, 3, 4, 5, 6, 7 })
        {
            using IDevice device = Open();
            using IDisposable kind = CudaEmulation.Inject("LOSE_WITH", code);
            using IDisposable loss = CudaEmulation.Inject("LOSE_AT", launch);
            CudaException exception = Assert.Throws<CudaException>(() => Work(device));
            Assert.Equal(DeviceFailure.DeviceLost, exception.Failure);
            Assert.Equal((code, name), (exception.Code, exception.ErrorName));
            Assert.StartsWith("CUDA: cu", exception.Message, StringComparison.Ordinal);
            Assert.Contains($"failed with {name} ({code})", exception.Message, StringComparison.Ordinal);

            // It stays so, whatever is asked of it.
            Assert.Equal(DeviceFailure.DeviceLost, Assert.Throws<CudaException>(() => Work(device)).Failure);
        }

        using IDevice next = Open();
        Work(next);
    }

    [Fact]
    public void Wide_layers_take_more_than_48_KiB_of_shared_memory()
    {
        Network wide = Network.Create(new NetworkArchitecture(3, 512, 2, new NoConditioning()), 5);
        using CudaContext context = CudaTestDevice.Open(Cache());
        using KernelDevice device = new(new AcceleratorMachine(context));
        using IDeviceNetwork network = device.Load(wide);
        float[] points = ConformanceCase.Draw(new Random(6), Count * 3);
        float[] values = new float[points.Length];
        network.Evaluate(points, [], values);

        ReferenceNetwork reference = new(wide);
        double[] expected =
        [
            .. Enumerable.Range(0, Count)
                .SelectMany(n => reference.Evaluate(ReferenceObjective.Row(points, n, 3), 0)),
        ];
        Closeness.Require("output", values, expected, 5e-6);
        if (CudaApi.IsEmulation)
        {
            Assert.InRange(CudaEmulation.Count().MostShared, (48 << 10) + 1, 227 << 10);
        }
    }

    [Fact]
    public void Rounds_of_everything_leave_nothing_in_the_driver()
    {
        CudaEmulation.Require();
        EmulationCounts before = CudaEmulation.Count();
        for (int round = 0; round < 40; round++)
        {
            using (IDevice device = Open())
            {
                Work(device);
                Assert.NotEqual(before, CudaEmulation.Count());
            }

            Assert.Equal(before, CudaEmulation.Count());
        }
    }

    [Fact]
    public void Rounds_on_one_device_keep_its_kernels_and_no_buffer()
    {
        CudaEmulation.Require();
        using IDevice device = Open();
        Work(device);
        EmulationCounts before = CudaEmulation.Count();
        Assert.Equal((1, 1, 0, 0), (before.Users, before.Streams, before.Buffers, before.Bytes));
        for (int round = 0; round < 40; round++)
        {
            Work(device);
            Assert.Equal(before, CudaEmulation.Count());
        }
    }

    [Theory]
    [InlineData("MEMORY", 20_000)]
    [InlineData("LOSE_AT", 3)]
    public void Rounds_of_faults_leave_nothing_in_the_driver(string setting, long value)
    {
        CudaEmulation.Require();
        EmulationCounts before = CudaEmulation.Count();
        for (int round = 0; round < 20; round++)
        {
            Fail(setting, value);
        }

        // What a constructor had made when it failed is released with its finaliser.
        CudaEmulation.Collect();
        Assert.Equal(before, CudaEmulation.Count());
    }

    // Not inlined: nothing of it may be on the stack when the caller collects.
    [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.NoInlining)]
    private void Fail(string setting, long value)
    {
        using IDevice device = Open();
        using IDisposable fault = CudaEmulation.Inject(setting, value);
        Assert.Throws<CudaException>(() => Work(device));
    }

    // Values, samples and training steps: more than seven launches.
    private static void Work(IDevice device)
    {
        using IDeviceNetwork network = device.Load(Small);
        float[] values = new float[2 * Count];
        network.Evaluate(ConformanceCase.Draw(new Random(1), 2 * Count), [], values);
        Assert.All(values, value => Assert.True(float.IsFinite(value)));
        network.Sample(LangevinSampler.Create(5, 0.05), new SampleRequest { Count = Count, Seed = 1 });
        TrainingData data = TrainingData.Parse("four-gaussians");
        using ITrainer trainer = device.Train(
            Small, new SlicedObjective(), data, new TrainingOptions { BatchSize = Count });
        trainer.Step();
        Assert.True(double.IsFinite(trainer.Step()));
    }

    private BinaryCache Cache() => new(_folder.PathOf("cache"));

    private KernelDevice Open() => new(new AcceleratorMachine(CudaTestDevice.Open(Cache())));
}
