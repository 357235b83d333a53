using ScoreGpu.Engine.Distributions;
using ScoreGpu.Kernels;

namespace ScoreGpu.Engine.Training;

/// <summary>Points of a mixture with their exact scores, for <see cref="Objectives.ExplicitScore"/>.</summary>
/// <param name="mixture">Where the points are from; the score is its own.</param>
/// <param name="count">Samples a batch.</param>
/// <param name="seed">The key of every draw.</param>
public sealed class ExactScoreBatches(GaussianMixture mixture, int count, ulong seed) : IBatchSource
{
    /// <inheritdoc/>
    public TrainingBatch Next(int step)
    {
        int dimension = mixture.Dimension;
        float[] points = new float[checked(count * dimension)];
        Span<double> point = new double[dimension];
        for (int n = 0; n < count; n++)
        {
            mixture.SamplePoint(seed, (uint)n, (uint)step, PhiloxStreams.TrainingData, point);
            for (int d = 0; d < dimension; d++)
            {
                points[(n * dimension) + d] = (float)point[d];
            }
        }

        return new TrainingBatch(points, mixture.Scores(points), []);
    }
}
