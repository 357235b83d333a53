using ScoreGpu.Engine.Benchmarks;
using ScoreGpu.Engine.Benchmarks.Growth;
using ScoreGpu.Engine.Devices;
using ScoreGpu.Engine.Devices.Cpu;
using ScoreGpu.Engine.Devices.Kernel;
using ScoreGpu.Engine.Verification.Reference;
using ScoreGpu.Tests.OpenCl;

namespace ScoreGpu.Tests.Benchmarks.Growth;

public sealed class GrowthRunTests
{
    [Fact]
    public void Every_curve_has_its_points()
    {
        GrowthReport report = SmallGrowth.RunOnCpu();

        Assert.Empty(report.Refused);
        Assert.Equal(SmallGrowth.Plan.Curves.Select(curve => (curve.Operation, curve.Axis)), report.Curves.Select(
            curve => (curve.Operation, curve.Axis)));
        foreach ((PlannedCurve planned, GrowthCurve curve) in SmallGrowth.Plan.Curves.Zip(report.Curves))
        {
            Assert.Equal(planned.Sizes, curve.Points.Select(point => point.Size));
            Assert.Equal(planned.FittedFrom, curve.FittedFrom);
            Assert.InRange(curve.Error, 0, 1);
            Assert.Null(curve.EndsBecause);
            Assert.All(curve.Points, point =>
            {
                Assert.Equal(2, point.Time.Turns);
                Assert.InRange(point.Time.Median, point.Time.Least, point.Time.Most);
            });
        }
    }

    [Fact]
    public void Memory_is_watched_where_trajectories_grow()
    {
        GrowthReport report = SmallGrowth.RunOnCpu();

        Assert.Equal([("draw", 0.0), ("sample", 8.0)], report.Memory.Select(
            memory => (memory.Operation, memory.TheoryBytesPerTrajectory)));
        Assert.All(report.Memory, memory => Assert.All(memory.Points, point => Assert.True(point.Bytes > 1 << 20)));
        Assert.Equal([64, 257], report.Memory[0].Points.Select(point => point.Count));
    }

    [Fact]
    public void The_peak_is_that_of_the_run()
    {
        const int Length = 1 << 26;
        long before = ResidentPeak.During(() => { });
        long peak = ResidentPeak.During(() => Fill(Length));
        Assert.InRange(peak - before, Length * 0.9, Length * 1.5);
    }

    [Fact]
    public void A_wrong_sampler_is_refused()
    {
        using var device = new WrongDevice(new CpuDevice(1), 1e-2f, isWrongInSamples: true);

        GrowthReport report = SmallGrowth.Run(device);

        Assert.Empty(report.Curves);
        Assert.Empty(report.Memory);
        Assert.Equal(SmallGrowth.Plan.Curves.Count, report.Refused.Count);
        Assert.All(report.Refused, refused => Assert.True(refused.Error > 1));
    }

    [Fact]
    public void What_a_device_cannot_do_ends_the_curve()
    {
        using var device = new CpuDevice(1);
        GrowthPlan plan = SmallGrowth.Plan with
        {
            Curves = [new(GrowthSubject.Sample, GrowthAxis.Steps, new GrowthSize(64, 0, 8, 2, 1), [1, 2, 1001, 1002], 1)],
        };

        GrowthCurve curve = Assert.Single(SmallGrowth.Run(device, plan).Curves);

        Assert.Equal([1, 2], curve.Points.Select(point => point.Size.Steps));
        Assert.Contains("1001", curve.EndsBecause!, StringComparison.Ordinal);
    }

    [Fact]
    public void Kernels_grow_too()
    {
        using IDevice device = new KernelDevice(new AcceleratorMachine(OpenClTestDevice.Open()));
        GrowthPlan plan = SmallGrowth.Plan with
        {
            Curves = [.. SmallGrowth.Plan.Curves.Where(curve => curve.Axis != GrowthAxis.Threads)],
        };
        GrowthReport report = SmallGrowth.Run(device, plan);
        Assert.Empty(report.Refused);
        Assert.Equal(plan.Curves.Count, report.Curves.Count);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(3, 2)]
    [InlineData(7, 5)]
    public void The_work_is_what_the_reference_counts(int steps, int dimension)
    {
        using var device = new CpuDevice(1);
        GrowthSize size = new(4, steps, 6, dimension, 1);
        using GrowthSubject subject = new(device, size, null, TestContext.Current.CancellationToken);
        ReferenceNetwork network = new(subject.Weights);

        subject.Reference(network, 0, 1);

        // One trajectory meets each step's level once, as a table of levels does.
        Assert.Equal(2.0 * network.Products, (size with { Count = 1 }).Work);
    }

    [Fact]
    public void Work_is_shared_by_threads()
    {
        GrowthSize size = new(100, 10, 32, 2, 4);
        Assert.Equal((size with { Threads = 1 }).Work / 4, size.Work);
        Assert.Equal((size with { Threads = 1 }).Work, (size with { Threads = 0 }).Work);
    }

    [Fact]
    public void The_plan_reaches_ten_million_trajectories_and_every_thread()
    {
        using var device = new CpuDevice(6);
        GrowthPlan plan = GrowthPlan.For(device);

        Assert.All(
            plan.Curves.Where(curve => curve.Axis == GrowthAxis.Count), curve => Assert.Equal(10_000_000, curve.Values[^1]));
        Assert.Equal([1, 2, 4, 6], plan.Curves.Single(curve => curve.Axis == GrowthAxis.Threads).Values);
        Assert.All(plan.Curves, curve =>
        {
            Assert.Equal(curve.Values.Order().Distinct(), curve.Values);
            Assert.True(curve.Values.Count(value => value >= curve.FittedFrom) > 1);
        });
        using var alone = new CpuDevice(1);
        Assert.DoesNotContain(GrowthPlan.For(alone).Curves, curve => curve.Axis == GrowthAxis.Threads);
    }

    [Fact]
    public void A_stopped_run_stops()
    {
        using var device = new CpuDevice(1);
        using CancellationTokenSource source = new();
        source.Cancel();
        Assert.Throws<OperationCanceledException>(
            () => new GrowthRun(device, SmallGrowth.Plan, null, source.Token).Measure());
    }

    [Theory]
    [InlineData(5, false, 5, 8)]
    [InlineData(5, true, 3, 3)]
    [InlineData(7, true, 3, 3)]
    [InlineData(1, true, 2, 2)]
    public void Long_runs_have_few_turns(int rounds, bool isLong, int turns, int runs)
    {
        int count = 0;
        TimedRun timed = new(() => count++, isLong ? -1 : double.PositiveInfinity);
        timed.Calibrate(0);
        for (int round = -1; round < rounds; round++)
        {
            timed.Take(round, rounds);
        }

        Assert.Equal((turns, runs), (timed.Turns.Count, count));
        Assert.Equal(turns, timed.ToTime().Turns);
    }

    private static void Fill(int length) => GC.KeepAlive(Enumerable.Repeat((byte)1, length).ToArray());
}
