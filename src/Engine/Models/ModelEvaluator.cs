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
    /// <param name="time">The step t of DDPM, σ for geometric levels, t of a continuous process; without effect for a single σ.</param>
    /// <exception cref="InputException">The time or the number of values does not fit, or the quantity is not defined
    /// at this time (the score of another prediction at σ = 0).</exception>
    public float[] Evaluate(ModelQuantity quantity, ReadOnlySpan<float> points, double time)
    {
        int count = BatchChecks.CountPoints("points", points.Length, network.Dimension);
        var (ofState, ofOutput) = Weights(quantity, time);
        ReadOnlySpan<float> condition = [(float)model.ConditionAt(time)];
        if (quantity == ModelQuantity.Divergence)
        {
            // The divergence of a·x + b·output; that of x is D.
            float[] divergences = new float[count];
            network.Divergence(points, condition, divergences);
            double ofIdentity = ofState * network.Dimension;
            for (int n = 0; n < count; n++)
            {
                divergences[n] = (float)(ofIdentity + (ofOutput * divergences[n]));
            }

            return divergences;
        }

        float[] values = new float[points.Length];
        network.Evaluate(points, condition, values);
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = (float)((ofState * points[i]) + (ofOutput * values[i]));
        }

        return values;
    }

    private (double OfState, double OfOutput) Weights(ModelQuantity quantity, double time)
    {
        var weights = model.Convert(
            quantity switch
            {
                ModelQuantity.Epsilon => Prediction.Epsilon,
                ModelQuantity.Denoised => Prediction.Denoised,
                _ => Prediction.Score,
            },
            time);
        return double.IsFinite(weights.OfState) && double.IsFinite(weights.OfOutput)
            ? weights
            : throw InputException.For(
                "sigma", model.Process.Diffusion.Sigma(time), "a number above 0 for the score of another prediction");
    }
}
