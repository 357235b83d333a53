namespace ScoreGpu.Engine.Processes;

/// <summary>The distribution that sampling starts from: N(0, s²·I).</summary>
/// <param name="Scale">The standard deviation s, above 0.</param>
public readonly record struct GaussianPrior(double Scale)
{
    /// <summary>ln N(x; 0, s²·I) = −½·|x|²/s² − D·ln s − ½·D·ln 2π, in nats.</summary>
    /// <param name="x">A point, [D].</param>
    public double LogDensity(ReadOnlySpan<double> x)
    {
        double squares = 0.0;
        foreach (double entry in x)
        {
            squares += entry * entry;
        }

        return (-0.5 * squares / (Scale * Scale)) - (x.Length * (Math.Log(Scale) + (0.5 * Math.Log(2.0 * Math.PI))));
    }
}
