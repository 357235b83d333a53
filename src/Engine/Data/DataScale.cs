namespace ScoreGpu.Engine.Data;

/// <summary>
/// The affine map between data units and the units of a model that was trained on standardised points,
/// u = (x − mean)/std in each dimension.
/// </summary>
/// <remarks>
/// What follows for a field of x: scores are ∇ₓ = ∇ᵤ/std, and log-densities ln p(x) = ln p(u) − Σ ln std. A noised state
/// is mapped by the same rule, so that α·x₀ + σ·ε keeps its α and σ in model units.
/// </remarks>
public sealed class DataScale
{
    private readonly double[] _mean;
    private readonly double[] _std;

    /// <summary>Creates a scale.</summary>
    /// <param name="mean">The mean, [D], finite.</param>
    /// <param name="std">The standard deviation, [D], finite and above 0.</param>
    /// <exception cref="InputException">A value is out of range, or the lengths differ.</exception>
    public DataScale(IReadOnlyList<double> mean, IReadOnlyList<double> std)
    {
        ArgumentNullException.ThrowIfNull(mean);
        ArgumentNullException.ThrowIfNull(std);
        if (mean.Count != std.Count || mean.Count == 0)
        {
            throw InputException.For("the length of the standard deviation", std.Count, $"{mean.Count}, as the mean's");
        }

        for (int j = 0; j < mean.Count; j++)
        {
            if (!double.IsFinite(mean[j]))
            {
                throw InputException.For($"mean[{j}]", mean[j], "a finite number");
            }

            if (!(std[j] > 0.0) || double.IsInfinity(std[j]))
            {
                throw InputException.For($"standard deviation[{j}]", std[j], "a finite number above 0");
            }
        }

        _mean = [.. mean];
        _std = [.. std];
    }

    /// <summary>The dimension D.</summary>
    public int Dimension => _mean.Length;

    /// <summary>The mean, [D].</summary>
    public IReadOnlyList<double> Mean => _mean;

    /// <summary>The standard deviation, [D].</summary>
    public IReadOnlyList<double> StandardDeviation => _std;

    /// <summary>Σ ln std: what a log-density in model units loses on the way to data units.</summary>
    public double LogVolume => _std.Sum(Math.Log);

    /// <summary>The scale that gives a set mean 0 and variance 1 (with divisor N) in each dimension.</summary>
    /// <param name="points">At least one point.</param>
    /// <exception cref="InputException">The points do not differ in a dimension, so that none would give it variance 1.
    /// </exception>
    public static DataScale Of(PointSet points)
    {
        ArgumentNullException.ThrowIfNull(points);
        double[] mean = new double[points.Dimension];
        double[] std = new double[points.Dimension];
        for (int j = 0; j < mean.Length; j++)
        {
            for (int i = 0; i < points.Count; i++)
            {
                mean[j] += points[i][j];
            }

            mean[j] /= points.Count;
            for (int i = 0; i < points.Count; i++)
            {
                std[j] += (points[i][j] - mean[j]) * (points[i][j] - mean[j]);
            }

            std[j] = Math.Sqrt(std[j] / points.Count);
            if (!(std[j] > 0.0))
            {
                throw InputException.For(
                    $"the standard deviation of column {j + 1} (counted from 1)",
                    std[j],
                    "points that differ in each dimension, or points that are not standardised");
            }
        }

        return new DataScale(mean, std);
    }

    /// <summary>Points, or noised states, in model units.</summary>
    /// <param name="values">The values in data units, [N, D] row-major.</param>
    public float[] ToModel(ReadOnlySpan<float> values) =>
        Map(values, static (x, mean, std) => (x - mean) / std);

    /// <summary>Points, or noised states, in data units.</summary>
    /// <param name="values">The values in model units, [N, D] row-major.</param>
    public float[] ToData(ReadOnlySpan<float> values) =>
        Map(values, static (u, mean, std) => mean + (std * u));

    /// <summary>Scores in data units, ∇ₓ ln p.</summary>
    /// <param name="values">The scores in model units, [N, D] row-major.</param>
    public float[] ScoresToData(ReadOnlySpan<float> values) => Map(values, static (score, _, std) => score / std);

    private float[] Map(ReadOnlySpan<float> values, Func<double, double, double, double> rule)
    {
        if (values.Length % Dimension != 0)
        {
            throw new ArgumentException(
                $"values has {values.Length} entries; expected a multiple of the dimension {Dimension}.",
                nameof(values));
        }

        float[] mapped = new float[values.Length];
        for (int i = 0; i < mapped.Length; i++)
        {
            int j = i % Dimension;
            mapped[i] = (float)rule(values[i], _mean[j], _std[j]);
        }

        return mapped;
    }
}
