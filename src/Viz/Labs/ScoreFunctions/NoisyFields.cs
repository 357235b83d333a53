using ScoreGpu.Engine.Data;
using ScoreGpu.Engine.Distributions;
using ScoreGpu.Engine.Metrics;

namespace ScoreGpu.Viz.Labs.ScoreFunctions;

/// <summary>Exercise 2: the score field of two peaks in the plane under growing noise.</summary>
/// <param name="Fields">One a noise level, in ascending order.</param>
/// <param name="MergingSigma">The noise at which the two peaks become one: √(half their distance² − their variance).
/// </param>
internal sealed record NoisyFields(IReadOnlyList<NoisyField> Fields, double MergingSigma)
{
    /// <summary>The noise levels that are measured.</summary>
    public static IReadOnlyList<double> MeasuredSigmas { get; } = [0.0, 0.1, 0.3, 1.0, 3.0];

    /// <summary>The noise levels that are drawn.</summary>
    public static IReadOnlyList<double> DrawnSigmas { get; } = [0.0, 0.3, 1.0, 3.0];

    /// <summary>Measures every field.</summary>
    public static NoisyFields Compute(ulong seed, int points)
    {
        GaussianMixture clean = NamedMixtures.TwoPeaks;
        double half = clean.Mean(1)[0];
        double variance = clean.Covariance(0)[0];
        ulong key = LabKeys.Of(seed, LabDraw.FieldPoints);
        return new NoisyFields(
            [.. MeasuredSigmas.Select(sigma => NoisyField.Measure(clean, sigma, key, points))],
            Math.Sqrt((half * half) - variance));
    }

    /// <summary>The field at a noise level.</summary>
    public NoisyField At(double sigma) => Fields.First(field => field.Sigma.Equals(sigma));
}

/// <summary>The score field of a mixture of two peaks after noise of standard deviation σ was added.</summary>
/// <param name="Sigma">σ.</param>
/// <param name="Density">The noised mixture.</param>
/// <param name="PeaksOnAxis">Peaks on the line through the centres.</param>
/// <param name="PeakX">The place of the right one, or of the only one.</param>
/// <param name="ValleyRatio">p in the middle over p at a peak; 1 where there is one peak.</param>
/// <param name="Steepness">∂s₁/∂x₁ in the middle: positive where the field drives apart, negative where it closes.
/// </param>
/// <param name="CosineToOneGaussian">
/// The mean cosine between the score and that of the one Gaussian of the same mean and covariance.
/// </param>
/// <param name="CosineToNearestPeak">The mean cosine between the score and the direction to the nearest centre.</param>
/// <param name="CosineToClean">The mean cosine between the score and that without noise, at the same points.</param>
/// <param name="MeanMagnitude">The mean of ‖s‖. All means are over points drawn from the noised mixture.</param>
internal sealed record NoisyField(
    double Sigma,
    GaussianMixture Density,
    int PeaksOnAxis,
    double PeakX,
    double ValleyRatio,
    double Steepness,
    double CosineToOneGaussian,
    double CosineToNearestPeak,
    double CosineToClean,
    double MeanMagnitude)
{
    /// <summary>Measures the field of a mixture of two peaks that lie symmetrically on the first axis.</summary>
    public static NoisyField Measure(GaussianMixture clean, double sigma, ulong key, int count)
    {
        GaussianMixture density = clean.Noised(1.0, sigma);
        double[] points = density.SampleDoubles(count, key);
        double[] scores = density.Scores(points);
        IReadOnlyList<double> zeros = ZeroCrossings.Find(x => ScoreOnAxis(density, x), -6.0123, 6.0456);
        double half = clean.Mean(1)[0];
        double across = density.Covariance(0)[3];
        double along = density.Covariance(0)[0] + (half * half);
        var gaussian = new GaussianMixture([1.0], [[0.0, 0.0]], [new[,] { { along, 0.0 }, { 0.0, across } }]);
        return new NoisyField(
            sigma,
            density,
            (zeros.Count + 1) / 2,
            zeros[^1],
            Math.Exp(density.LogDensity([0.0, 0.0]) - density.LogDensity([zeros[^1], 0.0])),
            SlopeInTheMiddle(half, density.Covariance(0)[0]),
            Cosine(gaussian.Scores(points), scores),
            Cosine(Directions.ToNearestCentre(density, points), scores),
            Cosine(clean.Scores(points), scores),
            Directions.MeanNorm(scores));
    }

    private static double ScoreOnAxis(GaussianMixture density, double x) => density.Scores([x, 0.0])[0];

    // d/dx of (μ·tanh(μx/v) − x)/v at x = 0.
    private static double SlopeInTheMiddle(double half, double variance) =>
        ((half * half / variance) - 1.0) / variance;

    private static double Cosine(double[] field, double[] reference) =>
        FieldComparison.Of(field, reference, 2).MeanCosineSimilarity;
}
