using ScoreGpu.Engine.Devices;

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
        model.Process.RequireTime(time);
        ReadOnlySpan<float> condition = [(float)time];
        if (quantity == ModelQuantity.Divergence)
        {
            float[] divergences = new float[count];
            network.Divergence(points, condition, divergences);
            Scale(divergences, FiniteScoreFactor(time));
            return divergences;
        }

        float[] values = new float[points.Length];
        network.Evaluate(points, condition, values);
        if (quantity == ModelQuantity.Score)
        {
            Scale(values, FiniteScoreFactor(time));
        }
        else if (quantity == ModelQuantity.Epsilon)
        {
            Scale(values, model.Epsilon(1.0, time));
        }
        else
        {
            // x̂₀ is linear in x and in the output.
            double ofState = model.Denoised(1.0, 0.0, time);
            double ofOutput = model.Denoised(0.0, 1.0, time);
            for (int i = 0; i < values.Length; i++)
            {
                values[i] = (float)((ofState * points[i]) + (ofOutput * values[i]));
            }
        }

        return values;
    }

    private static void Scale(Span<float> values, double factor)
    {
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = (float)(factor * values[i]);
        }
    }

    private double FiniteScoreFactor(double time)
    {
        double factor = model.ScoreFactor(time);
        return double.IsFinite(factor)
            ? factor
            : throw InputException.For("sigma", 0.0, "a number above 0 for the score of a noise prediction");
    }
}
