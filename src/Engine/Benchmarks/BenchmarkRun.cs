using System.Diagnostics;
using System.Runtime.InteropServices;
using ScoreGpu.Engine.Benchmarks.Growth;
using ScoreGpu.Engine.Devices;
using ScoreGpu.Engine.Devices.Cpu;
using ScoreGpu.Engine.Verification;

namespace ScoreGpu.Engine.Benchmarks;

/// <summary>How far a benchmark is.</summary>
/// <param name="Stage">What is being done.</param>
/// <param name="Share">The share done, from 0 to 1.</param>
public readonly record struct BenchmarkProgress(string Stage, double Share);

/// <summary>Measures a device: its ceilings, then every operation, whose results are first compared with float64.</summary>
/// <remarks>
/// Turns go round: every operation at every size has its first turn before any has its second, so that a machine that
/// becomes slower or faster meanwhile changes all alike. The first round is not counted. A turn repeats short runs; its
/// time is their mean, and the result is the turns' median. Runs of more than a second have fewer turns.
/// </remarks>
public sealed class BenchmarkRun
{
    private const int VerifiedBatch = 65;
    private const int VerifiedBatchOfWide = 17;
    private const int WidestOfMany = 128;

    // Where verifying and calibrating end, as shares of what follows growth, and the share of growth where it is measured.
    private const double Verified = 0.1;
    private const double Calibrated = 0.25;
    private const double OfGrowth = 0.1;

    // An item may cost up to this much more than where it is cheapest before latency is to blame.
    private const double Latent = 2;

    private readonly IDevice _device;
    private readonly BenchmarkPlan _plan;
    private readonly IProgress<BenchmarkProgress>? _progress;
    private readonly CancellationToken _cancellation;

    internal BenchmarkRun(
        IDevice device, BenchmarkPlan plan, IProgress<BenchmarkProgress>? progress, CancellationToken cancellation)
    {
        (_device, _plan, _progress, _cancellation) = (device, plan, progress, cancellation);
    }

    /// <summary>Measures a device.</summary>
    /// <param name="device">The device; stays the caller's.</param>
    /// <param name="isQuick">Whether the outline is enough: fewer sizes and samplers, under a minute.</param>
    /// <param name="progress">Told how far it is.</param>
    /// <param name="cancellation">Stops it within a run.</param>
    /// <exception cref="InputException">The device is one whose times mean nothing.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static BenchmarkReport Measure(
        IDevice device,
        bool isQuick,
        IProgress<BenchmarkProgress>? progress = null,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(device);
        BenchmarkPlan plan = isQuick ? BenchmarkPlan.Quick : BenchmarkPlan.Full;
        DateTime started = DateTime.UtcNow;
        long start = Stopwatch.GetTimestamp();
        progress?.Report(new BenchmarkProgress("the machine", 0));
        MachineCeilings ceilings = MachineCeilings.Measure(device);
        if (isQuick)
        {
            BenchmarkReport quick = new BenchmarkRun(device, plan, progress, cancellation).Measure(
                started, true, ceilings, () => MachineCeilings.Measure(device));
            return quick with { Elapsed = Stopwatch.GetElapsedTime(start) };
        }

