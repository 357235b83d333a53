using ScoreGpu.Engine.Devices;
using ScoreGpu.Engine.Models;
using ScoreGpu.Engine.Processes;
using ScoreGpu.Engine.Samplers.Host;

namespace ScoreGpu.Viz.Labs.FlowMatching;

/// <summary>A trained network against the exact answer at a noise level.</summary>
/// <param name="Level">σ/α.</param>
/// <param name="Time">The process's time of that level.</param>
/// <param name="OutputError">The root mean square error of what it predicts, a coordinate.</param>
/// <param name="VelocityError">The same of ε − x₀ worked out from it: the straight path's velocity, whatever the path.
/// </param>
/// <param name="EpsilonError">The same of ε worked out from it, which is σ times the score's.</param>
/// <param name="BestLoss">The mean square of the exact answer's own error at this level: no network has less.</param>
internal sealed record LevelError(
    double Level,
    double Time,
    double OutputError,
    double VelocityError,
    double EpsilonError,
    double BestLoss);

/// <summary>A trained network against the exact answer, over all noise levels.</summary>
/// <param name="Levels">By rising σ/α.</param>
internal sealed record NetworkErrors(IReadOnlyList<LevelError> Levels)
{
    /// <summary>The noise levels σ/α, those of the straight path's t from 0.01 to 0.99.</summary>
    public static IReadOnlyList<double> Ratios { get; } =
        [.. new[] { 0.01, 0.02, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.98, 0.99 }
            .Select(t => t / (1.0 - t))];

    /// <summary>The level with the largest error of ε − x₀.</summary>
    public LevelError WorstVelocity => Levels.MaxBy(level => level.VelocityError)!;

    /// <summary>Compares a network.</summary>
    /// <param name="model">The model.</param>
    /// <param name="network">Its network on the device.</param>
    /// <param name="clean">x₀, [N, 2].</param>
    /// <param name="noise">ε, [N, 2].</param>
    public static NetworkErrors Measure(Model model, IDeviceNetwork network, float[] clean, float[] noise)
    {
        var process = (ContinuousProcess)model.Process.Diffusion;
        ExactNetwork exact = new(FlowData.Mixture, new Engine.Samplers.SamplerModel(process, model.Predicts));
        return new NetworkErrors([.. Ratios.Select(ratio => At(process.TimeAtLogSnr(-2.0 * Math.Log(ratio)), ratio))]);

        LevelError At(double t, double ratio)
        {
            (double alpha, double sigma) = (process.Alpha(t), process.Sigma(t));
            float[] states = [.. clean.Zip(noise, (x0, epsilon) => (float)((alpha * x0) + (sigma * epsilon)))];
            float[] said = new float[states.Length];
            network.Evaluate(states, [(float)model.ConditionAt(t)], said);
            double[] right = new double[states.Length];
            exact.Evaluate(Array.ConvertAll(states, value => (double)value), [t], right);
            PredictionForm form = process.FormOf(model.Predicts, t);
            double squares = 0.0;
            double best = 0.0;
            for (int i = 0; i < said.Length; i++)
            {
                double error = said[i] - right[i];
                double own = right[i] - (form.Denoised * clean[i]) - (form.Epsilon * noise[i]);
                squares += error * error / said.Length;
                best += own * own / said.Length;
            }

            // An error of the prediction becomes an error of another by the weight of the prediction in it.
            double ofVelocity = Math.Abs(process.Convert(form, new PredictionForm(-1.0, 1.0), t).OfPrediction);
            double ofEpsilon = Math.Abs(process.Convert(model.Predicts, Prediction.Epsilon, t).OfPrediction);
            double rms = Math.Sqrt(squares);
            return new LevelError(ratio, t, rms, ofVelocity * rms, ofEpsilon * rms, best);
        }
    }
}
