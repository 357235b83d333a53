namespace ScoreGpu.Engine.Distributions;

/// <summary>
/// Five blades: v = (r, τ) with r ~ N(1, 0.3²) and τ ~ N(0, 0.1²), turned by −(2πk/5 + ¼eʳ) for a k of 0 … 4 and doubled,
/// so that a blade bends the more the farther out it reaches.
/// </summary>
/// <remarks>
/// The turn keeps |v| = |x|/2 = ρ. With v = ρ(cos β, sin β), the point's angle ψ has the sources
/// β − ¼ exp(ρ cos β) = ψ + 2πk/5 (mod 2π), and p(x) = (1/20) Σ_k Σ_β N(r; 1, 0.3²) N(τ; 0, 0.1²)/|1 + ¼τeʳ|: the sum
/// runs over all solutions, which are found between the nodes of a grid in β. Far from the blades (9 standard
/// deviations) the map folds, and the density has poles of no mass at the folds. Farther than 16 from the origin, where p
/// is below e⁻²⁷⁰, the density is given as 0.
/// Johnson et al., "Composing graphical models with neural networks", arXiv:1603.06277, section 6; the size as in the
/// code of Grathwohl et al., "FFJORD", arXiv:1810.01367 (<c>pinwheel</c>).
/// </remarks>
public sealed class Pinwheel : PlanarDistribution
{
    private const int Blades = 5;
    private const double Scale = 2.0;
    private const double RadialMean = 1.0;
    private const double RadialStd = 0.3;
    private const double TangentialStd = 0.1;
    private const double Rate = 0.25;
    private const double Turn = 2.0 * Math.PI;

    // exp(8)/4 is 119 turns; beyond, the sources grow beyond number.
    private const double LargestRadius = 8.0;
    private const int Intervals = 256;
    private const double Tolerance = 1e-15;

    /// <inheritdoc/>
    public override double LogDensity(double x, double y)
    {
        if (!double.IsFinite(x) || !double.IsFinite(y))
        {
            return double.NaN;
        }

        double radius = Math.Sqrt((x * x) + (y * y)) / Scale;
        if (radius > LargestRadius)
        {
            return double.NegativeInfinity;
        }

        double angle = Math.Atan2(y, x);
        double largest = double.NegativeInfinity;
        double sum = 0.0;
        double beta = -Math.PI;
        double value = Phase(radius, beta);
        for (int i = 1; i <= Intervals; i++)
        {
            double nextBeta = -Math.PI + (Turn * i / Intervals);
            double nextValue = Phase(radius, nextBeta);
            AddSources(radius, angle, (beta, value), (nextBeta, nextValue), ref largest, ref sum);
            (beta, value) = (nextBeta, nextValue);
        }

        return largest + Math.Log(sum)
            - Math.Log(Blades * Scale * Scale * Turn * RadialStd * TangentialStd);
    }

    /// <inheritdoc/>
    protected override (double X, double Y) PointOf(ReadOnlySpan<double> uniforms, ReadOnlySpan<double> normals)
    {
        double r = RadialMean + (RadialStd * normals[0]);
        double tau = TangentialStd * normals[1];
        double turn = (Turn * (int)(Blades * uniforms[0]) / Blades) + (Rate * Math.Exp(r));
        (double sin, double cos) = Math.SinCos(turn);
        return (Scale * ((r * cos) + (tau * sin)), Scale * ((tau * cos) - (r * sin)));
    }

    private static double Phase(double radius, double beta) => beta - (Rate * Math.Exp(radius * Math.Cos(beta)));

    // The targets ψ + 2πk/5 + 2πm, m whole, are all numbers of the form ψ + 2πj/5.
    private static void AddSources(
        double radius,
        double angle,
        (double Beta, double Value) from,
        (double Beta, double Value) to,
        ref double largest,
        ref double sum)
    {
        const double Step = Turn / Blades;
        double low = Math.Min(from.Value, to.Value);
        double high = Math.Max(from.Value, to.Value);
        for (double j = Math.Ceiling((low - angle) / Step); angle + (j * Step) < high; j++)
        {
            double beta = Solve(radius, angle + (j * Step), from.Beta, to.Beta);
            (double sin, double cos) = Math.SinCos(beta);
            double r = (radius * cos) - RadialMean;
            double tau = radius * sin;
            double exponent = (-0.5 * r * r / (RadialStd * RadialStd))
                - (0.5 * tau * tau / (TangentialStd * TangentialStd))
                - Math.Log(Math.Abs(1.0 + (tau * Rate * Math.Exp(radius * cos))));
            if (exponent > largest)
            {
                sum *= Math.Exp(largest - exponent);
                largest = exponent;
            }

            sum += Math.Exp(exponent - largest);
        }
    }

    // Bisection with Newton's steps where they stay inside.
    private static double Solve(double radius, double target, double left, double right)
    {
        bool rises = Phase(radius, right) > Phase(radius, left);
        double beta = 0.5 * (left + right);
        for (int step = 0; step < 100; step++)
        {
            double turned = Rate * Math.Exp(radius * Math.Cos(beta));
            double difference = beta - turned - target;
            if (difference > 0.0 == rises)
            {
                right = beta;
            }
            else
            {
                left = beta;
            }

            double next = beta - (difference / (1.0 + (turned * radius * Math.Sin(beta))));
            if (!(next > left && next < right))
            {
                next = 0.5 * (left + right);
            }

            if (Math.Abs(next - beta) <= Tolerance * Math.PI)
            {
                return next;
            }

            beta = next;
        }

        return beta;
    }
}
