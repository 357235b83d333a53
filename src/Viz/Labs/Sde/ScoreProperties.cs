using ScoreGpu.Engine.Distributions;

namespace ScoreGpu.Viz.Labs.Sde;

/// <summary>The properties that every score has, measured.</summary>
/// <param name="Moments">On average, at several times of VP.</param>
/// <param name="Tweedie">Tweedie's formula at several times, on the line.</param>
/// <param name="MergingTime">When the four peaks become one: 4α² = 0.09α² + σ².</param>
/// <param name="Flanks">Slope of p against length of the score, from a peak outwards.</param>
internal sealed record ScoreProperties(
    IReadOnlyList<ScoreMoments> Moments,
    IReadOnlyList<TweedieStudy> Tweedie,
    double MergingTime,
    IReadOnlyList<Flank> Flanks)
{
    /// <summary>The times of the moments.</summary>
    public static IReadOnlyList<double> MomentTimes { get; } = [0.0, 0.1, 0.2, 0.3, 0.4, 0.6];

    /// <summary>The times of Tweedie's formula.</summary>
    public static IReadOnlyList<double> TweedieTimes { get; } = [0.1, 0.25, 0.5];

    private static readonly double[] FlankDeviations = [1, 2, 4, 8];

    /// <summary>The largest deviation from 0 among the means that are 0, in standard errors.</summary>
    public double LargestDeviation => Moments.Max(moments => moments.LargestDeviation);

    /// <summary>How many means that is the largest of.</summary>
    public int ZeroMeans => Moments.Sum(moments => moments.Mean.Count + moments.Differences.Count);

    /// <summary>Measures everything.</summary>
    public static ScoreProperties Measure(SdeSettings settings, ulong seed)
    {
        GaussianMixture data = SdeProcesses.Plane;
        ScoreMoments[] moments =
        [
            .. MomentTimes.Select((t, i) => ScoreMoments.Measure(
                t,
                SdeProcesses.Vp.Sigma(t),
                SdeProcesses.At(data, SdeProcesses.Vp, t),
                settings.MomentPoints,
                LabKeys.Of(seed, SdeDraw.Moments, i))),
        ];
        TweedieStudy[] tweedie =
        [
            .. TweedieTimes.Select((t, i) => TweedieStudy.Measure(
                SdeProcesses.Line,
                SdeProcesses.Vp,
                t,
                settings.TweediePairs,
                (LabKeys.Of(seed, SdeDraw.TweedieData, i), LabKeys.Of(seed, SdeDraw.TweedieNoise, i)))),
        ];

        // Peaks at ±αm merge where α²m² = α²s² + σ²: σ²/α² = m² − s².
        double centre = data.Mean(0)[0];
        double logSnr = -Math.Log((centre * centre) - data.Covariance(0)[0]);
        return new ScoreProperties(
            moments,
            tweedie,
            SdeProcesses.Vp.TimeAtLogSnr(logSnr),
            [.. FlankDeviations.Select(deviations => Flank.At(data, deviations))]);
    }
}

/// <summary>A place some standard deviations outside a peak, away from the others.</summary>
/// <param name="Deviations">How many.</param>
/// <param name="Slope">‖∇p‖: how fast the density changes there.</param>
/// <param name="Score">‖∇ ln p‖.</param>
internal sealed record Flank(double Deviations, double Slope, double Score)
{
    /// <summary>Outside the peak of the largest coordinates, along the first axis.</summary>
    public static Flank At(GaussianMixture data, double deviations)
    {
        int last = data.ComponentCount - 1;
        double[] at =
        [
            data.Mean(last)[0] + (deviations * Math.Sqrt(data.Covariance(last)[0])),
            data.Mean(last)[1],
        ];
        double[] score = data.Scores(at);
        double length = Math.Sqrt((score[0] * score[0]) + (score[1] * score[1]));
        return new Flank(deviations, length * data.Density(at), length);
    }
}
