using ScoreGpu.Engine.Distributions;

namespace ScoreGpu.Engine.Metrics;

/// <summary>
/// How long Langevin dynamics dx = ∇log p(x) dt + √2 dw on the line takes, on average, until it first reaches a place to
/// the right of its start.
/// </summary>
/// <remarks>
/// T(a → b) = ∫_a^b P(y)/p(y) dy with P the distribution function. A step x′ = x + η·s + √(2η)·z takes the time η, so
/// that T/η steps are to be expected where η is small. Gardiner, "Handbook of Stochastic Methods", section 5.2.7; where
/// a valley lies in between, T grows as exp of its depth: Kramers, 1940, "Brownian motion in a field of force and the
/// diffusion model of chemical reactions".
/// </remarks>
public static class PassageTime
{
    // The trapezoidal rule is then off by less than 10⁻⁶ of T for modes some ten standard deviations apart.
    private const int Intervals = 1 << 15;

    // What lies further out than this many standard deviations has no share in P.
    private const double Tail = 12.0;

    /// <summary>The mean time from one place to another.</summary>
    /// <param name="mixture">p, of one dimension.</param>
    /// <param name="from">a.</param>
    /// <param name="to">b, above a.</param>
    /// <exception cref="InputException">The mixture is not of one dimension, the places are not in order, or p is so small
    /// between them that the time is no finite number.</exception>
    public static double Between(GaussianMixture mixture, double from, double to)
    {
        ArgumentNullException.ThrowIfNull(mixture);
        if (mixture.Dimension != 1)
        {
            throw InputException.For("the mixture's dimension", mixture.Dimension, "1");
        }

        if (!double.IsFinite(from) || !double.IsFinite(to) || to <= from)
        {
            throw InputException.For("to", to, $"a finite number above from = {from}");
        }

        double low = from;
        for (int k = 0; k < mixture.ComponentCount; k++)
        {
            low = Math.Min(low, mixture.Mean(k)[0] - (Tail * Math.Sqrt(mixture.Covariance(k)[0])));
        }

        // First what lies left of the start, then the way, with nodes of its own.
        double below = 0.0;
        double before = mixture.Density([low]);
        double step = (from - low) / Intervals;
        for (int i = 1; i <= Intervals && step > 0.0; i++)
        {
            double density = mixture.Density([low + (i * step)]);
            below += 0.5 * step * (before + density);
            before = density;
        }

        step = (to - from) / Intervals;
        before = mixture.Density([from]);
        double slowness = below / before;
        double time = 0.0;
        for (int i = 1; i <= Intervals; i++)
        {
            double density = mixture.Density([from + (i * step)]);
            below += 0.5 * step * (before + density);
            time += 0.5 * step * (slowness + (below / density));
            (before, slowness) = (density, below / density);
        }

        return double.IsFinite(time)
            ? time
            : throw InputException.For("to", to, $"a place that p leads to from {from} in a finite time");
    }
}
