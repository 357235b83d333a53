using ScoreGpu.Engine.Metrics;
using ScoreGpu.Engine.Models;

namespace ScoreGpu.Viz.Labs.ScoreFunctions;

/// <summary>How a model's implied score −ε/√(1 − ᾱ_t) compares at one step, over many noised points.</summary>
/// <param name="Step">t.</param>
/// <param name="AlphaBar">ᾱ_t.</param>
/// <param name="CosineToExact">The mean cosine between the implied and the exact score.</param>
/// <param name="MeanRelativeError">The mean of ‖implied − exact‖/‖exact‖.</param>
/// <param name="MedianRelativeError">Its median.</param>
/// <param name="CosineToNearest">The mean cosine between the implied score and the direction to the nearest centre.
/// </param>
/// <param name="ExactCosineToNearest">The same of the exact score.</param>
/// <param name="ExactCosineToShrunken">
/// The mean cosine between the exact score and the direction to the nearest centre of the noised data.
/// </param>
/// <param name="CosineToOrigin">The mean cosine between the implied score and the direction to the origin.</param>
/// <param name="ImpliedMagnitude">The mean length of the implied score.</param>
/// <param name="ExactMagnitude">The mean length of the exact score.</param>
internal sealed record ScoreAgreement(
    int Step,
    double AlphaBar,
    double CosineToExact,
    double MeanRelativeError,
    double MedianRelativeError,
    double CosineToNearest,
    double ExactCosineToNearest,
    double ExactCosineToShrunken,
    double CosineToOrigin,
    double ImpliedMagnitude,
    double ExactMagnitude)
{
    /// <summary>The implied score at points, in double, [N, 2].</summary>
    public static double[] Implied(ModelEvaluator evaluator, NoisyPoints points) =>
        Array.ConvertAll(
            evaluator.Evaluate(ModelQuantity.Score, points.States, points.Step), value => (double)value);

    /// <summary>Compares at one step.</summary>
    public static ScoreAgreement Of(double[] implied, NoisyPoints points)
    {
        FieldComparison exact = FieldComparison.Of(implied, points.Exact, 2);
        return new ScoreAgreement(
            points.Step,
            points.AlphaBar,
            exact.MeanCosineSimilarity,
            exact.MeanRelativeError,
            exact.MedianRelativeError,
            Cosine(implied, points.ToNearest),
            Cosine(points.Exact, points.ToNearest),
            Cosine(points.Exact, points.ToShrunken),
            Cosine(implied, Directions.ToOrigin(points.States)),
            Directions.MeanNorm(implied),
            Directions.MeanNorm(points.Exact));
    }

    private static double Cosine(double[] field, double[] reference) =>
        FieldComparison.Of(field, reference, 2).MeanCosineSimilarity;
}
