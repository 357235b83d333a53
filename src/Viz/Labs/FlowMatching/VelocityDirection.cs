using ScoreGpu.Engine.Distributions;
using ScoreGpu.Engine.Processes;

namespace ScoreGpu.Viz.Labs.FlowMatching;

/// <summary>Where the exact velocity of the straight path leads at a time, on points of that time.</summary>
/// <param name="Time">t.</param>
/// <param name="CosineToScore">The mean cosine between −u, which leads to data, and the score.</param>
/// <param name="OppositeShare">The share of points at which the two are more than a right angle apart.</param>
/// <param name="CosineToPair">The mean cosine between u(x_t, t) and the ε − x₀ of the pair that x_t was made of.</param>
internal sealed record VelocityDirection(
    double Time, double CosineToScore, double OppositeShare, double CosineToPair)
{
    /// <summary>The times.</summary>
    public static IReadOnlyList<double> Times { get; } = [0.02, 0.1, 0.2, 0.3, 0.5, 0.7, 0.9, 0.98];

    /// <summary>Measures at a time.</summary>
    /// <param name="time">t in (0, 1).</param>
    /// <param name="clean">x₀, [N, 2].</param>
    /// <param name="noise">ε, [N, 2].</param>
    public static VelocityDirection Measure(double time, float[] clean, float[] noise)
    {
        FlowProcess flow = new();
        GaussianMixture noised = FlowData.Mixture.Noised(flow.Alpha(time), flow.Sigma(time));
        double[] states = [.. clean.Zip(noise, (x0, epsilon) => (flow.Alpha(time) * x0) + (flow.Sigma(time) * epsilon))];
        double[] scores = noised.Scores(states);
        int count = states.Length / 2;
        double toScore = 0.0;
        double toPair = 0.0;
        int opposite = 0;
        for (int i = 0; i < states.Length; i += 2)
        {
            double x = flow.FlowVelocity(states[i], scores[i], time);
            double y = flow.FlowVelocity(states[i + 1], scores[i + 1], time);
            double cosine = Cosine(-x, -y, scores[i], scores[i + 1]);
            toScore += cosine / count;
            opposite += cosine < 0.0 ? 1 : 0;
            toPair += Cosine(x, y, (double)noise[i] - clean[i], (double)noise[i + 1] - clean[i + 1]) / count;
        }

        return new VelocityDirection(time, toScore, (double)opposite / count, toPair);
    }

    private static double Cosine(double ax, double ay, double bx, double by) =>
        ((ax * bx) + (ay * by)) / Math.Sqrt(((ax * ax) + (ay * ay)) * ((bx * bx) + (by * by)));
}
