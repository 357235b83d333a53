namespace ScoreGpu.Viz.Labs.Sde;

/// <summary>The power with which an error falls: the least-squares slope of its logarithm.</summary>
internal static class LogSlope
{
    /// <summary>d ln y/d ln x over points with x, y &gt; 0; others are left out.</summary>
    /// <param name="x">What is refined.</param>
    /// <param name="y">The errors, as many.</param>
    /// <returns>The slope; NaN below two usable points.</returns>
    public static double Of(IEnumerable<double> x, IEnumerable<double> y)
    {
        (double X, double Y)[] logs =
        [
            .. x.Zip(y)
                .Where(pair => pair.First > 0 && pair.Second > 0 && double.IsFinite(pair.First + pair.Second))
                .Select(pair => (Math.Log(pair.First), Math.Log(pair.Second))),
        ];
        if (logs.Length < 2)
        {
            return double.NaN;
        }

        double meanX = logs.Average(p => p.X);
        double meanY = logs.Average(p => p.Y);
        return logs.Sum(p => (p.X - meanX) * (p.Y - meanY)) / logs.Sum(p => (p.X - meanX) * (p.X - meanX));
    }
}
