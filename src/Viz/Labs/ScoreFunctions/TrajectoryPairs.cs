using ScoreGpu.Engine.Data;
using ScoreGpu.Engine.Devices;
using ScoreGpu.Engine.Metrics;
using ScoreGpu.Engine.Models;
using ScoreGpu.Engine.Samplers;

namespace ScoreGpu.Viz.Labs.ScoreFunctions;

/// <summary>Exercise 4: a few trajectories of the SDE and the ODE, two runs each, from the same starts.</summary>
/// <param name="Starts">x_T ~ N(0, 2²·I), [N, 2].</param>
/// <param name="Sde">The two runs of the SDE.</param>
/// <param name="Ode">The two runs of the ODE.</param>
/// <param name="SdeDistance">The mean distance between the endpoints of the SDE's two runs.</param>
/// <param name="OdeLargestDifference">The largest difference between any two numbers of the ODE's two runs.</param>
/// <param name="OdeIsBitEqual">Whether every state of the ODE's two runs has the same bits.</param>
/// <param name="SdeDetour">The mean ratio of a path's length to the distance between its ends.</param>
/// <param name="OdeDetour">The same of the ODE.</param>
/// <param name="ModesFromOneStart">
/// For each start, how many of the four clusters many runs of the SDE reach with at least 5 % of the runs.
/// </param>
/// <param name="RunsFromOneStart">How many runs that were.</param>
internal sealed record TrajectoryPairs(
    float[] Starts,
    IReadOnlyList<SampleResult> Sde,
    IReadOnlyList<SampleResult> Ode,
    double SdeDistance,
    double OdeLargestDifference,
    bool OdeIsBitEqual,
    double SdeDetour,
    double OdeDetour,
    IReadOnlyList<int> ModesFromOneStart,
    int RunsFromOneStart)
{
    /// <summary>The least share of the runs for a cluster to count as reached.</summary>
    public const double ReachedShare = 0.05;

    /// <summary>Samples everything.</summary>
    public static TrajectoryPairs Compute(
        LabContext context, ScoreFunctionsSettings settings, DdpmModelProcess process, IDeviceNetwork network)
    {
        int count = settings.SingleTrajectories;
        float[] starts = StartingPoints.Draw(2.0, count, LabKeys.Of(context.Seed, LabDraw.SingleStarts));
        SampleResult[] sde = [.. Runs().Select(key => Run(DdpmSampler.Create(process.Schedule), key))];
        SampleResult[] ode = [.. Runs().Select(key => Run(DdimSampler.Create(process.Schedule), key))];
        return new TrajectoryPairs(
            starts,
            sde,
            ode,
            MeanDistance(sde[0].Points, sde[1].Points),
            ode[0].Trajectories.Zip(ode[1].Trajectories, (a, b) => Math.Abs(a - b)).Max(),
            ode[0].Trajectories.AsSpan().SequenceEqual(ode[1].Trajectories),
            Detour(sde[0], count),
            Detour(ode[0], count),
            CountModes(context, settings, process, network, starts),
            settings.RunsFromOneStart);

        SampleResult Run(StepProgram program, ulong key) => network.Sample(program, new SampleRequest
        {
            Count = count,
            Seed = key,
            Start = starts,
            RecordEvery = settings.RecordEvery,
            Cancellation = context.Cancellation,
        });

        ulong[] Runs() =>
            [LabKeys.Of(context.Seed, LabDraw.FirstRun), LabKeys.Of(context.Seed, LabDraw.SecondRun)];
    }

    private static int[] CountModes(
        LabContext context,
        ScoreFunctionsSettings settings,
        DdpmModelProcess process,
        IDeviceNetwork network,
        float[] starts)
    {
        int runs = settings.RunsFromOneStart;
        float[] repeated = new float[starts.Length * runs];
        for (int i = 0; i < repeated.Length; i++)
        {
            repeated[i] = starts[(2 * (i / (2 * runs))) + (i % 2)];
        }

        float[] ends = network.Sample(DdpmSampler.Create(process.Schedule), new SampleRequest
        {
            Count = repeated.Length / 2,
            Seed = LabKeys.Of(context.Seed, LabDraw.ManyRuns),
            Start = repeated,
            Cancellation = context.Cancellation,
        }).Points;
        int[] reached = new int[starts.Length / 2];
        for (int start = 0; start < reached.Length; start++)
        {
            PointSet fromHere = new(ends.AsSpan(2 * runs * start, 2 * runs).ToArray(), runs, 2);
            ModeStatistics statistics = ModeStatistics.Of(NamedMixtures.FourGaussians, fromHere);
            reached[start] = statistics.Modes.Count(mode => mode.Share >= ReachedShare);
        }

        return reached;
    }

    private static double MeanDistance(float[] first, float[] second) =>
        Directions.MeanNorm([.. first.Zip(second, (a, b) => (double)a - b)]);

    private static double Detour(SampleResult run, int count) => Points.Paths(run.Trajectories, count).Average(path =>
    {
        double length = 0.0;
        for (int i = 1; i < path.Count; i++)
        {
            length += Distance(path, i - 1, i);
        }

        return length / Distance(path, 0, path.Count - 1);
    });

    private static double Distance(Points path, int i, int j) =>
        Math.Sqrt(Math.Pow(path.X[j] - path.X[i], 2) + Math.Pow(path.Y[j] - path.Y[i], 2));
}
