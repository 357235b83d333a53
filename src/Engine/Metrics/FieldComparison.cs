namespace ScoreGpu.Engine.Metrics;

/// <summary>
/// How close one vector field is to another at the same points: direction by cosine similarity, size by the relative
/// error |v − r|/|r| against the reference r.
/// </summary>
/// <remarks>
/// Where the reference is the zero vector neither is defined; such points are left out of every figure and counted in
/// <see cref="SkippedCount"/>. A zero vector against a reference that is not zero has similarity 0 and error 1.
/// </remarks>
public sealed class FieldComparison
{
    private FieldComparison(double[] similarities, double[] errors, int skipped)
    {
        Count = errors.Length;
        SkippedCount = skipped;
        MeanCosineSimilarity = similarities.Length > 0 ? similarities.Average() : double.NaN;
        MeanRelativeError = errors.Length > 0 ? errors.Average() : double.NaN;
        MaxRelativeError = errors.Length > 0 ? Largest(errors) : double.NaN;
        MedianRelativeError = Median(errors);
    }

    /// <summary>The number of points compared.</summary>
    public int Count { get; }

    /// <summary>The number of points left out because the reference is zero there.</summary>
    public int SkippedCount { get; }

    /// <summary>The mean of v·r/(|v||r|), in [−1, 1]; NaN without points.</summary>
    public double MeanCosineSimilarity { get; }

    /// <summary>The mean of |v − r|/|r|; NaN without points.</summary>
    public double MeanRelativeError { get; }

    /// <summary>The median of |v − r|/|r|, the mean of the middle two where the count is even; NaN without points.
    /// </summary>
    public double MedianRelativeError { get; }

    /// <summary>The largest |v − r|/|r|; NaN without points.</summary>
    public double MaxRelativeError { get; }

    /// <summary>Compares two fields in double precision.</summary>
    /// <param name="field">The field to judge, [N, D] row-major.</param>
    /// <param name="reference">The field to judge it by, [N, D] row-major.</param>
    /// <param name="dimension">D, at least 1.</param>
    /// <exception cref="ArgumentException">The lengths differ or are no multiple of D.</exception>
    public static FieldComparison Of(
        ReadOnlySpan<double> field, ReadOnlySpan<double> reference, int dimension)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(dimension, 1);
        if (field.Length != reference.Length || field.Length % dimension != 0)
        {
            throw new ArgumentException(
                $"The fields have {field.Length} and {reference.Length} values; expected the same multiple of "
                + $"{dimension}.",
                nameof(field));
        }

        List<double> similarities = [];
        List<double> errors = [];
        int skipped = 0;
        for (int i = 0; i < field.Length; i += dimension)
        {
            ReadOnlySpan<double> v = field.Slice(i, dimension);
            ReadOnlySpan<double> r = reference.Slice(i, dimension);
            double size = Norm(r);
            if (size == 0.0)
            {
                skipped++;
                continue;
            }

            similarities.Add(Similarity(v, r, size));
            errors.Add(Distance(v, r) / size);
        }

        return new FieldComparison([.. similarities], [.. errors], skipped);
    }

    /// <summary>Compares two fields in single precision; the arithmetic is double.</summary>
    /// <param name="field">The field to judge, [N, D] row-major.</param>
    /// <param name="reference">The field to judge it by, [N, D] row-major.</param>
    /// <param name="dimension">D, at least 1.</param>
    /// <exception cref="ArgumentException">The lengths differ or are no multiple of D.</exception>
    public static FieldComparison Of(ReadOnlySpan<float> field, ReadOnlySpan<float> reference, int dimension) =>
        Of(Widened(field), Widened(reference), dimension);

    private static double Similarity(ReadOnlySpan<double> v, ReadOnlySpan<double> r, double size)
    {
        double length = Norm(v);
        if (length == 0.0)
        {
            return 0.0;
        }

        double product = 0.0;
        for (int j = 0; j < v.Length; j++)
        {
            // Divided one by one, so that the product of two small norms cannot underflow.
            product += v[j] / length * (r[j] / size);
        }

        return product;
    }

    private static double Norm(ReadOnlySpan<double> v)
    {
        double sum = 0.0;
        foreach (double entry in v)
        {
            sum += entry * entry;
        }

        return Math.Sqrt(sum);
    }

    private static double Distance(ReadOnlySpan<double> v, ReadOnlySpan<double> r)
    {
        double sum = 0.0;
        for (int j = 0; j < v.Length; j++)
        {
            sum += (v[j] - r[j]) * (v[j] - r[j]);
        }

        return Math.Sqrt(sum);
    }

    // Math.Max keeps NaN, where LINQ's Max would drop it: a diverged field must not look fine.
    private static double Largest(double[] values) => values.Aggregate(double.NegativeInfinity, Math.Max);

    private static double Median(double[] values)
    {
        if (values.Length == 0)
        {
            return double.NaN;
        }

        // NaN sorts below every number, so it would pass for a small error.
        double[] sorted = [.. values.Order()];
        if (double.IsNaN(sorted[0]))
        {
            return double.NaN;
        }

        int middle = sorted.Length / 2;
        return sorted.Length % 2 == 1 ? sorted[middle] : 0.5 * (sorted[middle - 1] + sorted[middle]);
    }

    private static double[] Widened(ReadOnlySpan<float> values)
    {
        double[] widened = new double[values.Length];
        for (int i = 0; i < values.Length; i++)
        {
            widened[i] = values[i];
        }

        return widened;
    }
}
