namespace ScoreGpu.Engine.Processes;

/// <summary>
/// The falling noise levels of annealed Langevin dynamics: σ_i = σ_max·(σ_min/σ_max)^(i/(L−1)), i = 0 … L − 1.
/// </summary>
/// <remarks>
/// Evenly spaced in the logarithm; the first is σ_max and the last σ_min, exactly. Song and Ermon, 2019,
/// arXiv:1907.05600, section 4.1; the defaults are common for two-dimensional toys.
/// </remarks>
public sealed class GeometricNoiseLevels
{
    private readonly double[] _sigmas;

    /// <summary>Creates the levels.</summary>
    /// <param name="sigmaMax">The first and largest level; finite and above <paramref name="sigmaMin"/>.</param>
    /// <param name="sigmaMin">The last and smallest level; above 0.</param>
    /// <param name="count">The number of levels L, at least 2.</param>
    /// <exception cref="InputException">An argument is out of range.</exception>
    public GeometricNoiseLevels(double sigmaMax = 10.0, double sigmaMin = 0.01, int count = 12)
    {
        if (!(sigmaMin > 0.0))
        {
            throw InputException.For(nameof(sigmaMin), sigmaMin, "a number above 0");
        }

        if (!(sigmaMax > sigmaMin) || double.IsInfinity(sigmaMax))
        {
            throw InputException.For(nameof(sigmaMax), sigmaMax, $"a finite number above sigmaMin = {sigmaMin}");
        }

        if (count < 2)
        {
            throw InputException.For(nameof(count), count, "at least 2");
        }

        double logMax = Math.Log(sigmaMax);
        double logMin = Math.Log(sigmaMin);
        _sigmas = new double[count];
        for (int i = 0; i < count; i++)
        {
            _sigmas[i] = Math.Exp(logMax + ((logMin - logMax) * i / (count - 1)));
        }

        _sigmas[0] = sigmaMax;
        _sigmas[^1] = sigmaMin;
    }

    /// <summary>The levels, largest first.</summary>
    public IReadOnlyList<double> Sigmas => _sigmas;

    /// <summary>The number of levels L.</summary>
    public int Count => _sigmas.Length;

    /// <summary>The level at an index, 0 being the largest.</summary>
    /// <param name="index">0 … L − 1.</param>
    public double this[int index] => _sigmas[index];
}
