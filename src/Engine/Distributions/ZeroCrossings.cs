namespace ScoreGpu.Engine.Distributions;

/// <summary>Finds where a function of one variable changes sign, as a score does at every peak and valley.</summary>
/// <remarks>
/// The interval is cut into equal pieces, and each change of sign is refined by Brent's method: inverse quadratic
/// and secant steps, guarded by bisection. Brent, "Algorithms for Minimization without Derivatives", 1973, chapter 4.
/// Two crossings within one piece, zeros that only touch, and zeros at the interval's very ends are not seen.
/// </remarks>
public static class ZeroCrossings
{
    private const int MaxIterations = 200;

    /// <summary>All sign changes of a function inside an interval, in ascending order.</summary>
    /// <param name="function">A continuous function.</param>
    /// <param name="from">The interval's start.</param>
    /// <param name="to">The interval's end, above <paramref name="from"/>.</param>
    /// <param name="pieces">The number of pieces to scan.</param>
    /// <param name="tolerance">The error to stop at, absolute; rounding near large zeros adds to it.</param>
    /// <exception cref="InputException">The interval, the pieces or the tolerance make no sense.</exception>
    /// <exception cref="ArgumentException">The function returned NaN.</exception>
    public static IReadOnlyList<double> Find(
        Func<double, double> function, double from, double to, int pieces = 2048, double tolerance = 1e-12)
    {
        ArgumentNullException.ThrowIfNull(function);
        if (!double.IsFinite(from) || !double.IsFinite(to) || from >= to)
        {
            throw InputException.For("the interval", $"[{from}, {to}]", "two finite numbers, the smaller first");
        }

        if (pieces < 1)
        {
            throw InputException.For(nameof(pieces), pieces, "at least 1");
        }

        if (!(tolerance > 0.0))
        {
            throw InputException.For(nameof(tolerance), tolerance, "a number above 0");
        }

        List<double> zeros = [];
        double left = from;
        double leftValue = Checked(function, from);
        for (int i = 1; i <= pieces; i++)
        {
            double right = i == pieces ? to : from + ((to - from) * i / pieces);
            double rightValue = Checked(function, right);
            if (rightValue == 0.0)
            {
                // Kept open: it counts when the sign beyond it differs, wherever the run of zeros ends.
                continue;
            }

            if (leftValue != 0.0 && Math.Sign(leftValue) != Math.Sign(rightValue))
            {
                zeros.Add(Refine(function, left, leftValue, right, rightValue, tolerance));
            }

            left = right;
            leftValue = rightValue;
        }

        return zeros;
    }

    /// <summary>Where the score of a one-dimensional mixture crosses zero: its peaks and valleys.</summary>
    /// <param name="mixture">A mixture of dimension 1.</param>
    /// <param name="from">The interval's start.</param>
    /// <param name="to">The interval's end, above <paramref name="from"/>.</param>
    /// <exception cref="InputException">The mixture is not one-dimensional, or the interval makes no sense.
    /// </exception>
    public static IReadOnlyList<double> OfScore(GaussianMixture mixture, double from, double to)
    {
        ArgumentNullException.ThrowIfNull(mixture);
        if (mixture.Dimension != 1)
        {
            throw InputException.For("the mixture's dimension", mixture.Dimension, "1");
        }

        return Find(ScoreAt, from, to);

        double ScoreAt(double x)
        {
            double score = 0.0;
            mixture.Score(new ReadOnlySpan<double>(in x), new Span<double>(ref score));
            return score;
        }
    }

    private static double Checked(Func<double, double> function, double x)
    {
        double value = function(x);
        return double.IsNaN(value)
            ? throw new ArgumentException($"The function is NaN at {x}; expected a number.", nameof(function))
            : value;
    }

    // best is the latest estimate, other holds the opposite sign, previous the estimate before.
    private static double Refine(
        Func<double, double> function, double other, double otherValue, double best, double bestValue, double tolerance)
    {
        double previous = other;
        double previousValue = otherValue;
        double step = best - other;
        double stepBefore = step;
        for (int i = 0; i < MaxIterations; i++)
        {
            if (Math.Sign(bestValue) == Math.Sign(otherValue))
            {
                (other, otherValue) = (previous, previousValue);
                step = stepBefore = best - previous;
            }

            if (Math.Abs(otherValue) < Math.Abs(bestValue))
            {
                (previous, previousValue) = (best, bestValue);
                (best, bestValue) = (other, otherValue);
                (other, otherValue) = (previous, previousValue);
            }

            double smallest = (2.0 * double.BitIncrement(Math.Abs(best))) - (2.0 * Math.Abs(best)) + (0.5 * tolerance);
            double half = 0.5 * (other - best);
            if (Math.Abs(half) <= smallest || bestValue == 0.0)
            {
                return best;
            }

            double bisected = half;
            double proposed = Interpolate(best, bestValue, other, otherValue, previous, previousValue);
            bool inside = proposed * half > 0.0 && Math.Abs(proposed) < 0.75 * Math.Abs(2.0 * half);
            bool shrinking = Math.Abs(stepBefore) > smallest && Math.Abs(proposed) < 0.5 * Math.Abs(stepBefore);
            stepBefore = inside && shrinking ? step : bisected;
            step = inside && shrinking ? proposed : bisected;

            (previous, previousValue) = (best, bestValue);
            best += Math.Abs(step) > smallest ? step : Math.CopySign(smallest, half);
            bestValue = Checked(function, best);
        }

        return best;
    }

    // The step from best to the zero of the parabola in the function's value, or of the line where two points agree.
    private static double Interpolate(
        double best, double bestValue, double other, double otherValue, double previous, double previousValue)
    {
        if (previousValue == bestValue || previousValue == otherValue)
        {
            return -bestValue * (other - best) / (otherValue - bestValue);
        }

        double ofPrevious = bestValue * otherValue
            / ((previousValue - bestValue) * (previousValue - otherValue));
        double ofOther = bestValue * previousValue / ((otherValue - bestValue) * (otherValue - previousValue));
        return (ofPrevious * (previous - best)) + (ofOther * (other - best));
    }
}
