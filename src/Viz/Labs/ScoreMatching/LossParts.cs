using ScoreGpu.Engine.Devices;
using ScoreGpu.Engine.Distributions;
using ScoreGpu.Engine.Metrics;
using ScoreGpu.Engine.Models;

namespace ScoreGpu.Viz.Labs.ScoreMatching;

/// <summary>
/// Hyvärinen's loss of a field s, part by part, beside the loss that needs the true score:
/// ½E‖s − ∇log p‖² = E[tr ∇s + ½‖s‖²] + ½E‖∇log p‖² (Hyvärinen 2005, JMLR 6, theorem 1).
/// </summary>
/// <param name="Key">The field's name in the results.</param>
/// <param name="Label">Its name on the page.</param>
/// <param name="Trace">E[tr ∇s].</param>
/// <param name="HalfSquare">½E‖s‖².</param>
/// <param name="Explicit">½E‖s − ∇log p‖².</param>
/// <param name="HalfExactSquare">½E‖∇log p‖², which no field changes.</param>
/// <param name="Gap">
/// E[tr ∇s + s·∇log p]: what integration by parts says is 0 (Stein's identity), and by which the two losses differ.
/// </param>
internal sealed record LossParts(
    string Key,
    string Label,
    double Trace,
    double HalfSquare,
    double Explicit,
    double HalfExactSquare,
    MeanEstimate Gap)
{
    /// <summary>Hyvärinen's loss.</summary>
    public double Loss => Trace + HalfSquare;

    /// <summary>The distance to the unseen score, as the loss tells it.</summary>
    public double ReadOff => Loss + HalfExactSquare;

    /// <summary>−2 for the exact score.</summary>
    public double Balance => Trace / HalfSquare;

    /// <summary>Takes the parts over points of p.</summary>
    /// <param name="key">The field's name in the results.</param>
    /// <param name="label">Its name on the page.</param>
    /// <param name="model">The field.</param>
    /// <param name="network">Its network on the device.</param>
    /// <param name="points">Points of p, [N, 2].</param>
    public static LossParts Of(string key, string label, Model model, IDeviceNetwork network, float[] points)
    {
        ModelEvaluator evaluator = new(model, network);
        return Of(
            key,
            label,
            FieldProbes.Evaluate(evaluator, points),
            FieldProbes.Widened(evaluator.Evaluate(ModelQuantity.Divergence, points, 0)),
            ScoreTraining.Data,
            points);
    }

    /// <summary>Takes the parts of a field that is known at points of p.</summary>
    /// <param name="key">The field's name in the results.</param>
    /// <param name="label">Its name on the page.</param>
    /// <param name="field">s, [N, 2].</param>
    /// <param name="traces">tr ∇s, [N].</param>
    /// <param name="mixture">p.</param>
    /// <param name="points">The points, [N, 2].</param>
    public static LossParts Of(
        string key, string label, double[] field, double[] traces, GaussianMixture mixture, float[] points)
    {
        double[] exact = mixture.Scores(FieldProbes.Widened(points));
        double[] gaps = new double[traces.Length];
        double trace = 0.0;
        double square = 0.0;
        double error = 0.0;
        double exactSquare = 0.0;
        for (int i = 0; i < traces.Length; i++)
        {
            trace += traces[i];
            gaps[i] = traces[i];
            for (int j = 2 * i; j < (2 * i) + 2; j++)
            {
                square += field[j] * field[j];
                exactSquare += exact[j] * exact[j];
                error += (field[j] - exact[j]) * (field[j] - exact[j]);
                gaps[i] += field[j] * exact[j];
            }
        }

        double half = 0.5 / traces.Length;
        return new LossParts(
            key, label, trace / traces.Length, half * square, half * error, half * exactSquare, MeanEstimate.Of(gaps));
    }
}
