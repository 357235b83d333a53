using ScoreGpu.Engine.Processes;

namespace ScoreGpu.Engine.Samplers;

/// <summary>The times that a sampler visits, in the order of its steps.</summary>
/// <remarks>
/// Falling times lead from noise to data, and may end with one more step, from the last time to the data themselves
/// (x ← x̂₀). Rising times lead from data to noise: the same solvers then encode.
/// </remarks>
public sealed class TimeGrid
{
    private readonly double[] _times;

    private TimeGrid(double[] times, bool endsAtData)
    {
        _times = times;
        EndsAtData = endsAtData;
    }

    /// <summary>The times.</summary>
    public IReadOnlyList<double> Times => _times;

    /// <summary>Whether a last step leads from the last time to the data.</summary>
    public bool EndsAtData { get; }

    /// <summary>The number of steps: one less than times, and one more where the grid ends at the data.</summary>
    public int Steps => _times.Length - (EndsAtData ? 0 : 1);

    /// <summary>Whether the times fall, from noise to data.</summary>
    public bool Falls => _times.Length == 1 || _times[1] < _times[0];

    /// <summary>A grid of any times.</summary>
    /// <param name="process">The process, whose times they must be.</param>
    /// <param name="times">At least one time, falling, or at least two, falling or rising.</param>
    /// <param name="endsAtData">Whether a last step leads to the data; only where the times fall.</param>
    /// <exception cref="InputException">The times are not as described.</exception>
    public static TimeGrid Of(DiffusionProcess process, IReadOnlyList<double> times, bool endsAtData = true)
    {
        ArgumentNullException.ThrowIfNull(process);
        ArgumentNullException.ThrowIfNull(times);
        int least = endsAtData ? 1 : 2;
        if (times.Count < least)
        {
            throw InputException.For("the number of times", times.Count, $"at least {least}");
        }

        var grid = new TimeGrid([.. times], endsAtData);
        for (int i = 0; i < times.Count; i++)
        {
            RequireTime(process, times[i]);
            if (i > 0 && !(grid.Falls ? times[i] < times[i - 1] : times[i] > times[i - 1]))
            {
                throw InputException.For("time", times[i], $"one that goes on from {times[i - 1]} as the others do");
            }
        }

        return endsAtData && !grid.Falls
            ? throw InputException.For("the last time", times[^1], "the least, where a last step leads to the data")
            : grid;
    }

    /// <summary>A grid of a given number of steps.</summary>
    /// <param name="process">
    /// The process; of a discrete one, the steps nearest to the spacing are taken, each once.
    /// </param>
    /// <param name="spacing">How the times are spaced.</param>
    /// <param name="steps">Steps, at least 1; with a last step to the data, as many times.</param>
    /// <param name="endsAtData">Whether a last step leads to the data.</param>
    /// <param name="first">The first time; null takes the noisiest of the process's usual range.</param>
    /// <param name="last">The last time; null takes the cleanest of the process's usual range.</param>
    /// <param name="rho">ρ of <see cref="TimeSpacing.Karras"/>, at least 1.</param>
    /// <exception cref="InputException">A number is out of range, or a discrete process has not so many steps.
    /// </exception>
    public static TimeGrid Create(
        DiffusionProcess process,
        TimeSpacing spacing,
        int steps,
        bool endsAtData = true,
        double? first = null,
        double? last = null,
        double rho = 7.0)
    {
        ArgumentNullException.ThrowIfNull(process);
        if (steps < 1)
        {
            throw InputException.For(nameof(steps), steps, "at least 1");
        }

        if (!(rho >= 1.0 && double.IsFinite(rho)))
        {
            throw InputException.For(nameof(rho), rho, "a finite number of at least 1");
        }

        var range = process is ContinuousProcess continuous ? continuous.SamplingRange : process.TimeRange;
        var ends = new TimeRange(last ?? range.Start, first ?? range.End);
        RequireTime(process, ends.Start);
        RequireTime(process, ends.End);
        int count = steps + (endsAtData ? 0 : 1);
        if (count > 1 && !(ends.Start < ends.End))
        {
            throw InputException.For("the last time", ends.Start, $"a time below the first, {ends.End}");
        }

        double[] times = process is ContinuousProcess smooth
            ? TimeGridSpacing.Continuous(smooth, spacing, count, ends, rho)
            : TimeGridSpacing.Discrete(process, spacing, count, ends, rho);
        return Of(process, times, endsAtData);
    }

    /// <summary>The same times the other way, for encoding; without a step to or from the data.</summary>
    /// <exception cref="InputException">There is but one time.</exception>
    public TimeGrid Reversed() =>
        _times.Length > 1
            ? new TimeGrid([.. Enumerable.Reverse(_times)], false)
            : throw InputException.For("the number of times", 1, "at least 2 to encode");

    /// <summary>The levels between which the steps lead; the last is the data where the grid ends there.</summary>
    internal NoiseLevel[] Levels(DiffusionProcess process)
    {
        var levels = _times.Select(time => NoiseLevel.At(process, time));
        return EndsAtData ? [.. levels, NoiseLevel.Data] : [.. levels];
    }

    /// <summary>Refuses rising times for a sampler that adds noise.</summary>
    /// <exception cref="InputException">The times rise.</exception>
    internal void RequireFalling(string sampler)
    {
        if (!Falls)
        {
            throw InputException.For(
                "sampler", sampler, "one that adds no noise: only those lead from data to noise and back again");
        }
    }

    private static void RequireTime(DiffusionProcess process, double time)
    {
        // EDM's last level is 0, below the least that its networks are trained on.
        bool fits = process.TimeRange.Contains(time) || (process is EdmProcess && time >= 0.0 && double.IsFinite(time));
        if (!fits || (process is not ContinuousProcess && time != Math.Floor(time)))
        {
            string kind = process is ContinuousProcess ? "a number" : "a whole number";
            throw InputException.For(
                "time", time, $"{kind} from {process.TimeRange.Start} to {process.TimeRange.End} for {process.Name}");
        }
    }
}
