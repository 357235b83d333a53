using ScoreGpu.Engine.Data;
using ScoreGpu.Engine.Devices;
using ScoreGpu.Engine.Processes;

namespace ScoreGpu.Engine.Models;

/// <summary>Evaluates a model at points in data units: what <see cref="ModelEvaluator"/> says, by the chain rule of the
/// model's scale.</summary>
/// <remarks>
/// With u = (x − mean)/std: the score is s(u)/std, its divergence Σ_j ∂s_j/∂u_j/std_j², x̂₀ = mean + std·û₀, and ε stays as
/// it is. Times are the model's: a σ counts in standard deviations of the data.
/// </remarks>
/// <param name="model">What the network's output means.</param>
/// <param name="network">The model's network on the device; stays the caller's to dispose.</param>
public sealed class DataUnitsEvaluator(Model model, IDeviceNetwork network)
{
    private readonly ModelEvaluator _evaluator = new(model, network);

    /// <inheritdoc cref="ModelEvaluator.Evaluate"/>
    public float[] Evaluate(ModelQuantity quantity, ReadOnlySpan<float> points, double time)
    {
        if (model.Scale is not { } scale)
        {
            return _evaluator.Evaluate(quantity, points, time);
        }

        BatchChecks.CountPoints("points", points.Length, network.Dimension);
        float[] scaled = scale.ToModel(points);
        return quantity switch
        {
            ModelQuantity.Divergence => Divergence(scale, scaled, time),
            ModelQuantity.Score => scale.ScoresToData(_evaluator.Evaluate(quantity, scaled, time)),
            ModelQuantity.Denoised => scale.ToData(_evaluator.Evaluate(quantity, scaled, time)),
            _ => _evaluator.Evaluate(quantity, scaled, time),
        };
    }

    // The weights of the axes differ, so that their derivatives are needed one by one.
    private float[] Divergence(DataScale scale, float[] scaled, double time)
    {
        (double ofState, double ofOutput) = model.Convert(Prediction.Score, time);
        int dimension = network.Dimension;
        double[] sums = new double[scaled.Length / dimension];
        float[] axis = new float[scaled.Length];
        float[] products = new float[scaled.Length];
        for (int j = 0; j < dimension; j++)
        {
            for (int i = 0; i < axis.Length; i++)
            {
                axis[i] = i % dimension == j ? 1.0f : 0.0f;
            }

            network.JacobianVector(scaled, [(float)model.ConditionAt(time)], axis, products);
            double variance = scale.StandardDeviation[j] * scale.StandardDeviation[j];
            for (int n = 0; n < sums.Length; n++)
            {
                sums[n] += (ofState + (ofOutput * products[(n * dimension) + j])) / variance;
            }
        }

        return Array.ConvertAll(sums, sum => (float)sum);
    }
}
