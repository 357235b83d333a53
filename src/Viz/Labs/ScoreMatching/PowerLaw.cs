namespace ScoreGpu.Viz.Labs.ScoreMatching;

/// <summary>y = c·x^k.</summary>
/// <param name="Factor">c.</param>
/// <param name="Exponent">k.</param>
internal sealed record PowerLaw(double Factor, double Exponent)
{
    /// <summary>
    /// Least squares of the logarithms over the upper half of the points, where what does not grow no longer counts.
    /// </summary>
    /// <param name="x">At least two places above 0, ascending.</param>
    /// <param name="y">Values above 0, one a place.</param>
    public static PowerLaw Fit(IReadOnlyList<double> x, IReadOnlyList<double> y)
    {
        int first = Math.Min(x.Count / 2, x.Count - 2);
        double[] u = [.. x.Skip(first).Select(value => Math.Log(value))];
        double[] v = [.. y.Skip(first).Select(value => Math.Log(value))];
        double meanU = u.Average();
        double meanV = v.Average();
        double slope = u.Zip(v, (a, b) => (a - meanU) * (b - meanV)).Sum() / u.Sum(a => (a - meanU) * (a - meanU));
        return new PowerLaw(Math.Exp(meanV - (slope * meanU)), slope);
    }

    /// <summary>The value at a place.</summary>
    public double At(double x) => Factor * Math.Pow(x, Exponent);
}
