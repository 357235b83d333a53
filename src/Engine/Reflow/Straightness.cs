using ScoreGpu.Engine.Samplers;

namespace ScoreGpu.Engine.Reflow;

/// <summary>
/// How straight the paths of a flow are: S = ∫₀¹ E‖(Z₁ − Z₀) − dZ_t/dt‖² dt, 0 exactly where each path is a straight line
/// at constant speed, so that one Euler step is exact.
/// </summary>
/// <remarks>
/// From states on the way: between two of them the velocity is their difference over the time, as Euler's method has it, so
/// that S is that of the polygon; it rises to the flow's own with the number of states. The integral is divided by the time
/// that the states span. Liu, Gong and Liu, 2022, arXiv:2209.03003, the measure S(Z).
/// </remarks>
public static class Straightness
{
    /// <summary>S of the paths of a run.</summary>
    /// <param name="states">The states, [F, N, D], the start first; F is the number of times.</param>
    /// <param name="times">The F ≥ 2 times of the states, rising or falling.</param>
    /// <param name="count">N ≥ 1.</param>
    /// <exception cref="InputException">The lengths do not fit, or the times do not go on.</exception>
    public static double Of(ReadOnlySpan<double> states, IReadOnlyList<double> times, int count)
    {
        ArgumentNullException.ThrowIfNull(times);
        if (times.Count < 2)
        {
            throw InputException.For("the number of times", times.Count, "at least 2");
        }

        if (count < 1 || states.Length == 0 || states.Length % (times.Count * (long)count) != 0)
        {
            throw InputException.For(
                "the number of values", states.Length, $"a multiple of {times.Count} states of {count} points");
        }

        int size = states.Length / times.Count;
        double span = times[^1] - times[0];
        double sum = 0.0;
        for (int k = 0; k + 1 < times.Count; k++)
        {
            double h = times[k + 1] - times[k];
            if (!(h * span > 0.0))
            {
                throw InputException.For("time", times[k + 1], $"one that goes on from {times[k]} as the others do");
            }

            for (int i = 0; i < size; i++)
            {
                double whole = (states[((times.Count - 1) * size) + i] - states[i]) / span;
                double part = (states[((k + 1) * size) + i] - states[(k * size) + i]) / h;
                sum += h / span * (whole - part) * (whole - part);
            }
        }

        return sum / count;
    }

    /// <summary>The times of the states that a sampler leaves: those of its grid, and 0 where it ends at the data.
    /// </summary>
    public static IReadOnlyList<double> TimesOf(TimeGrid grid)
    {
        ArgumentNullException.ThrowIfNull(grid);
        return grid.EndsAtData ? [.. grid.Times, 0.0] : grid.Times;
    }
}
