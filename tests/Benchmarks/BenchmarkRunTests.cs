using ScoreGpu.Cli;
using ScoreGpu.Cli.Commands;
using ScoreGpu.Engine;
using ScoreGpu.Engine.Benchmarks;
using ScoreGpu.Engine.Benchmarks.Operations;
using ScoreGpu.Engine.Devices;
using ScoreGpu.Engine.Devices.Cpu;
using ScoreGpu.Engine.Devices.Kernel;
using ScoreGpu.Engine.Samplers;
using ScoreGpu.Engine.Verification;
using ScoreGpu.Tests.OpenCl;

namespace ScoreGpu.Tests.Benchmarks;

public sealed class BenchmarkRunTests
{
    public static TheoryData<string> Names => [.. BenchmarkCatalog.All.Select(operation => operation.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_operation_is_right_on_the_cpu(string name)
    {
        using var device = new CpuDevice(2);
        RequireRight(device, name, 128);
    }

    [Theory]
    [InlineData("forward")]
    [InlineData("train-velocity")]
    [InlineData("ddpm")]
    [InlineData("likelihood-hutchinson")]
    [InlineData("draw")]
    [InlineData("mixture")]
    [InlineData("normals")]
    public void Operations_are_right_where_kernels_run_them(string name)
    {
        using IDevice device = new KernelDevice(new AcceleratorMachine(OpenClTestDevice.Open()));
        RequireRight(device, name, 32);
    }

    [Fact]
    public void A_wrong_operation_is_refused_and_the_others_are_reported()
    {
        using var device = new WrongDevice(new CpuDevice(1), 1e-3f);

        BenchmarkReport report = SmallBenchmark.Run(device);

        BenchmarkedOperation refused = Assert.Single(report.Refused);
        Assert.Equal("forward", refused.Name);
        Assert.False(refused.IsRight);
        Assert.StartsWith("forward, width ", refused.WorstQuantity, StringComparison.Ordinal);
        Assert.DoesNotContain(report.Results, result => result.Operation == "forward");
        Assert.DoesNotContain(report.Operations, operation => operation.Name == "forward");
        Assert.Contains(report.Results, result => result.Operation == "backward");
    }

    [Fact]
    public void What_is_not_a_number_is_refused()
    {
        using var device = new WrongDevice(new CpuDevice(1), float.NaN);
        Assert.Equal("forward", Assert.Single(SmallBenchmark.Run(device).Refused).Name);
    }

    [Fact]
    public void A_refusal_is_said_and_is_the_exit_code()
    {
        using var wrong = new WrongDevice(new CpuDevice(1), 1e-3f);
        using StringWriter output = new();
        using StringWriter error = new();
        Session session = new(output, error, IsInteractive: false, CancellationToken.None);

        Assert.Equal(
            ExitCode.VerificationFailed,
            BenchCommand.Tell(session, SmallBenchmark.Run(wrong), "bench.html", asJson: false));
        Assert.Contains("forward is not reported", error.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("\n  forward ", output.ToString(), StringComparison.Ordinal);

        using StringWriter silence = new();
        Session right = session with { Error = silence };
        Assert.Equal(
            ExitCode.Success, BenchCommand.Tell(right, SmallBenchmark.RunOnCpu(), "bench.html", asJson: false));
        Assert.Equal("", silence.ToString());
    }

    [Fact]
    public void Turns_give_medians_and_rates_by_the_formulas()
    {
        BenchmarkReport report = SmallBenchmark.RunOnCpu();

        Assert.Equal(
            [("forward", 64, 128), ("forward", 257, 128), ("forward", 16_384, 32)],
            report.Results.Where(result => result.Operation == "forward")
                .Select(result => (result.Operation, result.Shape.Batch, result.Shape.Width)));
        Assert.All(report.Results, result =>
        {
            BenchmarkOperation operation = BenchmarkCatalog.All.Single(each => each.Name == result.Operation);
            Assert.Equal(3, result.Time.Turns);
            Assert.InRange(result.Time.Median, result.Time.LowerQuartile, result.Time.UpperQuartile);
            Assert.InRange(result.Time.Median, result.Time.Least, result.Time.Most);
            Assert.Equal(operation.Cost.Flops(result.Shape), result.Flops);
            Assert.Equal(operation.Cost.Bytes(result.Shape), result.Bytes);
            Assert.Equal(
                Math.Min(1e11, 2e10 * result.Flops / result.Bytes), result.LimitFlopsPerSecond, 1e-3);
            Assert.Equal(
                result.Flops / result.Time.Median / result.LimitFlopsPerSecond, result.ShareOfLimit, 1e-12);
        });
    }

    [Fact]
    public void Quartiles_lie_between_the_turns()
    {
        BenchmarkTime time = BenchmarkTime.Of([5, 1, 2, 4, 3], 10);
        Assert.Equal(new BenchmarkTime(3, 2, 4, 1, 5, 5, 10), time);
        Assert.Equal(2.0 / 3, time.Spread, 1e-12);
        Assert.Equal(1.25, BenchmarkTime.Of([1, 2], 1).LowerQuartile);
        Assert.Equal(7, BenchmarkTime.Of([7], 1).UpperQuartile);
    }

    [Fact]
    public void Few_samplers_show_every_kind_of_row()
    {
        IReadOnlyList<SamplerOperation> few = SamplerOperation.OneOfEachRow();

        Assert.True(few.Count < SamplerOperation.All.Count);
        Assert.Equal(
            SamplerOperation.All.SelectMany(operation => operation.Subject.RowKinds()).Distinct().Order(),
            few.SelectMany(operation => operation.Subject.RowKinds()).Distinct().Order());
        Assert.All(SamplerOperation.All, operation => Assert.InRange(operation.Subject.Program.Nfe, 18, 22));
    }

    [Fact]
    public void Every_sampler_is_measured() =>
        Assert.Subset(BenchmarkCatalog.All.Select(each => each.Name).ToHashSet(), SamplerCatalog.Names.ToHashSet());

    [Fact]
    public void A_stopped_run_stops()
    {
        using var device = new CpuDevice(1);
        using CancellationTokenSource source = new();
        StopAt stop = new(source, "round 2");
        Assert.Throws<OperationCanceledException>(() => SmallBenchmark.Run(device, stop, source.Token));
        Assert.True(stop.WasThere);
    }

    [Fact]
    public void Times_of_the_debug_device_are_not_measured()
    {
        using IDevice device = DeviceCatalog.Create("debug");
        Assert.Contains(
            "device is 'debug'",
            Assert.Throws<InputException>(() => BenchmarkRun.Measure(
                device, isQuick: true, progress: null, TestContext.Current.CancellationToken)).Message,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(257)]
    public unsafe void The_triad_is_computed(int count)
    {
        using NativeBuffer a = new(count);
        using NativeBuffer b = new(count);
        using NativeBuffer c = new(count);
        for (int i = 0; i < count; i++)
        {
            (b.Span[i], c.Span[i]) = (i, 3 * i);
        }

        TriadBandwidth.Add(a.Address, b.Address, c.Address, 0.5f, count);

        for (int i = 0; i < count; i++)
        {
            Assert.Equal(2.5f * i, a.Span[i]);
        }
    }

    [Fact]
    public void The_limits_are_the_best_of_what_was_measured()
    {
        MachineCeilings before = new(100, 40, 7, null, 3e-6) { HandoverSeconds = 5e-8 };
        MachineCeilings after = new(90, 50, 8, null, 2e-6) { HandoverSeconds = 2e-7 };
        MachineCeilings both = new(100, 50, 8, null, 2e-6) { HandoverSeconds = 2e-7 };
        Assert.Equal(both, before.BestOf(after));
        Assert.Equal(both, after.BestOf(before));
    }

    [Fact]
    public void The_machine_is_measured()
    {
        using var device = new CpuDevice(1);
        MachineCeilings ceilings = MachineCeilings.Measure(device);
        Assert.InRange(ceilings.MultiplyAddFlops, 1e8, 1e15);
        Assert.InRange(ceilings.CoreMultiplyAddFlops!.Value, 1e8, 1e15);
        Assert.InRange(ceilings.BytesPerSecond, 1e7, 1e14);
        Assert.InRange(ceilings.LaunchSeconds, 1e-9, 1);
        Assert.Null(ceilings.HandoverSeconds);
        Assert.InRange(LineHandover.Measure(3)!.Value, 1e-10, 1e-2);
        Assert.Equal(ceilings.MultiplyAddFlops, ceilings.Limit(double.PositiveInfinity));
        Assert.Equal(ceilings.MultiplyAddFlops, ceilings.Limit(ceilings.Ridge), ceilings.MultiplyAddFlops * 1e-12);
        Assert.Equal(ceilings.BytesPerSecond, ceilings.Limit(1));
    }

    private static void RequireRight(IDevice device, string name, int width)
    {
        BenchmarkOperation operation = BenchmarkCatalog.All.Single(each => each.Name == name);
        VerificationTable table = new();
        operation.Verify(device, new BenchmarkShape(65, operation.HasWidth ? width : 0), table);
        Assert.NotEmpty(table.Rows);
        Assert.All(table.Rows, row => Assert.True(row.Passed, $"{row}"));
    }

    private sealed class StopAt(CancellationTokenSource source, string stage) : IProgress<BenchmarkProgress>
    {
        public bool WasThere { get; private set; }

        public void Report(BenchmarkProgress value)
        {
            if (value.Stage.StartsWith(stage, StringComparison.Ordinal))
            {
                WasThere = true;
                source.Cancel();
            }
        }
    }
}
