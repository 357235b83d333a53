using ScoreGpu.Engine.Metrics;

namespace ScoreGpu.Viz.Labs.ScoreMatching;

/// <summary>How close a field is to an exact score at the same points of the plane.</summary>
/// <param name="Cosine">The mean cosine.</param>
/// <param name="MeanRelativeError">The mean of ‖s − r‖/‖r‖.</param>
/// <param name="MedianRelativeError">The median of it.</param>
/// <param name="RootMeanSquareError">
/// √(E‖s − r‖² / E‖r‖²): what the objectives minimise, over what predicting no score would cost. Unlike the mean of the
/// relative errors, it is not ruled by the few points at which r is nearly zero.
/// </param>
/// <param name="AlignedShare">The share of points at which the cosine is at least <see cref="Aligned"/>.</param>
internal sealed record FieldAgreement(
    double Cosine,
    double MeanRelativeError,
    double MedianRelativeError,
    double RootMeanSquareError,
    double AlignedShare)
{
    /// <summary>The cosine from which arrows count as aligned: within 26°.</summary>
    public const double Aligned = 0.9;

    /// <summary>Compares fields, [N, 2].</summary>
    public static FieldAgreement Of(double[] field, double[] exact)
    {
        FieldComparison comparison = FieldComparison.Of(field, exact, 2);
        double error = 0.0;
        double size = 0.0;
        for (int i = 0; i < field.Length; i++)
        {
            error += (field[i] - exact[i]) * (field[i] - exact[i]);
            size += exact[i] * exact[i];
        }

        return new FieldAgreement(
            comparison.MeanCosineSimilarity,
            comparison.MeanRelativeError,
            comparison.MedianRelativeError,
            Math.Sqrt(error / size),
            Cosines(field, exact).Count(cosine => cosine >= Aligned) / (0.5 * field.Length));
    }

    /// <summary>The cosine at each point; 0 where a vector is zero.</summary>
    public static double[] Cosines(double[] field, double[] exact)
    {
        double[] cosines = new double[field.Length / 2];
        for (int i = 0; i < cosines.Length; i++)
        {
            (double x, double y) = (field[2 * i], field[(2 * i) + 1]);
            (double u, double v) = (exact[2 * i], exact[(2 * i) + 1]);
            double norms = Math.Sqrt((x * x) + (y * y)) * Math.Sqrt((u * u) + (v * v));
            cosines[i] = norms > 0.0 ? ((x * u) + (y * v)) / norms : 0.0;
        }

        return cosines;
    }
}
