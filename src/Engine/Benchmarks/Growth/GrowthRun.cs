using ScoreGpu.Engine.Devices;
using ScoreGpu.Engine.Devices.Cpu;
using ScoreGpu.Engine.Drawing;

namespace ScoreGpu.Engine.Benchmarks.Growth;

/// <summary>Measures how time and memory grow with the sizes of a run.</summary>
/// <remarks>
/// The first run of each size, a curve after another and each rising, is watched for its memory, and its last samples are
/// compared with float64. Then turns go round as in <see cref="BenchmarkRun"/>.
/// </remarks>
internal sealed class GrowthRun
{
    // Where the first runs end, as a share of the whole.
    private const double First = 0.3;

    private readonly IDevice _device;
    private readonly GrowthPlan _plan;
    private readonly IProgress<BenchmarkProgress>? _progress;
    private readonly CancellationToken _cancellation;
    private readonly Lazy<TrajectoryCanvas> _canvas = new(GrowthSubject.CreateCanvas);

    /// <summary>Prepares.</summary>
    /// <param name="device">The device; stays the caller's.</param>
    /// <param name="plan">What is measured.</param>
    /// <param name="progress">Told how far it is.</param>
    /// <param name="cancellation">Stops it within a run.</param>
    public GrowthRun(
        IDevice device, GrowthPlan plan, IProgress<BenchmarkProgress>? progress, CancellationToken cancellation) =>
        (_device, _plan, _progress, _cancellation) = (device, plan, progress, cancellation);

    /// <summary>Measures.</summary>
    public GrowthReport Measure()
    {
        List<Curve> curves = [];
        Dictionary<int, CpuDevice> teams = [];
        try
        {
            foreach (PlannedCurve planned in _plan.Curves)
            {
                Tell($"how {planned.Operation} grows", First * curves.Count / _plan.Curves.Count);
                var curve = new Curve(planned);
                curves.Add(curve);
                Start(curve, teams);
            }

            Take([.. curves.SelectMany(curve => curve.Cases)]);
            return Report(curves);
        }
        finally
        {
            foreach (Case each in curves.SelectMany(curve => curve.Cases))
            {
                each.Subject.Dispose();
            }

            foreach (CpuDevice team in teams.Values)
            {
                team.Dispose();
            }
        }
    }

    private void Start(Curve curve, Dictionary<int, CpuDevice> teams)
    {
        foreach (GrowthSize size in curve.Planned.Sizes)
        {
            _cancellation.ThrowIfCancellationRequested();
            GrowthSubject? subject = null;
            try
            {
                subject = new GrowthSubject(
                    DeviceOf(size, teams),
                    size,
                    curve.Planned.Operation == GrowthSubject.Draw ? _canvas.Value : null,
                    _cancellation);
                long bytes = ResidentPeak.During(subject.Run);
                curve.Error = Math.Max(curve.Error, subject.Error());
                var next = new Case(size, subject, new TimedRun(subject.Run), bytes);
                subject = null;
                curve.Cases.Add(next);
                next.Run.Calibrate(_plan.LeastSeconds);
            }
            catch (InputException tooLarge)
            {
                // A device that runs kernels has only so much local memory for a layer and a state.
                curve.EndsBecause = tooLarge.Message;
                return;
            }
            finally
            {
                subject?.Dispose();
            }
        }
    }

    private IDevice DeviceOf(GrowthSize size, Dictionary<int, CpuDevice> teams)
    {
        if (_device is not CpuDevice cpu || size.Threads == cpu.Team.Threads)
        {
            return _device;
        }

        if (!teams.TryGetValue(size.Threads, out CpuDevice? team))
        {
            team = new CpuDevice(cpu.Kernels, size.Threads);
            teams.Add(size.Threads, team);
        }

        return team;
    }

    private void Take(List<Case> cases)
    {
        double total = cases.Sum(each => each.Run.Seconds) * (_plan.Rounds + 1);
        double done = 0;
        for (int round = -1; round < _plan.Rounds; round++)
        {
            foreach (Case each in cases)
            {
                Tell("how costs grow", First + ((1 - First) * done / total));
                each.Run.Take(round, _plan.Rounds);
                done += each.Run.Seconds;
            }
        }
    }

    private static GrowthReport Report(List<Curve> curves)
    {
        List<GrowthCurve> right = [];
        List<GrowthMemory> memory = [];
        List<RefusedGrowth> refused = [];
        foreach (Curve curve in curves)
        {
            PlannedCurve planned = curve.Planned;
            var measured = new GrowthCurve(
                planned.Operation,
                planned.Axis,
                planned.FittedFrom,
                [.. curve.Cases.Select(each => new GrowthPoint(each.Size, each.Run.ToTime()))],
                curve.Error,
                curve.EndsBecause);
            if (!measured.IsRight)
            {
                refused.Add(new RefusedGrowth(planned.Operation, planned.Axis, curve.Error));
                continue;
            }

            // A power takes two sizes.
            if (measured.Fitted.Count < 2)
            {
                continue;
            }

            right.Add(measured);
            if (planned.Axis == GrowthAxis.Count)
            {
                memory.Add(new GrowthMemory(
                    planned.Operation,
                    planned.Operation == GrowthSubject.Draw ? 0 : sizeof(float) * planned.Rest.Dimension,
                    planned.FittedFrom,
                    [.. curve.Cases.Select(each => new MemoryPoint(each.Size.Count, each.Bytes))]));
            }
        }

        return new GrowthReport(right, memory, refused);
    }

    private void Tell(string stage, double share)
    {
        _cancellation.ThrowIfCancellationRequested();
        _progress?.Report(new BenchmarkProgress(stage, share));
    }

    private sealed class Curve(PlannedCurve planned)
    {
        public PlannedCurve Planned => planned;

        public List<Case> Cases { get; } = [];

        public double Error { get; set; }

        public string? EndsBecause { get; set; }
    }

    private sealed record Case(GrowthSize Size, GrowthSubject Subject, TimedRun Run, long Bytes);
}
