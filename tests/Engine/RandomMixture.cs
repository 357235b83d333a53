using ScoreGpu.Engine.Distributions;

namespace ScoreGpu.Tests.Engine;

/// <summary>Mixtures of random weights, means and full covariances, the same for the same seed.</summary>
internal static class RandomMixture
{
    internal static GaussianMixture Create(int dimension, int components, int seed)
    {
        Random random = new(seed);
        List<double> weights = [];
        List<double[]> means = [];
        List<double[,]> covariances = [];
        for (int k = 0; k < components; k++)
        {
            weights.Add(0.2 + random.NextDouble());
            means.Add(Enumerable.Range(0, dimension).Select(_ => (4.0 * random.NextDouble()) - 2.0).ToArray());
            covariances.Add(RandomCovariance(dimension, random));
        }

        return new GaussianMixture(weights, means, covariances);
    }

    private static double[,] RandomCovariance(int dimension, Random random)
    {
        double[,] root = new double[dimension, dimension];
        for (int i = 0; i < dimension; i++)
        {
            for (int j = 0; j < dimension; j++)
            {
                root[i, j] = random.NextDouble() - 0.5;
            }
        }

        double[,] covariance = new double[dimension, dimension];
        for (int i = 0; i < dimension; i++)
        {
            for (int j = 0; j < dimension; j++)
            {
                covariance[i, j] = i == j ? 0.3 : 0.0;
                for (int m = 0; m < dimension; m++)
                {
                    covariance[i, j] += root[i, m] * root[j, m];
                }
            }
        }

        return covariance;
    }
}
