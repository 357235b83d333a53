using ScoreGpu.Engine.Distributions;
using ScoreGpu.Engine.Metrics;

namespace ScoreGpu.Viz.Labs.Ncsn;

/// <summary>How long Langevin steps take from one mode to the next, from the density alone.</summary>
internal static class ModeHops
{
    /// <summary>The distance of the first two modes.</summary>
    public static double NeighbourDistance(GaussianMixture ring)
    {
        ReadOnlySpan<double> first = ring.Mean(0);
        ReadOnlySpan<double> second = ring.Mean(1);
        return Math.Sqrt(Math.Pow(first[0] - second[0], 2) + Math.Pow(first[1] - second[1], 2));
    }

    /// <summary>
    /// The mean steps x′ = x + ½α·s + √α·z from one centre to the next, on the line through the two: the other modes are
    /// left out, and the step counts as small.
    /// </summary>
    /// <param name="ring">The data.</param>
    /// <param name="sigma">The level's noise.</param>
    /// <param name="alpha">The step size.</param>
    public static double StepsBetweenNeighbours(GaussianMixture ring, double sigma, double alpha)
    {
        double half = 0.5 * NeighbourDistance(ring);
        double std = Math.Sqrt(ring.Covariance(0)[0] + (sigma * sigma));
        GaussianMixture pair = GaussianMixture.Isotropic([[-half], [half]], std);
        return PassageTime.Between(pair, -half, half) / (0.5 * alpha);
    }

    /// <summary>How often chains go from beyond one of two places to beyond the other.</summary>
    /// <param name="chains">The states of each chain, step by step.</param>
    /// <param name="core">Left of −core and right of +core are the two modes.</param>
    public static int Count(IEnumerable<double[]> chains, double core)
    {
        int hops = 0;
        foreach (double[] chain in chains)
        {
            int side = 0;
            foreach (double x in chain)
            {
                int here = x >= core ? 1 : x <= -core ? -1 : 0;
                if (here != 0)
                {
                    hops += side == -here ? 1 : 0;
                    side = here;
                }
            }
        }

        return hops;
    }
}
