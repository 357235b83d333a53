using ScoreGpu.Engine.Data;
using ScoreGpu.Engine.Devices;
using ScoreGpu.Engine.Processes;

namespace ScoreGpu.Engine.Models;

/// <summary>Evaluates a model at points in data units: what <see cref="ModelEvaluator"/> says, by the chain rule of the
/// model's scale.</summary>
/// <remarks>
/// EDM's preconditioned network lives in c_in·x as well: u is c_in·(x − mean)/std there, so that x = x₀ + σ·ε as for every
/// EDM model, and std is to be read as std/c_in below, but for x̂₀.
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
        double factor = model.Process.Diffusion is PreconditionedEdmProcess edm ? edm.Alpha(time) : 1.0;
        if (model.Scale is null && factor.Equals(1.0))
        {
            return _evaluator.Evaluate(quantity, points, time);
        }

        BatchChecks.CountPoints("points", points.Length, network.Dimension);
        float[] scaled = Times(factor, model.Scale?.ToModel(points) ?? points.ToArray());
        if (quantity == ModelQuantity.Divergence)
        {
            float[] divergences = model.Scale is { } scale
                ? Divergence(scale, scaled, time)
                : _evaluator.Evaluate(quantity, scaled, time);
            return Times(factor * factor, divergences);
        }

        float[] values = _evaluator.Evaluate(quantity, scaled, time);
        return quantity switch
        {
            ModelQuantity.Score => Times(factor, model.Scale?.ScoresToData(values) ?? values),
            ModelQuantity.Denoised => model.Scale?.ToData(values) ?? values,
            _ => values,
        };
    }

    private static float[] Times(double factor, float[] values) =>
        factor.Equals(1.0) ? values : Array.ConvertAll(values, value => (float)(factor * value));

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
