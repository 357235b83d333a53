using ScoreGpu.Engine.Processes;

namespace ScoreGpu.Viz.Labs.FlowMatching;

/// <summary>The conversions as a text writes them, against x₀, ε and the path they were made of.</summary>
/// <param name="NoiseOfVelocity">The largest error of ε = x_t + (1 − t)·u.</param>
/// <param name="CleanOfVelocity">The largest error of x₀ = x_t − t·u.</param>
/// <param name="ScoreOfVelocity">
/// The largest error of s = −(x_t + (1 − t)·u)/t against the velocity's own equation u = f·x − ½g²·s, relative to |u|.
/// </param>
/// <param name="VpScoreOfNoise">The largest error of s = −ε/√(1 − ᾱ) against (√ᾱ·x₀ − x_t)/(1 − ᾱ), relative.</param>
/// <param name="VOfVelocityAtHalf">The largest |v − ½u| at t = ½ of the straight path.</param>
/// <param name="VOfVelocityElsewhere">The largest |v − ½u| at t = 0.1.</param>
internal sealed record WrittenFormulas(
    double NoiseOfVelocity,
    double CleanOfVelocity,
    double ScoreOfVelocity,
    double VpScoreOfNoise,
    double VOfVelocityAtHalf,
    double VOfVelocityElsewhere)
{
    /// <summary>Checks the formulas at the times of <see cref="Conversions.Times"/>.</summary>
    /// <param name="clean">x₀, [N].</param>
    /// <param name="noise">ε, [N].</param>
    public static WrittenFormulas Measure(double[] clean, double[] noise)
    {
        FlowProcess flow = new();
        VpProcess vp = new();
        double toNoise = 0.0;
        double toClean = 0.0;
        double toScore = 0.0;
        double ofVp = 0.0;
        foreach (double t in Conversions.Times)
        {
            double variance = vp.Sigma(t) * vp.Sigma(t);
            for (int i = 0; i < clean.Length; i++)
            {
                double u = noise[i] - clean[i];
                double x = ((1.0 - t) * clean[i]) + (t * noise[i]);
                double score = -(x + ((1.0 - t) * u)) / t;
                toNoise = Math.Max(toNoise, Math.Abs(x + ((1.0 - t) * u) - noise[i]));
                toClean = Math.Max(toClean, Math.Abs(x - (t * u) - clean[i]));
                toScore = Math.Max(toScore, Math.Abs(flow.FlowVelocity(x, score, t) - u) / Math.Max(1.0, Math.Abs(u)));
                double noisy = (vp.Alpha(t) * clean[i]) + (vp.Sigma(t) * noise[i]);
                double written = -noise[i] / Math.Sqrt(variance);
                double direct = ((vp.Alpha(t) * clean[i]) - noisy) / variance;
                ofVp = Math.Max(ofVp, Math.Abs(written - direct) / Math.Max(1.0, Math.Abs(direct)));
            }
        }

        return new WrittenFormulas(
            toNoise, toClean, toScore, ofVp, Difference(flow, 0.5, clean, noise), Difference(flow, 0.1, clean, noise));
    }

    private static double Difference(FlowProcess flow, double t, double[] clean, double[] noise)
    {
        PredictionForm v = flow.FormOf(Prediction.V, t);
        return clean.Zip(noise, (x0, epsilon) => Math.Abs(
            (v.Denoised * x0) + (v.Epsilon * epsilon) - (0.5 * (epsilon - x0)))).Max();
    }
}
