using ScoreGpu.Engine.Processes;

namespace ScoreGpu.Engine.Samplers;

/// <summary>The falling times of a grid, evenly spaced in a function of the time.</summary>
internal static class TimeGridSpacing
{
    /// <summary>Times of a process in continuous time; the ends are met exactly.</summary>
    public static double[] Continuous(
        ContinuousProcess process, TimeSpacing spacing, int count, TimeRange ends, double rho)
    {
        double[] times = new double[count];
        for (int i = 0; i < count; i++)
        {
            double share = count == 1 ? 0.0 : (double)i / (count - 1);
            times[i] = i == 0 ? ends.End
                : i == count - 1 ? ends.Start
                : spacing switch
                {
                    TimeSpacing.Uniform => Mix(ends.End, ends.Start, share),
                    TimeSpacing.Quadratic => Math.Pow(Mix(Math.Sqrt(ends.End), Math.Sqrt(ends.Start), share), 2.0),
                    TimeSpacing.Karras => process.TimeAtLogSnr(KarrasLogSnr(process, ends, share, rho)),
                    _ => process.TimeAtLogSnr(Mix(process.LogSnr(ends.End), process.LogSnr(ends.Start), share)),
                };
        }

        return times;
    }

    /// <summary>Distinct steps of a discrete process, the nearest to the spacing, both ends among them.</summary>
    public static double[] Discrete(
        DiffusionProcess process, TimeSpacing spacing, int count, TimeRange ends, double rho)
    {
        int low = (int)ends.Start;
        int high = (int)ends.End;
        if (count > high - low + 1)
        {
            throw InputException.For("steps", count, $"at most {high - low + 1}, the steps of the process");
        }

        int[] steps = new int[count];
        for (int i = 0; i < count; i++)
        {
            // From the cleanest up, so that steps which fall together are pushed apart towards the noise.
            double share = count == 1 ? 1.0 : (double)i / (count - 1);
            double wanted = spacing switch
            {
                TimeSpacing.Uniform => Mix(low, high, share),
                TimeSpacing.Quadratic => low + ((high - low) * share * share),
                TimeSpacing.Karras => Nearest(process, low, high, KarrasLogSnr(process, ends, 1.0 - share, rho)),
                _ => Nearest(process, low, high, Mix(process.LogSnr(low), process.LogSnr(high), share)),
            };
            int step = (int)Math.Round(wanted, MidpointRounding.AwayFromZero);
            int least = i == 0 ? low : steps[i - 1] + 1;
            int most = high - (count - 1 - i);
            steps[i] = Math.Clamp(step, least, most);
        }

        return [.. steps.Reverse().Select(step => (double)step)];
    }

    private static double Mix(double from, double to, double share) => from + (share * (to - from));

    private static double KarrasLogSnr(DiffusionProcess process, TimeRange ends, double share, double rho)
    {
        double greatest = Math.Exp(-0.5 * process.LogSnr(ends.End) / rho);
        double least = Math.Exp(-0.5 * process.LogSnr(ends.Start) / rho);
        return -2.0 * rho * Math.Log(Mix(greatest, least, share));
    }

    private static int Nearest(DiffusionProcess process, int low, int high, double logSnr)
    {
        int best = low;
        for (int t = low; t <= high; t++)
        {
            best = Math.Abs(process.LogSnr(t) - logSnr) < Math.Abs(process.LogSnr(best) - logSnr) ? t : best;
        }

        return best;
    }
}
