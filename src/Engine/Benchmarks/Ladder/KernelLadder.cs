using ScoreGpu.Engine.Devices;
using ScoreGpu.Engine.Devices.Cpu;
using ScoreGpu.Engine.Devices.Kernel;

namespace ScoreGpu.Engine.Benchmarks.Ladder;

/// <summary>One operation in several rungs, from the obvious program to the engine's own, on one device.</summary>
/// <remarks>
/// The rungs are operations of a <see cref="BenchmarkRun"/>: compared with float64, refused where they are off, and timed in
/// turns that go round, so that the ratio of two medians compares the same minutes of the machine. What each was predicted
/// to take is worked out from the machine's ceilings beforehand (<see cref="RungPrediction"/>).
/// </remarks>
public static class KernelLadder
{
    /// <summary>The accelerators that have a ladder: the best of each interface.</summary>
    /// <param name="apis">Interfaces; null for all.</param>
    /// <returns>Their names, as <see cref="DeviceCatalog.Create"/> takes them.</returns>
    public static IReadOnlyList<string> Accelerators(IReadOnlyList<string>? apis = null) =>
    [
        .. (apis ?? AcceleratorCatalog.Apis)
            .Where(api => AcceleratorCatalog.Devices.Any(device => device.Api == api && device.IsUsable)),
    ];

    /// <summary>Measures a device.</summary>
    /// <param name="device">The cpu, or an accelerator; stays the caller's.</param>
    /// <param name="seed">The key of the weights and the points.</param>
    /// <param name="settings">How much.</param>
    /// <param name="progress">Told the share done.</param>
    /// <param name="cancellation">Stops it within a run.</param>
    /// <exception cref="InputException">The device is one whose times mean nothing.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static DeviceLadder Measure(
        IDevice device,
        ulong seed,
        LadderSettings settings,
        IProgress<double>? progress = null,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(device);
        ArgumentNullException.ThrowIfNull(settings);
        MachineCeilings ceilings = MachineCeilings.Measure(device);
        var cpu = device as CpuDevice;
        CoreCeilings? core = cpu is null ? null : CoreCeilings.Measure(cpu.Kernels);
        LadderSubject subject = new(seed, settings.Width, settings.Steps);
        return Measure(device, settings, subject, RungsOf(device, subject), ceilings, core, progress, cancellation);
    }

    /// <summary>The rungs of a device.</summary>
    internal static IReadOnlyList<LadderOperation> RungsOf(IDevice device, LadderSubject subject) =>
        device is CpuDevice cpu
            ? CpuLadder.All(subject, cpu.Kernels.VectorBits / 32)
            : AcceleratorLadder.All(subject);

    /// <summary>Measures some rungs under given ceilings.</summary>
    internal static DeviceLadder Measure(
        IDevice device,
        LadderSettings settings,
        LadderSubject subject,
        IReadOnlyList<LadderOperation> rungs,
        MachineCeilings ceilings,
        CoreCeilings? core,
        IProgress<double>? progress,
        CancellationToken cancellation)
    {
        bool isCpu = device is CpuDevice;
        BenchmarkPlace? place = null;
        TaskLadder forward = Climb(
            LadderOperation.Forward, isCpu ? settings.Samples : BatchFor(settings.SamplesSeconds, 1), 1, 0);
        TaskLadder sampler = Climb(
            LadderOperation.Sampler,
            isCpu ? settings.Trajectories : BatchFor(settings.TrajectoriesSeconds, subject.Program.Nfe),
            subject.Program.Nfe,
            0.5);
        bool isGpu = device is KernelDevice { Machine: AcceleratorMachine { IsGpu: true } };
        return new DeviceLadder(place!, isCpu, isGpu, ceilings, core, forward, sampler);

        TaskLadder Climb(string task, int batch, int steps, double done)
        {
            LadderOperation[] climbed = [.. rungs.Where(rung => rung.Group == task)];
            var plan = new BenchmarkPlan
            {
                Operations = climbed,
                Batches = [batch],
                Widths = [],
                HasWidths = _ => false,
                Rounds = settings.Rounds,
                LeastSeconds = settings.LeastSeconds,
                MostSeconds = double.PositiveInfinity,
            };
            Half? told = progress is null ? null : new Half(progress, done);
            BenchmarkReport report = new BenchmarkRun(device, plan, told, cancellation)
                .Measure(DateTime.UtcNow, isQuick: false, ceilings);
            place = report.Place;
            double evaluations = (double)batch * steps;
            return new TaskLadder(
                batch,
                evaluations,
                [
                    .. report.Results.Select(result => new RungResult(
                        climbed.Single(rung => rung.Name == result.Operation).Rung,
                        report.Operations.Single(operation => operation.Name == result.Operation).Error,
                        RungPrediction.Of(
                            climbed.Single(rung => rung.Name == result.Operation).Rung.Work, evaluations, ceilings, core),
                        result)),
                ],
                report.Refused);
        }

        // The power of two that comes nearest.
        int BatchFor(double seconds, int steps)
        {
            double sample = 2 * BenchmarkNetwork.Products(subject.Width) * steps / ceilings.MultiplyAddFlops;
            double batch = Math.Pow(2, Math.Round(Math.Log2(seconds / sample)));
            return (int)Math.Clamp(batch, settings.LeastBatch, settings.GreatestBatch);
        }
    }

    /// <summary>Half of the ladder's progress.</summary>
    private sealed class Half(IProgress<double> whole, double done) : IProgress<BenchmarkProgress>
    {
        public void Report(BenchmarkProgress value) => whole.Report(done + (value.Share / 2));
    }
}
