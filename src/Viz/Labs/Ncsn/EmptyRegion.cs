using ScoreGpu.Engine.Data;
using ScoreGpu.Engine.Metrics;
using ScoreGpu.Engine.Models;

namespace ScoreGpu.Viz.Labs.Ncsn;

/// <summary>The score at the last level on a circle around the origin, where there are hardly any data or none.</summary>
/// <param name="Radius">The circle's radius.</param>
/// <param name="ExactSize">The mean of ‖s‖, exact.</param>
/// <param name="LearnedSize">The mean of ‖s_θ‖.</param>
/// <param name="Cosine">The mean cosine between the two.</param>
/// <param name="MedianError">The median of ‖s_θ − s‖/‖s‖.</param>
internal sealed record EmptyRegion(
    double Radius, double ExactSize, double LearnedSize, double Cosine, double MedianError)
{
    // Between the lines of symmetry, on which the score is 0 at some radii.
    private const int Angles = 360;
    private const double FirstAngle = 0.01;

    private static readonly double[] Radii = [1, 2.5, 5, 7.5, 10];

    /// <summary>Measures every circle.</summary>
    /// <param name="evaluator">The model.</param>
    /// <param name="sigma">The last level.</param>
    public static EmptyRegion[] Measure(ModelEvaluator evaluator, double sigma) =>
        [.. Radii.Select(radius => At(evaluator, sigma, radius))];

    private static EmptyRegion At(ModelEvaluator evaluator, double sigma, double radius)
    {
        float[] points = new float[2 * Angles];
        for (int i = 0; i < Angles; i++)
        {
            (double sin, double cos) = Math.SinCos(FirstAngle + (2.0 * Math.PI * i / Angles));
            (points[2 * i], points[(2 * i) + 1]) = ((float)(radius * cos), (float)(radius * sin));
        }

        float[] learned = evaluator.Evaluate(ModelQuantity.Score, points, sigma);
        float[] exact = NamedMixtures.Ring8.Noised(1.0, sigma).Scores(points);
        FieldComparison comparison = FieldComparison.Of(learned, exact, 2);
        return new EmptyRegion(
            radius, MeanSize(exact), MeanSize(learned), comparison.MeanCosineSimilarity, comparison.MedianRelativeError);
    }

    private static double MeanSize(float[] vectors) =>
        vectors.Chunk(2).Average(v => Math.Sqrt(((double)v[0] * v[0]) + ((double)v[1] * v[1])));
}
