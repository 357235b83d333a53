using ScoreGpu.Engine.Distributions;

namespace ScoreGpu.Viz.Labs.ScoreFunctions;

/// <summary>Vectors from points to the centres of a mixture, and lengths of vectors; all [N, 2], row-major.</summary>
internal static class Directions
{
    /// <summary>The vector from each point to the centre nearest to it, times a factor of the centres.</summary>
    public static double[] ToNearestCentre(GaussianMixture mixture, double[] points, double factor = 1.0)
    {
        double[] vectors = new double[points.Length];
        for (int i = 0; i < points.Length; i += 2)
        {
            double least = double.PositiveInfinity;
            for (int k = 0; k < mixture.ComponentCount; k++)
            {
                double dx = (factor * mixture.Mean(k)[0]) - points[i];
                double dy = (factor * mixture.Mean(k)[1]) - points[i + 1];
                double distance = (dx * dx) + (dy * dy);
                if (distance < least)
                {
                    least = distance;
                    (vectors[i], vectors[i + 1]) = (dx, dy);
                }
            }
        }

        return vectors;
    }

    /// <summary>The vector from each point to the origin.</summary>
    public static double[] ToOrigin(float[] points) => Array.ConvertAll(points, value => -(double)value);

    /// <summary>The mean Euclidean length.</summary>
    public static double MeanNorm(double[] vectors)
    {
        double sum = 0.0;
        for (int i = 0; i < vectors.Length; i += 2)
        {
            sum += Math.Sqrt((vectors[i] * vectors[i]) + (vectors[i + 1] * vectors[i + 1]));
        }

        return sum / (vectors.Length / 2);
    }
}
