using ScoreGpu.Engine.Models;

namespace ScoreGpu.Viz.Labs.ScoreFunctions;

/// <summary>A model's implied score against the exact one: closely at a few steps, and as a curve over all.</summary>
/// <param name="Compared">At the steps that are compared, over many points.</param>
/// <param name="Implied">The implied scores there, one array a step, [N, 2].</param>
/// <param name="Curve">At every step, over fewer points.</param>
internal sealed record ModelAgreement(
    IReadOnlyList<ScoreAgreement> Compared, IReadOnlyList<double[]> Implied, IReadOnlyList<ScoreAgreement> Curve)
{
    /// <summary>Evaluates a model at points and compares.</summary>
    /// <param name="evaluator">The model.</param>
    /// <param name="compared">Many points, for each step that is compared.</param>
    /// <param name="curve">Fewer points, for every step.</param>
    public static ModelAgreement Measure(
        ModelEvaluator evaluator, IReadOnlyList<NoisyPoints> compared, IReadOnlyList<NoisyPoints> curve)
    {
        // A device takes one caller at a time; the comparisons are the host's and run side by side.
        double[][] implied = [.. compared.Select(points => ScoreAgreement.Implied(evaluator, points))];
        double[][] impliedOnCurve = [.. curve.Select(points => ScoreAgreement.Implied(evaluator, points))];
        return new ModelAgreement(Compare(implied, compared), implied, Compare(impliedOnCurve, curve));
    }

    private static ScoreAgreement[] Compare(double[][] implied, IReadOnlyList<NoisyPoints> points) =>
        [.. implied.AsParallel().AsOrdered().Select((field, i) => ScoreAgreement.Of(field, points[i]))];
}
