using ScoreGpu.Engine.Data;
using ScoreGpu.Engine.Distributions;
using ScoreGpu.Engine.Processes;

namespace ScoreGpu.Viz.Labs.Ncsn;

/// <summary>The exact score of the ring under VP, led through ε, v and x₀ and back.</summary>
/// <param name="Rows">One entry a time.</param>
/// <param name="Shield">A constant that code adds to σ against a division by zero.</param>
internal sealed record ConversionStudy(IReadOnlyList<ConversionRow> Rows, double Shield)
{
    /// <summary>The usual constant.</summary>
    private const double UsualShield = 1e-8;

    /// <summary>The process.</summary>
    public static VpProcess Process { get; } = new(0.1, 20.0);

    /// <summary>The times that are measured.</summary>
    private static readonly double[] Times = [0.001, 0.01, 0.05, 0.1, 0.2, 0.4, 0.6, 0.8, 1.0];

    /// <summary>Converts everything.</summary>
    public static ConversionStudy Compute(ulong seed, int count) => new(
        [.. Times.Select(t => ConversionRow.Of(Process, t, count, LabKeys.Of(seed, NcsnDraw.Converted)))],
        UsualShield);

    /// <summary>By how much an error of a prediction counts in another quantity at a time.</summary>
    public static double Magnification(Prediction from, Prediction to, double time) =>
        Math.Abs(Process.Convert(from, to, time).OfPrediction);
}

/// <summary>One time.</summary>
/// <param name="Time">t.</param>
/// <param name="Alpha">α = √ᾱ.</param>
/// <param name="Sigma">σ = √(1 − ᾱ).</param>
/// <param name="RoundTrip">The largest |s′ − s|/rms(s) after s → ε → v → x₀ → s, in double precision.</param>
/// <param name="ScoreSize">The root mean square of the score's coordinates.</param>
/// <param name="NoiseSize">That of ε.</param>
/// <param name="VelocitySize">That of v.</param>
/// <param name="CleanSize">That of x₀.</param>
internal sealed record ConversionRow(
    double Time,
    double Alpha,
    double Sigma,
    double RoundTrip,
    double ScoreSize,
    double NoiseSize,
    double VelocitySize,
    double CleanSize)
{
    /// <summary>Converts the exact score at points of p_t.</summary>
    public static ConversionRow Of(VpProcess process, double time, int count, ulong seed)
    {
        GaussianMixture noised = NamedMixtures.Ring8.Noised(process.Alpha(time), process.Sigma(time));
        double[] points = noised.SampleDoubles(count, seed);
        double[] score = noised.Scores(points);
        double[] noise = Convert(Prediction.Score, Prediction.Epsilon, score);
        double[] velocity = Convert(Prediction.Epsilon, Prediction.V, noise);
        double[] clean = Convert(Prediction.V, Prediction.Denoised, velocity);
        double[] back = Convert(Prediction.Denoised, Prediction.Score, clean);
        double size = RootMeanSquare(score);
        return new ConversionRow(
            time,
            process.Alpha(time),
            process.Sigma(time),
            back.Zip(score, (a, b) => Math.Abs(a - b)).Max() / size,
            size,
            RootMeanSquare(noise),
            RootMeanSquare(velocity),
            RootMeanSquare(clean));

        double[] Convert(Prediction from, Prediction to, double[] values)
        {
            (double ofState, double ofPrediction) = process.Convert(from, to, time);
            return [.. points.Zip(values, (x, value) => (ofState * x) + (ofPrediction * value))];
        }
    }

    private static double RootMeanSquare(double[] values) =>
        Math.Sqrt(values.Sum(value => value * value) / values.Length);
}
