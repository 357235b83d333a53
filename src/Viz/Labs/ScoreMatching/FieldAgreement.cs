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
            AlignedCount(field, exact) / (0.5 * field.Length));
    }

    /// <summary>‖s − r‖/‖r‖ at each point; infinite where r is zero and s is not.</summary>
    public static double[] RelativeErrors(double[] field, double[] exact)
    {
        double[] errors = new double[field.Length / 2];
        for (int i = 0; i < errors.Length; i++)
        {
            (double x, double y) = (field[2 * i], field[(2 * i) + 1]);
            (double u, double v) = (exact[2 * i], exact[(2 * i) + 1]);
            errors[i] = Norm(x - u, y - v) / Norm(u, v);
        }

        return errors;
    }

    private static int AlignedCount(double[] field, double[] exact)
    {
        int count = 0;
        for (int i = 0; i < field.Length; i += 2)
        {
            double product = (field[i] * exact[i]) + (field[i + 1] * exact[i + 1]);
            count += product >= Aligned * Norm(field[i], field[i + 1]) * Norm(exact[i], exact[i + 1]) ? 1 : 0;
        }

        return count;
    }

    private static double Norm(double x, double y) => Math.Sqrt((x * x) + (y * y));
}
