namespace ScoreGpu.Engine.Metrics;

/// <summary>Pearson's test of counts against shares: χ² = Σ_k (n_k − n·w_k)²/(n·w_k), with K − 1 degrees of freedom.
/// </summary>
/// <remarks>
/// The law of χ² is a limit: good where every expected count n·w_k is 5 or more. Pearson, "On the criterion that a given
/// system of deviations …", 1900.
/// </remarks>
/// <param name="Statistic">χ².</param>
/// <param name="DegreesOfFreedom">K − 1.</param>
/// <param name="PValue">The probability of a χ² at least as large where the shares are right.</param>
public sealed record ChiSquare(double Statistic, int DegreesOfFreedom, double PValue)
{
    private const int MostTerms = 10_000;

    /// <summary>Tests counts.</summary>
    /// <param name="counts">n_k, at least two.</param>
    /// <param name="shares">w_k, above 0, of sum 1.</param>
    /// <exception cref="InputException">The lengths do not fit, a share is out of range, or all counts are 0.</exception>
    public static ChiSquare Of(IReadOnlyList<long> counts, IReadOnlyList<double> shares)
    {
        ArgumentNullException.ThrowIfNull(counts);
        ArgumentNullException.ThrowIfNull(shares);
        if (counts.Count != shares.Count || counts.Count < 2)
        {
            throw InputException.For("the number of shares", shares.Count, "as many as counts, at least 2");
        }

        double total = counts.Sum();
        if (!(total > 0.0))
        {
            throw InputException.For("the sum of counts", total, "at least 1");
        }

        double statistic = 0.0;
        for (int k = 0; k < counts.Count; k++)
        {
            double expected = total * shares[k];
            if (!(expected > 0.0))
            {
                throw InputException.For($"shares[{k}]", shares[k], "a number above 0");
            }

            statistic += (counts[k] - expected) * (counts[k] - expected) / expected;
        }

        return new ChiSquare(statistic, counts.Count - 1, UpperTail(statistic, counts.Count - 1));
    }

    /// <summary>The probability that χ² of some degrees of freedom exceeds a value: Q(ν/2, x/2).</summary>
    /// <param name="value">x, at least 0.</param>
    /// <param name="degreesOfFreedom">ν, at least 1.</param>
    /// <remarks>
    /// The series of P below the mean and Legendre's continued fraction of Q above it. Abramowitz and Stegun, "Handbook
    /// of Mathematical Functions", 6.5.29 and 6.5.31.
    /// </remarks>
    public static double UpperTail(double value, int degreesOfFreedom)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(degreesOfFreedom, 1);
        double a = 0.5 * degreesOfFreedom;
        double x = 0.5 * value;
        if (!(x > 0.0))
        {
            return x == 0.0 ? 1.0 : double.NaN;
        }

        if (double.IsPositiveInfinity(x))
        {
            return 0.0;
        }

        double scale = Math.Exp((a * Math.Log(x)) - x - LogGammaOfHalf(degreesOfFreedom));
        return x < a + 1.0 ? 1.0 - (scale * Series(a, x)) : scale * Fraction(a, x);
    }

    // ln Γ(ν/2), from Γ(½) = √π or Γ(1) = 1 up.
    private static double LogGammaOfHalf(int degreesOfFreedom)
    {
        double a = degreesOfFreedom % 2 == 1 ? 0.5 : 1.0;
        double sum = degreesOfFreedom % 2 == 1 ? 0.5 * Math.Log(Math.PI) : 0.0;
        for (; a < 0.5 * degreesOfFreedom; a++)
        {
            sum += Math.Log(a);
        }

        return sum;
    }

    private static double Series(double a, double x)
    {
        double term = 1.0 / a;
        double sum = term;
        for (int n = 1; n < MostTerms && term > 1e-17 * sum; n++)
        {
            term *= x / (a + n);
            sum += term;
        }

        return sum;
    }

    // Lentz's evaluation: 1/(x + 1 − a − 1·(1 − a)/(x + 3 − a − …)).
    private static double Fraction(double a, double x)
    {
        double b = x + 1.0 - a;
        double c = double.MaxValue;
        double d = 1.0 / b;
        double value = d;
        for (int n = 1; n < MostTerms; n++)
        {
            double numerator = -n * (n - a);
            b += 2.0;
            d = 1.0 / ((numerator * d) + b);
            c = b + (numerator / c);
            value *= c * d;
            if (Math.Abs((c * d) - 1.0) < 1e-15)
            {
                break;
            }
        }

        return value;
    }
}
