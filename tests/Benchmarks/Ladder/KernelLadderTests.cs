using ScoreGpu.Engine;
using ScoreGpu.Engine.Benchmarks;
using ScoreGpu.Engine.Benchmarks.Ladder;
using ScoreGpu.Engine.Devices;
using ScoreGpu.Engine.Devices.Cpu;
using ScoreGpu.Kernels.Cpu;

namespace ScoreGpu.Tests.Benchmarks.Ladder;

/// <summary>What is predicted of rungs, what is refused, and that the ladder is a benchmark like any other.</summary>
public sealed class KernelLadderTests
{
    // A core of 16 lanes does 2·10⁹ vectors of multiply-adds a second; a sum takes 4 ns; three cores' worth.
    private static readonly MachineCeilings Machine = new(192e9, 64e9, 10e9, 100e9, 1e-6);
    private static readonly CoreCeilings Core = new(16, 0.25e9, 1e9, 0.1e9, 2e9);

    private static readonly LadderSettings Settings = new()
    {
        Samples = 130,
        Trajectories = 65,
        Width = 16,
        Steps = 2,
        Rounds = 3,
        LeastSeconds = 1e-5,
    };

    [Fact]
    public void One_sum_waits_and_many_do_not()
    {
        CpuWork one = new(1000, 10, false, 1, 0, false, false);

        // 1000 products of 4 ns and 10 activations of 10 ns.
        Assert.Equal(4.1e-6, Seconds(one), 1e-15);
        Assert.Equal(RungLimit.Waiting, Largest(one));

        // Eight sums would fill a core; with more of them it is 1000 products at 2·10⁹ a second.
        Assert.Equal(0.6e-6, Seconds(one with { Sums = 16 }), 1e-15);
        Assert.Equal(RungLimit.Arithmetic, Largest(one with { Sums = 16 }));

        // Two loads each, of which a core does 10⁹ a second.
        Assert.Equal(2.1e-6, Seconds(one with { Sums = 16, LoadsPerMultiplyAdd = 2 }), 1e-15);
        Assert.Equal(RungLimit.Loads, Largest(one with { Sums = 16, LoadsPerMultiplyAdd = 2 }));
    }

    [Fact]
    public void Vectors_and_cores_divide_and_what_is_moved_comes_on_top()
    {
        CpuWork work = new(1600, 200, true, 16, 0, true, true, MovedBytes: 100, Phases: 3);

        // 100 vectors at 2·10⁹ and 200 activations at 2·10⁹ a second, both on three cores; 100 bytes at 10 GB/s.
        Assert.Equal((((100 / 2e9) + (200 / 2e9)) / 3) + 10e-9 + 3e-6, Seconds(work), 1e-15);
        Assert.Equal(RungLimit.Launches, Largest(work));
    }

    [Fact]
    public void An_accelerator_waits_for_the_slowest_of_its_memories()
    {
        AcceleratorWork work = new(960, 100, 2000, 2);
        Assert.Equal(20e-9 + 2e-6, RungPrediction.Of(work, 1, Machine, null).Seconds, 1e-15);
        Assert.Equal(
            100 * 100 / 10e9,
            RungPrediction.Of(work with { LocalBytes = 0, Launches = 0 }, 100, Machine, null).Seconds,
            1e-12);
    }

    [Fact]
    public void A_rung_that_is_off_is_refused_and_the_others_climb()
    {
        using CpuDevice device = new(1);
        LadderSubject subject = new(1, Settings.Width, Settings.Steps);
        LadderOperation[] rungs =
        [
            .. CpuLadder.All(subject, 16).Select(rung => rung.Name != "block" ? rung : new LadderOperation(
                rung.Rung, subject, (on, _, batch) => new Off(rung.Load(on, batch)))),
        ];

        DeviceLadder ladder = KernelLadder.Measure(
            device, Settings, subject, rungs, Machine, Core, null, TestContext.Current.CancellationToken);

        Assert.Equal("block", Assert.Single(ladder.Forward.Refused).Name);
        Assert.Equal(
            ["scalar", "eight-sums", "vectors", "vector-activations", "all-cores", "engine"],
            ladder.Forward.Rungs.Select(rung => rung.Info.Name));
        Assert.Empty(ladder.Sampler.Refused);
        Assert.Equal(4, ladder.Sampler.Rungs.Count);
        Assert.Equal(130, ladder.Sampler.Evaluations);
        Assert.All(ladder.Forward.Rungs, rung =>
        {
            Assert.InRange(rung.Error, 0, 1);
            Assert.Equal(3, rung.Measured.Time.Turns);
            Assert.Equal(130, rung.Measured.Items);
            Assert.Equal(rung.Seconds / rung.Prediction.Seconds, rung.OverPrediction);
        });
    }

    [Fact]
    public void A_core_is_measured()
    {
        CoreCeilings core = CoreCeilings.Measure(TileKernels.Supported[0]);

        Assert.Equal(TileKernels.Supported[0].VectorBits / 32, core.Lanes);
        Assert.InRange(core.DependentMultiplyAdds, 1e6, 1e11);
        Assert.InRange(core.VectorLoads, 1e6, 1e12);
        Assert.InRange(core.ScalarActivations, 1e5, 1e11);
        Assert.InRange(core.VectorActivations, 1e5, 1e12);
    }

    [Fact]
    public void The_debug_device_has_no_ladder()
    {
        using IDevice device = DeviceCatalog.Create("debug");
        Assert.Contains(
            "device is 'debug'",
            Assert.Throws<InputException>(() => KernelLadder.Measure(
                device, 0, Settings, null, TestContext.Current.CancellationToken)).Message,
            StringComparison.Ordinal);
        Assert.Empty(KernelLadder.Accelerators([]));
    }

    [Fact]
    public void A_stopped_ladder_stops()
    {
        using CpuDevice device = new(1);
        LadderSubject subject = new(1, Settings.Width, Settings.Steps);
        using CancellationTokenSource source = new();
        source.Cancel();
        Assert.Throws<OperationCanceledException>(() => KernelLadder.Measure(
            device, Settings, subject, CpuLadder.All(subject, 16), Machine, Core, null, source.Token));
    }

    private static double Seconds(CpuWork work) => RungPrediction.Of(work, 1, Machine, Core).Seconds;

    private static RungLimit Largest(CpuWork work) => RungPrediction.Of(work, 1, Machine, Core).Largest.Limit;

    /// <summary>A rung whose last number is off.</summary>
    private sealed class Off(ILadderProgram right) : ILadderProgram
    {
        public void Run() => right.Run();

        public void Read(Span<float> results)
        {
            right.Read(results);
            results[^1] += 1e-3f;
        }

        public void Dispose() => right.Dispose();
    }
}
