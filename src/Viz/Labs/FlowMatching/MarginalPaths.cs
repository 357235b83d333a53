using ScoreGpu.Engine.Distributions;
using ScoreGpu.Engine.Processes;
using ScoreGpu.Engine.Samplers;

namespace ScoreGpu.Viz.Labs.FlowMatching;

/// <summary>The paths of a process's ODE, exact but for the solver.</summary>
/// <param name="Key">The process's name.</param>
/// <param name="Times">The times of the states, falling to 0.</param>
/// <param name="States">[F, N, 2].</param>
/// <param name="Count">N.</param>
/// <param name="Shape">Their shape in t.</param>
/// <param name="Accelerations">The mean ‖d²x/dt²‖ at the inner times.</param>
internal sealed record MarginalPaths(
    string Key,
    IReadOnlyList<double> Times,
    double[] States,
    int Count,
    PathShape Shape,
    IReadOnlyList<double> Accelerations)
{
    // VP's velocity has no limit at t = 0; what noise is left at this time is a fortieth of a mode's width.
    private const double CleanestVp = 1e-3;

    /// <summary>The ends, [N, 2].</summary>
    public double[] Ends => States[^(2 * Count)..];

    /// <summary>The time at which the paths accelerate most.</summary>
    public double SharpestTime => Times[1 + Accelerations.IndexOfGreatest()];

    /// <summary>Follows the ODE by the Runge–Kutta method of order 4.</summary>
    /// <param name="data">The distribution of x₀.</param>
    /// <param name="process">The process.</param>
    /// <param name="starts">x at the first time, [N, 2].</param>
    /// <param name="steps">Steps.</param>
    /// <param name="cancellation">Stops between two evaluations.</param>
    /// <param name="first">The first time; null takes the process's last.</param>
    public static MarginalPaths Follow(
        GaussianMixture data,
        ContinuousProcess process,
        double[] starts,
        int steps,
        CancellationToken cancellation,
        double? first = null)
    {
        double start = first ?? ExactFlow.StartOf(process);
        bool reachesData = process is FlowProcess;
        double last = reachesData ? 0.0 : CleanestVp;
        TimeGrid grid = TimeGrid.Of(
            process,
            [.. Enumerable.Range(0, steps + 1).Select(i => ((start * (steps - i)) + (last * i)) / steps)],
            endsAtData: !reachesData);
        (_, double[] states) = ExactFlow.Run(
            data, process, model => RungeKuttaSampler.Create(model, grid), starts, cancellation, every: 4);
        IReadOnlyList<double> times = Engine.Reflow.Straightness.TimesOf(grid);
        int count = starts.Length / 2;
        return new MarginalPaths(
            process.Name,
            times,
            states,
            count,
            PathShape.Of(states, times, count),
            PathShape.Accelerations(states, times, count));
    }

    /// <summary>The states of the first paths at every k-th time and the last, [F′, M, 2].</summary>
    /// <param name="count">M.</param>
    /// <param name="every">k.</param>
    public float[] First(int count, int every)
    {
        List<float> kept = [];
        for (int k = 0; k < Times.Count; k++)
        {
            if (k % every == 0 || k == Times.Count - 1)
            {
                kept.AddRange(States.Skip(2 * Count * k).Take(2 * count).Select(value => (float)value));
            }
        }

        return [.. kept];
    }
}

/// <summary>Where a list is greatest.</summary>
internal static class GreatestExtensions
{
    /// <summary>The index of the first greatest value.</summary>
    public static int IndexOfGreatest(this IReadOnlyList<double> values)
    {
        int best = 0;
        for (int i = 1; i < values.Count; i++)
        {
            best = values[i] > values[best] ? i : best;
        }

        return best;
    }
}
