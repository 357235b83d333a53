using ScoreGpu.Engine.Data;
using ScoreGpu.Engine.Distributions;
using ScoreGpu.Engine.Metrics;
using ScoreGpu.Engine.Processes;
using ScoreGpu.Engine.Samplers;
using ScoreGpu.Engine.Samplers.Host;

namespace ScoreGpu.Viz.Labs.Sde;

/// <summary>Exercises 2 and 6: the reverse SDE and the probability flow of VP from the same starts, with the exact score.
/// </summary>
/// <param name="LineSde">Paths of the SDE on the line.</param>
/// <param name="LineFlow">Paths of the flow from the same starts.</param>
/// <param name="Times">The time of each frame, falling.</param>
/// <param name="Sde">The states of the SDE in the plane, [frames][N·2].</param>
/// <param name="Flow">Those of the flow.</param>
/// <param name="Marginals">Both against fresh points of p_t.</param>
/// <param name="SdeDistance">The mean distance between the ends of two runs of the SDE from the same starts.</param>
/// <param name="FlowIsBitEqual">Whether two runs of the flow end in the same bits.</param>
/// <param name="SdeDetour">The mean ratio of a path's length, frame by frame, to the distance between its ends.</param>
/// <param name="FlowDetour">The same of the flow.</param>
/// <param name="RoundTrip">The largest coordinate error of points led to noise and back by the flow.</param>
internal sealed record ReverseStudy(
    IReadOnlyList<LinePath> LineSde,
    IReadOnlyList<LinePath> LineFlow,
    IReadOnlyList<double> Times,
    IReadOnlyList<double[]> Sde,
    IReadOnlyList<double[]> Flow,
    IReadOnlyList<MarginalRow> Marginals,
    double SdeDistance,
    bool FlowIsBitEqual,
    double SdeDetour,
    double FlowDetour,
    double RoundTrip)
{
    private const int FlowStepsAFrame = 2;
    private const int LineSteps = 400;
    private const int RoundTripPoints = 200;
    private const int RoundTripSteps = 200;

    // From noise to data, in equal steps of √t.
    private static readonly double[] ComparedTimes = [0.75, 0.5, 0.35, 0.2, 0.1, 0.03, 1e-3];

    private static readonly SamplerModel Model = new(SdeProcesses.Vp, Prediction.Epsilon);

    /// <summary>Samples everything.</summary>
    public static ReverseStudy Measure(SdeSettings settings, ulong seed, CancellationToken cancellation)
    {
        HostRequest request = new()
        {
            Count = settings.Particles,
            Seed = LabKeys.Of(seed, SdeDraw.Particles),
            Cancellation = cancellation,
        };
        GaussianMixture plane = SdeProcesses.Plane;
        double[][] sde = Walk(plane, Grid(settings.Frames * settings.StepsAFrame), settings.StepsAFrame, true, request);
        double[][] flow = Walk(plane, Grid(settings.Frames * FlowStepsAFrame), FlowStepsAFrame, false, request);

        // The same starts, other noise.
        HostRequest again = request with { Seed = LabKeys.Of(seed, SdeDraw.OtherParticles), Start = sde[0] };
        double[] other =
            Walk(plane, Grid(settings.Frames * settings.StepsAFrame), settings.StepsAFrame, true, again)[^1];
        double[] repeated = Walk(plane, Grid(settings.Frames * FlowStepsAFrame), FlowStepsAFrame, false, again)[^1];
        TimeGrid frames = Grid(settings.Frames);
        double[] quantiles = [-1.6, -1.0, -0.55, -0.18, 0.18, 0.55, 1.0, 1.6];
        HostRequest onLine = new()
        {
            Count = quantiles.Length,
            Start = quantiles,
            Seed = LabKeys.Of(seed, SdeDraw.Paths),
            Cancellation = cancellation,
        };
        return new ReverseStudy(
            LinePath.Of(Walk(SdeProcesses.Line, Uniform(LineSteps), 1, true, onLine), Uniform(LineSteps)),
            LinePath.Of(Walk(SdeProcesses.Line, Uniform(LineSteps), 1, false, onLine), Uniform(LineSteps)),
            frames.Times,
            sde,
            flow,
            [.. ComparedTimes.Select((t, i) => Compare(t, i, frames, sde, flow, seed))],
            MeanDistance(sde[^1], other),
            repeated.AsSpan().SequenceEqual(flow[^1]),
            Detour(sde),
            Detour(flow),
            ThereAndBack(seed, cancellation));
    }

    private static TimeGrid Grid(int steps) =>
        TimeGrid.Create(SdeProcesses.Vp, TimeSpacing.Quadratic, steps, endsAtData: false);

    private static TimeGrid Uniform(int steps) =>
        TimeGrid.Create(SdeProcesses.Vp, TimeSpacing.Uniform, steps, endsAtData: false);

    /// <summary>The states at the start and after every few steps, [frames][N·D].</summary>
    private static double[][] Walk(
        GaussianMixture data, TimeGrid grid, int every, bool isSde, HostRequest request)
    {
        StepProgram program = isSde ? EulerMaruyamaSampler.Create(Model, grid) : HeunSampler.Create(Model, grid);
        int rows = every * (isSde ? 1 : 2);
        List<double[]> frames = [];
        HostProgram.Run(program, new ExactNetwork(data, Model), request, (row, states) =>
        {
            if ((row + 1) % rows == 0)
            {
                frames.Add(states.ToArray());
            }
        });
        return [.. frames];
    }

    private static MarginalRow Compare(
        double time, int index, TimeGrid frames, double[][] sde, double[][] flow, ulong seed)
    {
        int frame = Enumerable.Range(0, frames.Times.Count).MinBy(i => Math.Abs(frames.Times[i] - time));
        double t = frames.Times[frame];
        GaussianMixture density = SdeProcesses.At(SdeProcesses.Plane, SdeProcesses.Vp, t);
        PointSet ofSde = Set(sde[frame]);
        PointSet ofFlow = Set(flow[frame]);
        PointSet truth = new(
            density.Sample(ofSde.Count, LabKeys.Of(seed, SdeDraw.Marginals, index)), ofSde.Count, 2);
        return new MarginalRow(
            t,
            frame,
            EnergyDistance.Estimate(ofSde, truth),
            EnergyDistance.Estimate(ofFlow, truth),
            EnergyDistance.Estimate(ofSde, ofFlow));
    }

    private static PointSet Set(double[] points) =>
        new(Array.ConvertAll(points, value => (float)value), points.Length / 2, 2);

    private static double MeanDistance(double[] first, double[] second) =>
        Enumerable.Range(0, first.Length / 2).Average(i => Distance(first, second, i));

    private static double Distance(double[] from, double[] to, int point) => Math.Sqrt(
        Math.Pow(to[2 * point] - from[2 * point], 2) + Math.Pow(to[(2 * point) + 1] - from[(2 * point) + 1], 2));

    private static double Detour(double[][] frames) => Enumerable.Range(0, frames[0].Length / 2).Average(i =>
        Enumerable.Range(1, frames.Length - 1).Sum(k => Distance(frames[k - 1], frames[k], i))
        / Distance(frames[0], frames[^1], i));

    private static double ThereAndBack(ulong seed, CancellationToken cancellation)
    {
        TimeGrid grid = TimeGrid.Create(SdeProcesses.Vp, TimeSpacing.LogSnr, RoundTripSteps, endsAtData: false);
        double[] data = SdeProcesses.Plane.SampleDoubles(
            RoundTripPoints, LabKeys.Of(seed, SdeDraw.RoundTrip));
        double[] back = Run(grid, Run(grid.Reversed(), data));
        return data.Zip(back, (a, b) => Math.Abs(a - b)).Max();

        double[] Run(TimeGrid along, double[] start) => HostProgram.Run(
            RungeKuttaSampler.Create(Model, along),
            new ExactNetwork(SdeProcesses.Plane, Model),
            new HostRequest { Count = RoundTripPoints, Start = start, Cancellation = cancellation }).Points;
    }
}

/// <summary>A path on the line.</summary>
/// <param name="Times">t, falling.</param>
/// <param name="States">x_t.</param>
internal sealed record LinePath(double[] Times, double[] States)
{
    /// <summary>Takes the frames of several paths apart.</summary>
    public static IReadOnlyList<LinePath> Of(double[][] frames, TimeGrid grid) =>
    [
        .. Enumerable.Range(0, frames[0].Length).Select(path =>
            new LinePath([.. grid.Times], [.. frames.Select(frame => frame[path])])),
    ];
}

/// <summary>The particles at one time against fresh points of p_t, and against each other: squared energy distances.
/// </summary>
/// <param name="Time">t.</param>
/// <param name="Frame">Which frame.</param>
/// <param name="Sde">The SDE's.</param>
/// <param name="Flow">The flow's.</param>
/// <param name="Between">Between the two.</param>
internal sealed record MarginalRow(
    double Time, int Frame, TwoSampleEstimate Sde, TwoSampleEstimate Flow, TwoSampleEstimate Between)
{
    /// <summary>The largest of the three distances in standard errors.</summary>
    public double LargestDeviation => new[] { Sde, Flow, Between }.Max(ClearDifference.Deviation);
}
