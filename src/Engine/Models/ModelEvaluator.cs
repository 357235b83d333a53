using ScoreGpu.Engine.Devices;
using ScoreGpu.Engine.Processes;

namespace ScoreGpu.Engine.Models;

/// <summary>Evaluates a model on a device: a quantity, at points, at one time.</summary>
/// <param name="model">What the network's output means.</param>
/// <param name="network">The model's network on the device; stays the caller's to dispose.</param>
public sealed class ModelEvaluator(Model model, IDeviceNetwork network)
{
    /// <summary>The quantity for [N, D] points: [N, D] values, or [N] for the divergence.</summary>
    /// <param name="quantity">Which.</param>
    /// <param name="points">The points, [N, D].</param>
    /// <param name="time">The step t of DDPM, σ for geometric levels; without effect for a single σ.</param>
    /// <exception cref="InputException">The time or the number of values does not fit, or the quantity is not defined
    /// at this time (the score of a noise prediction at σ = 0).</exception>
    public float[] Evaluate(ModelQuantity quantity, ReadOnlySpan<float> points, double time)
    {
        int count = BatchChecks.CountPoints("points", points.Length, network.Dimension);
        ReadOnlySpan<float> condition = [(float)time];
        if (quantity == ModelQuantity.Divergence)
        {
            // The divergence of a·x + b·output; that of x is D.
            (double ofState, double ofOutput) = FiniteWeights(Prediction.Score, time);
            float[] divergences = new float[count];
            network.Divergence(points, condition, divergences);
            for (int i = 0; i < count; i++)
            {
                divergences[i] = (float)((ofState * network.Dimension) + (ofOutput * divergences[i]));
            }

            return divergences;
        }

        (double state, double output) = FiniteWeights(PredictionOf(quantity), time);
        float[] values = new float[points.Length];
        network.Evaluate(points, condition, values);
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = (float)((state * points[i]) + (output * values[i]));
        }

        return values;
    }

    private static Prediction PredictionOf(ModelQuantity quantity) => quantity switch
    {
        ModelQuantity.Epsilon => Prediction.Epsilon,
        ModelQuantity.Score => Prediction.Score,
        _ => Prediction.Denoised,
    };

    private (double OfState, double OfOutput) FiniteWeights(Prediction quantity, double time)
    {
        (double ofState, double ofOutput) = model.Weights(quantity, time);
        return double.IsFinite(ofState) && double.IsFinite(ofOutput)
            ? (ofState, ofOutput)
            : throw InputException.For("sigma", 0.0, "a number above 0 for the score of a noise prediction");
    }
}
