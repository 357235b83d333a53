using ScoreGpu.Engine.Data;
using ScoreGpu.Engine.Distributions;
using ScoreGpu.Engine.Metrics;

namespace ScoreGpu.Viz.Labs.Ncsn;

/// <summary>How samples lie about the modes.</summary>
/// <param name="RootMeanSquare">√(E‖x − μ‖²/D) with μ the centre nearest to x; infinite where a sample is not finite.</param>
/// <param name="OutlierShare">The share more than 4 standard deviations from every mode, or not finite.</param>
/// <param name="LostShare">The share that is not finite, or more than <see cref="LostDistance"/> away.</param>
internal sealed record ModeSpread(double RootMeanSquare, double OutlierShare, double LostShare)
{
    /// <summary>Ten times the first level: no start is that far out.</summary>
    public const double LostDistance = 100;

    /// <summary>Measures samples, [N, 2].</summary>
    public static ModeSpread Of(GaussianMixture mixture, float[] points)
    {
        double sum = 0.0;
        int lost = 0;
        int count = points.Length / 2;
        for (int i = 0; i < points.Length; i += 2)
        {
            double least = double.PositiveInfinity;
            for (int k = 0; k < mixture.ComponentCount; k++)
            {
                ReadOnlySpan<double> centre = mixture.Mean(k);
                double square = Math.Pow(points[i] - centre[0], 2) + Math.Pow(points[i + 1] - centre[1], 2);
                least = Math.Min(least, double.IsNaN(square) ? double.PositiveInfinity : square);
            }

            sum += least;
            lost += least > LostDistance * LostDistance ? 1 : 0;
        }

        double outliers = ModeStatistics.Of(mixture, new PointSet(points, count, 2)).OutlierShare;
        return new ModeSpread(Math.Sqrt(sum / points.Length), outliers, (double)lost / count);
    }
}
