using ScoreGpu.Engine.Devices;
using ScoreGpu.Engine.Devices.Cpu;
using ScoreGpu.Engine.Devices.Kernel;
using ScoreGpu.Engine.Devices.Native;
using ScoreGpu.Engine.Networks;
using ScoreGpu.Engine.Processes;
using ScoreGpu.Engine.Samplers;
using ScoreGpu.Engine.Verification;
using ScoreGpu.Kernels;
using ScoreGpu.Kernels.Gpu;
using ScoreGpu.Tests.Cuda;
using ScoreGpu.Tests.OpenCl;

namespace ScoreGpu.Tests.Conformance;

/// <summary>What devices that run the device kernels must do besides: fixtures, and the same numbers as the CPU device.
/// </summary>
public abstract partial class KernelConformance : DeviceConformance
{
    public static TheoryData<string> Fixtures => ["ddpm_epsilon_h32", "ncsn_h32", "score_matching_h32"];

    [Theory]
    [MemberData(nameof(Fixtures))]
    public void Every_quantity_of_a_fixture_is_met(string name)
    {
        using var device = Start(0);
        var rows = FixtureVerifier.Verify(Path.Combine("Fixtures", name + ".safetensors"), device);
        Assert.NotEmpty(rows);
        Assert.All(rows, row => Assert.True(row.Passed, $"{row.Quantity}: {row.MaxRelativeError:e2}"));
    }

    [Fact]
    public void Random_words_are_those_of_the_host_to_the_bit()
    {
        using KernelMachine machine = StartMachine();
        using DeviceArray<uint> words = machine.Allocate<uint>(4 * 1000);
        PhiloxWords.Launch(
            machine, LaunchShape.Covering(1000, PhiloxKernel.GroupSize), words.View, 1000, 4_294_967_000, 7, 3, 2,
            0xfedc_ba98_7654_3210);
        uint[] actual = new uint[4000];
        words.Read(actual);
        for (uint n = 0; n < 1000; n++)
        {
            (uint x0, uint x1, uint x2, uint x3) =
                Philox.Next(unchecked(4_294_967_000 + n), 7, 3, 2, 0x7654_3210, 0xfedc_ba98);
            Assert.Equal([x0, x1, x2, x3], actual[(int)(4 * n)..(int)((4 * n) + 4)]);
        }
    }

    [Theory]
    [InlineData("ddim")]
    [InlineData("clipped")]
    public void Deterministic_samples_are_those_of_the_cpu_device(string sampler)
    {
        var schedule = new DdpmSchedule(40);
        var network = Network.Create(new NetworkArchitecture(2, 48, 3, new LearnedEmbedding(40, 16)), 11);
        var program = sampler == "ddim" ? DdimSampler.Create(schedule) : DdimSampler.Create(schedule, 0, 1.5);
        var request = new SampleRequest { Count = 333, Seed = 12, FirstSample = 7 };
        using var cpu = new CpuDevice(1);
        using var expected = cpu.Load(network);
        using var device = Start(0);
        using var actual = device.Load(network);
        float[] points = actual.Sample(program, request).Points;
        float[] reference = expected.Sample(program, request).Points;
        double worst = points.Zip(reference, (a, b) => (double)Math.Abs(a - b)).Max();
        Assert.True(worst < 1e-4, $"samples differ by up to {worst:g3}");
    }

    /// <summary>Starts what runs the kernels.</summary>
    private protected abstract KernelMachine StartMachine();

    protected override IDevice Start(int variant) => new KernelDevice(StartMachine());
}

/// <summary>The device kernels as plain C#, eight threads a group.</summary>
public sealed class DebugConformance : KernelConformance
{
    // Every run takes the same path, and a second one costs as much as the first.
    protected override int Variants => 1;

    private protected override KernelMachine StartMachine() => new DebugMachine();
}

/// <summary>The device kernels as a driver compiles and runs them. Compiling a kernel takes longer than running it: all
/// tests of a run share what is compiled.</summary>
public abstract class DriverConformance : KernelConformance
{
    private static readonly Lazy<BinaryCache> Cache = new(
        () => new BinaryCache(Directory.CreateTempSubdirectory("scoregpu-kernels-").FullName));

    protected override int Variants => 2;

    private protected override KernelMachine StartMachine() => new AcceleratorMachine(Open(Cache.Value));

    /// <summary>Opens the device, or skips the test with the reason.</summary>
    private protected abstract Accelerator Open(BinaryCache cache);
}

/// <summary>The device kernels through OpenCL, on the best device there is.</summary>
public sealed class OpenClConformance : DriverConformance
{
    private protected override Accelerator Open(BinaryCache cache) => OpenClTestDevice.Open(cache);
}

/// <summary>The device kernels through CUDA, on the best device there is.</summary>
public sealed class CudaConformance : DriverConformance
{
    private protected override Accelerator Open(BinaryCache cache) => CudaTestDevice.Open(cache);
}
