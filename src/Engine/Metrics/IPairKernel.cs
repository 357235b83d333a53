using System.Numerics;

namespace ScoreGpu.Engine.Metrics;

/// <summary>A function k of the squared distance of two points.</summary>
internal interface IPairKernel
{
    /// <summary>k of a vector of squared distances.</summary>
    Vector<float> Of(Vector<float> squared);

    /// <summary>k of one squared distance.</summary>
    float Of(float squared);
}

/// <summary>|x − y|.</summary>
internal readonly struct DistanceKernel : IPairKernel
{
    /// <inheritdoc/>
    public Vector<float> Of(Vector<float> squared) => Vector.SquareRoot(squared);

    /// <inheritdoc/>
    public float Of(float squared) => MathF.Sqrt(squared);
}

/// <summary>The mean of exp(−|x − y|²/(2h²)) over several bandwidths h.</summary>
/// <param name="bandwidths">h, each above 0.</param>
internal readonly struct GaussianKernel(IReadOnlyList<double> bandwidths) : IPairKernel
{
    private readonly float[] _factors = [.. bandwidths.Select(h => (float)(-0.5 / (h * h)))];

    /// <inheritdoc/>
    public Vector<float> Of(Vector<float> squared)
    {
        Vector<float> sum = Vector<float>.Zero;
        foreach (float factor in _factors)
        {
            sum += Vector.Exp(squared * factor);
        }

        return sum / _factors.Length;
    }

    /// <inheritdoc/>
    public float Of(float squared)
    {
        float sum = 0.0f;
        foreach (float factor in _factors)
        {
            sum += MathF.Exp(squared * factor);
        }

        return sum / _factors.Length;
    }
}