        // First, while the process is small: how its memory grows is part of it.
        GrowthReport growth = new GrowthRun(
            device, GrowthPlan.For(device), Part.Of(progress, 0, OfGrowth), cancellation).Measure();
        var run = new BenchmarkRun(device, plan, Part.Of(progress, OfGrowth, 1), cancellation);
        BenchmarkReport report = run.Measure(started, false, ceilings, () => MachineCeilings.Measure(device));
        return report with { Growth = growth, Elapsed = Stopwatch.GetElapsedTime(start) };
    }

    /// <summary>Measures a device's ceilings, and how the costs of sampling grow, but no operations.</summary>
    /// <param name="device">The device; stays the caller's.</param>
    /// <param name="progress">Told how far it is.</param>
    /// <param name="cancellation">Stops it within a run.</param>
    /// <exception cref="InputException">The device is one whose times mean nothing.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static BenchmarkReport MeasureGrowth(
        IDevice device, IProgress<BenchmarkProgress>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(device);
        DateTime started = DateTime.UtcNow;
        long start = Stopwatch.GetTimestamp();
        progress?.Report(new BenchmarkProgress("the machine", 0));
        MachineCeilings ceilings = MachineCeilings.Measure(device);
        GrowthReport growth = new GrowthRun(device, GrowthPlan.For(device), progress, cancellation).Measure();
        return new BenchmarkReport(started, false, PlaceOf(device), ceilings, [], [], [], TimeSpan.Zero)
        {
            Growth = growth,
            Elapsed = Stopwatch.GetElapsedTime(start),
        };
    }

    /// <summary>Verifies, and measures what is right.</summary>
    /// <param name="started">When.</param>
    /// <param name="isQuick">Whether the plan is the outline.</param>
    /// <param name="ceilings">What the device does at most.</param>
    /// <param name="measureAgain">Measures that once more, since a machine may be faster by then.</param>
    internal BenchmarkReport Measure(
        DateTime started, bool isQuick, MachineCeilings ceilings, Func<MachineCeilings>? measureAgain = null)
    {
        List<BenchmarkedOperation> right = [];
        List<BenchmarkedOperation> refused = [];
        List<BenchmarkOperation> measured = [];
        foreach (BenchmarkOperation operation in _plan.Operations)
        {
            Tell($"checking {operation.Name}", Verified * (right.Count + refused.Count) / _plan.Operations.Count);
            BenchmarkedOperation verified = Verify(operation);
            (verified.IsRight ? right : refused).Add(verified);
            if (verified.IsRight)
            {
                measured.Add(operation);
            }
        }

        List<Case> cases = [];
        try
        {
            Prepare(measured, cases);
            Take(cases);
            ceilings = measureAgain is null ? ceilings : ceilings.BestOf(measureAgain());
            return new BenchmarkReport(
                started, isQuick, PlaceOf(_device), ceilings, right, refused, Results(cases, ceilings), TimeSpan.Zero);
        }
        finally
        {
            foreach (Case each in cases)
            {
                each.Prepared.Dispose();
            }
        }
    }

    /// <summary>Compares an operation's results with float64 at every width that is measured.</summary>
    private BenchmarkedOperation Verify(BenchmarkOperation operation)
    {
        double worst = 0;
        string quantity = operation.Name;
        foreach (int width in _plan.ShapesOf(operation).Select(shape => shape.Width).Distinct())
        {
            _cancellation.ThrowIfCancellationRequested();
            var table = new VerificationTable();
            int batch = width > WidestOfMany ? VerifiedBatchOfWide : VerifiedBatch;
            operation.Verify(_device, new BenchmarkShape(batch, width), table);
            foreach (VerificationRow row in table.Rows)
            {
                // A tolerance of 0 lets nothing but equality pass.
                double error = row.MaxRelativeError == 0 ? 0 : row.MaxRelativeError / row.Tolerance;
                if (!(error <= worst))
                {
                    worst = double.IsNaN(error) ? double.PositiveInfinity : error;
                    quantity = width == 0 ? row.Quantity : $"{row.Quantity}, width {width}";
                }
            }
        }

        return new BenchmarkedOperation(
            operation.Name,
            operation.Group,
            operation.Item,
            operation.Cost.FlopsFormula,
            operation.Cost.BytesFormula,
            worst,
            quantity);
    }

    /// <summary>Makes every operation ready at every size that is not too large.</summary>
    private void Prepare(List<BenchmarkOperation> operations, List<Case> cases)
    {
        var inputs = new BenchmarkInputs();
        for (int i = 0; i < operations.Count; i++)
        {
            BenchmarkOperation operation = operations[i];
            Tell($"calibrating {operation.Name}", Verified + ((Calibrated - Verified) * i / operations.Count));
            Case? before = null;
            foreach (BenchmarkShape shape in _plan.ShapesOf(operation))
            {
                // From one size of a curve to the next the time grows about as the operations do, or less.
                double growth = before is null ? 1 : operation.Cost.Flops(shape) / operation.Cost.Flops(before.Shape);
                if (before?.Timed.Seconds * growth > _plan.MostSeconds)
                {
                    continue;
                }

                _cancellation.ThrowIfCancellationRequested();
                var next = new Case(operation, shape, operation.Prepare(_device, shape, inputs));
                cases.Add(next);
                next.Timed.Calibrate(_plan.LeastSeconds);
                before = next;
            }
        }
    }

    private void Take(List<Case> cases)
    {
        // The first round is for caches, clocks and compilers.
        for (int round = -1; round < _plan.Rounds; round++)
        {
            for (int i = 0; i < cases.Count; i++)
            {
                _cancellation.ThrowIfCancellationRequested();
                double share = (round + 1 + ((double)i / cases.Count)) / (_plan.Rounds + 1);
                Tell(
                    round < 0 ? "warming up" : $"round {round + 1} of {_plan.Rounds}",
                    Calibrated + ((1 - Calibrated) * share));
                cases[i].Timed.Take(round, _plan.Rounds);
            }
        }
    }

    private static List<BenchmarkResult> Results(List<Case> cases, MachineCeilings ceilings)
    {
        List<BenchmarkResult> results = [];
        foreach (Case each in cases)
        {
            double flops = each.Operation.Cost.Flops(each.Shape) * each.Prepared.Evaluations;
            double bytes = each.Operation.Cost.Bytes(each.Shape);
            BenchmarkTime time = each.Timed.ToTime();

            // Beside what an operation takes at the same width where it is cheapest.
            double cheapest = cases
                .Where(other => other.Operation == each.Operation && other.Shape.Width == each.Shape.Width)
                .Min(other => other.Timed.ToTime().Median / other.Items);
            double items = each.Items;
            bool isLatent = time.Median / items > Latent * cheapest;
            BenchmarkBound roof = flops / bytes < ceilings.Ridge ? BenchmarkBound.Memory : BenchmarkBound.Compute;
            results.Add(new BenchmarkResult(
                each.Operation.Name,
                each.Shape,
                items,
                flops,
                bytes,
                time,
                ceilings.Limit(flops / bytes),
                isLatent ? BenchmarkBound.Latency : roof));
        }

        return results;
    }

    private static BenchmarkPlace PlaceOf(IDevice device) => new(
        typeof(BenchmarkRun).Assembly.GetName().Version!.ToString(fieldCount: 3),
        Environment.Version.ToString(),
        $"{RuntimeInformation.OSDescription}, {RuntimeInformation.ProcessArchitecture}",
        CpuSummary.Describe().Description,
        Environment.ProcessorCount,
        device.Name,
        device.Description);

    private void Tell(string stage, double share)
    {
        _cancellation.ThrowIfCancellationRequested();
        _progress?.Report(new BenchmarkProgress(stage, share));
    }

    /// <summary>An operation at one size, ready to run.</summary>
    private sealed record Case(BenchmarkOperation Operation, BenchmarkShape Shape, PreparedOperation Prepared)
    {
        public TimedRun Timed { get; } = new(Prepared.Run);

        public double Items => Operation.Items(Shape) * Prepared.Evaluations;
    }

    /// <summary>The progress of a part of the whole.</summary>
    private sealed class Part(IProgress<BenchmarkProgress> whole, double from, double to) : IProgress<BenchmarkProgress>
    {
        public static Part? Of(IProgress<BenchmarkProgress>? whole, double from, double to) =>
            whole is null ? null : new Part(whole, from, to);

        public void Report(BenchmarkProgress value) =>
            whole.Report(value with { Share = from + ((to - from) * value.Share) });
    }
}
