using ScoreGpu.Engine.Distributions;

namespace ScoreGpu.Engine.Devices;

/// <summary>A mixture's numbers in float32, in the order in which kernels read them.</summary>
internal sealed class MixtureTables
{
    /// <summary>Rounds the numbers of a mixture.</summary>
    public MixtureTables(GaussianMixture mixture)
    {
        Dimension = mixture.Dimension;
        Components = mixture.ComponentCount;
        Means = Table(Dimension, mixture.Mean);
        Factors = Table(Dimension * Dimension, mixture.Cholesky);
        Whitenings = Table(Dimension * Dimension, mixture.InverseCholesky);
        LogScales = [.. Enumerable.Range(0, Components).Select(k => (float)mixture.LogScale(k))];
    }

    private delegate ReadOnlySpan<double> Part(int component);

    /// <summary>D.</summary>
    public int Dimension { get; }

    /// <summary>K.</summary>
    public int Components { get; }

    /// <summary>μ, [K, D].</summary>
    public float[] Means { get; }

    /// <summary>L, [K, D, D], lower triangular: Σ = L·Lᵀ.</summary>
    public float[] Factors { get; }

    /// <summary>L⁻¹, [K, D, D], lower triangular.</summary>
    public float[] Whitenings { get; }

    /// <summary>ln w − ½ D ln 2π − ½ ln det Σ, [K].</summary>
    public float[] LogScales { get; }

    private float[] Table(int length, Part part)
    {
        float[] values = new float[Components * length];
        for (int k = 0; k < Components; k++)
        {
            ReadOnlySpan<double> source = part(k);
            for (int i = 0; i < length; i++)
            {
                values[(k * length) + i] = (float)source[i];
            }
        }

        return values;
    }
}
