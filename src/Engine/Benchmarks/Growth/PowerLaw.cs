namespace ScoreGpu.Engine.Benchmarks.Growth;

/// <summary>y = factor·x^exponent, fitted by least squares to ln y over ln x.</summary>
/// <param name="Factor">y at x = 1.</param>
/// <param name="Exponent">b, the slope.</param>
/// <param name="ExponentError">
/// Its standard error, the larger of two estimates: √(Σr²/(n − 2)/Sxx) from the residuals r, which sees bends, and
/// √(Σ(ln x − mean)²·e²)/Sxx from the relative errors e of the y, which is there for two points too.
/// </param>
public sealed record PowerLaw(double Factor, double Exponent, double ExponentError)
{
    /// <summary>y at x.</summary>
    public double At(double x) => Factor * Math.Pow(x, Exponent);

    /// <summary>Fits.</summary>
    /// <param name="x">Above 0, at least two that differ.</param>
    /// <param name="y">Above 0, as many.</param>
    /// <param name="relativeErrors">The standard error of each y as a share of it; empty where they are exact.</param>
    /// <exception cref="InputException">The points do not determine a power.</exception>
    public static PowerLaw Fit(
        IReadOnlyList<double> x, IReadOnlyList<double> y, IReadOnlyList<double>? relativeErrors = null)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(y);
        int count = x.Count;
        if (count != y.Count || (relativeErrors is { Count: > 0 } && relativeErrors.Count != count))
        {
            throw InputException.For("points", $"{count} and {y.Count}", "an ordinate and an error for each abscissa");
        }

        if (x.Concat(y).Any(value => !(value > 0 && double.IsFinite(value))) || x.Distinct().Count() < 2)
        {
            throw InputException.For("points", string.Join(' ', x), "numbers above 0, at least two that differ");
        }

        double[] u = [.. x.Select(value => Math.Log(value))];
        double[] v = [.. y.Select(value => Math.Log(value))];
        double meanU = u.Average();
        double meanV = v.Average();
        double squares = u.Sum(value => (value - meanU) * (value - meanU));
        double exponent = u.Zip(v, (a, b) => (a - meanU) * (b - meanV)).Sum() / squares;
        double intercept = meanV - (exponent * meanU);
        double fromResiduals = count < 3
            ? 0
            : Math.Sqrt(u.Zip(v, (a, b) => Square(b - intercept - (exponent * a))).Sum() / (count - 2) / squares);
        double fromErrors = relativeErrors is not { Count: > 0 }
            ? 0
            : Math.Sqrt(u.Zip(relativeErrors, (a, error) => Square((a - meanU) * error)).Sum()) / squares;
        return new PowerLaw(Math.Exp(intercept), exponent, Math.Max(fromResiduals, fromErrors));
    }

    private static double Square(double value) => value * value;
}
