using ScoreGpu.Engine.Devices;
using ScoreGpu.Engine.Distributions;
using ScoreGpu.Engine.Likelihoods;

namespace ScoreGpu.Engine.Samplers.Host;

/// <summary>
/// What a perfect network would say of mixture data: the prediction that belongs to the exact score of α·x₀ + σ·ε. It
/// is told the time itself.
/// </summary>
/// <param name="data">The distribution of x₀.</param>
/// <param name="model">The process and the prediction.</param>
public sealed class ExactNetwork(GaussianMixture data, SamplerModel model) : ITraceNetwork
{
    private readonly Dictionary<double, GaussianMixture> _noised = [];

    /// <inheritdoc/>
    public int Dimension => data.Dimension;

    /// <inheritdoc/>
    public void Evaluate(ReadOnlySpan<double> points, ReadOnlySpan<double> conditions, Span<double> outputs)
    {
        int dimension = data.Dimension;
        int count = BatchChecks.CountPoints(nameof(points), points.Length, dimension);
        BatchChecks.RequireLength(nameof(outputs), outputs.Length, points.Length);
        if (conditions.Length == 1)
        {
            NoisedAt(conditions[0]).Scores(points.ToArray()).CopyTo(outputs);
            ToOutputs(points, conditions[0], outputs);
            return;
        }

        BatchChecks.RequireLength(nameof(conditions), conditions.Length, count);
        for (int i = 0; i < count; i++)
        {
            var point = points.Slice(i * dimension, dimension);
            var output = outputs.Slice(i * dimension, dimension);
            NoisedAt(conditions[i]).Score(point, output);
            ToOutputs(point, conditions[i], output);
        }
    }

    /// <inheritdoc/>
    public void Divergence(ReadOnlySpan<double> points, ReadOnlySpan<double> conditions, Span<double> divergences)
    {
        int dimension = data.Dimension;
        for (int i = 0; i < divergences.Length; i++)
        {
            double time = conditions[conditions.Length == 1 ? 0 : i];
            (double ofState, double ofScore) = model.OutputOfScore(time);
            double divergence = NoisedAt(time).ScoreDivergence(points.Slice(i * dimension, dimension));
            divergences[i] = (ofState * dimension) + (ofScore * divergence);
        }
    }

    /// <inheritdoc/>
    public void JacobianVector(
        ReadOnlySpan<double> points,
        ReadOnlySpan<double> conditions,
        ReadOnlySpan<double> vectors,
        Span<double> products)
    {
        int dimension = data.Dimension;
        for (int i = 0; i < points.Length / dimension; i++)
        {
            double time = conditions[conditions.Length == 1 ? 0 : i];
            var vector = vectors.Slice(i * dimension, dimension);
            var product = products.Slice(i * dimension, dimension);
            NoisedAt(time).ScoreJacobianVector(points.Slice(i * dimension, dimension), vector, product);
            ToOutputs(vector, time, product);
        }
    }

    private void ToOutputs(ReadOnlySpan<double> point, double time, Span<double> output)
    {
        (double ofState, double ofScore) = model.OutputOfScore(time);
        for (int d = 0; d < point.Length; d++)
        {
            output[d] = (ofState * point[d]) + (ofScore * output[d]);
        }
    }

    private GaussianMixture NoisedAt(double time)
    {
        // A grid of times is met once a batch; the times of adaptive steps are all different and not kept.
        const int MostKept = 4096;
        if (!_noised.TryGetValue(time, out var noised))
        {
            noised = data.Noised(model.Process.Alpha(time), model.Process.Sigma(time));
            if (_noised.Count < MostKept)
            {
                _noised.Add(time, noised);
            }
        }

        return noised;
    }
}
