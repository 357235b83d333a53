namespace ScoreGpu.Engine.Metrics;

/// <summary>The inverse of the standard normal distribution function.</summary>
internal static class NormalQuantile
{
    /// <summary>The z with Φ(z) = p, to a few units in the last place.</summary>
    /// <remarks>
    /// A rational start, accurate to 4.5e−4 (Abramowitz and Stegun, 26.2.23), and three steps of Halley's rule on the
    /// upper tail Q = ½·P(χ²₁ &gt; z²), whose derivative is −φ.
    /// </remarks>
    /// <param name="p">0 to 1, both excluded.</param>
    public static double Of(double p)
    {
        double tail = Math.Min(p, 1.0 - p);
        double t = Math.Sqrt(-2.0 * Math.Log(tail));
        double z = t - ((2.515517 + (t * (0.802853 + (t * 0.010328))))
            / (1.0 + (t * (1.432788 + (t * (0.189269 + (t * 0.001308)))))));
        z = Math.Max(z, 0.0);
        for (int step = 0; step < 3; step++)
        {
            double density = Math.Exp(-0.5 * z * z) / Math.Sqrt(2.0 * Math.PI);
            double error = ((0.5 * ChiSquare.UpperTail(z * z, 1)) - tail) / density;
            z += error / (1.0 - (0.5 * z * error));
        }

        return p < 0.5 ? -z : z;
    }
}
