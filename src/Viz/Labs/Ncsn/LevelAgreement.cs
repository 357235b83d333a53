using ScoreGpu.Engine.Data;
using ScoreGpu.Engine.Distributions;
using ScoreGpu.Engine.Models;

namespace ScoreGpu.Viz.Labs.Ncsn;

/// <summary>A model's score against the exact score of the data with noise, at one level.</summary>
/// <param name="Sigma">σ.</param>
/// <param name="RelativeError">√(E‖s_θ − s‖² / E‖s‖²) over points of p_σ; 1 for a network that says 0.</param>
/// <param name="Loss">½σ²·E‖s_θ + ε/σ‖²/D over the same points: the objective with the weight σ².</param>
/// <param name="LeastLoss">The same of the exact score, which no network can undercut.</param>
/// <param name="Valley">p_σ halfway between two neighbouring centres, over p_σ at a centre.</param>
internal sealed record LevelAgreement(
    double Sigma, double RelativeError, double Loss, double LeastLoss, double Valley)
{
    /// <summary>Compares at every level.</summary>
    /// <param name="evaluator">The model.</param>
    /// <param name="levels">The levels.</param>
    /// <param name="count">Points a level.</param>
    /// <param name="seed">The lab's seed.</param>
    public static LevelAgreement[] Measure(
        ModelEvaluator evaluator, IReadOnlyList<double> levels, int count, ulong seed)
    {
        GaussianMixture data = NamedMixtures.Ring8;
        float[] clean = data.Sample(count, LabKeys.Of(seed, NcsnDraw.LevelPoints));
        float[] noise = GaussianMixture.Isotropic([[0.0, 0.0]], 1.0)
            .Sample(count, LabKeys.Of(seed, NcsnDraw.LossNoise));
        return [.. levels.Select(sigma => At(evaluator, data, clean, noise, sigma))];
    }

    private static LevelAgreement At(
        ModelEvaluator evaluator, GaussianMixture data, float[] clean, float[] noise, double sigma)
    {
        float[] points = [.. clean.Zip(noise, (x, z) => (float)(x + (sigma * z)))];
        float[] said = evaluator.Evaluate(ModelQuantity.Score, points, sigma);
        GaussianMixture noised = data.Noised(1.0, sigma);
        double[] exact = noised.Scores(Array.ConvertAll(points, value => (double)value));
        (double error, double size, double loss, double least) = (0.0, 0.0, 0.0, 0.0);
        for (int i = 0; i < said.Length; i++)
        {
            error += Square(said[i] - exact[i]);
            size += Square(exact[i]);
            loss += Square((sigma * said[i]) + noise[i]);
            least += Square((sigma * exact[i]) + noise[i]);
        }

        ReadOnlySpan<double> first = data.Mean(0);
        ReadOnlySpan<double> second = data.Mean(1);
        double valley = noised.LogDensity([0.5 * (first[0] + second[0]), 0.5 * (first[1] + second[1])]);
        return new LevelAgreement(
            sigma,
            Math.Sqrt(error / size),
            0.5 * loss / said.Length,
            0.5 * least / said.Length,
            Math.Exp(valley - noised.LogDensity(first)));
    }

    private static double Square(double value) => value * value;
}
