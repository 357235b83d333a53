using ScoreGpu.Engine.Distributions;
using ScoreGpu.Engine.Processes;

namespace ScoreGpu.Viz.Labs.Ncsn;

/// <summary>Where variance-exploding and variance-preserving noise lead, and how much noise each has on the way.</summary>
/// <param name="Clean">x₀ ~ N((4, 4), I), [N, 2].</param>
/// <param name="Ends">The processes at t = 1.</param>
/// <param name="Variances">VP and sub-VP at t = 0, 0.1, … 1.</param>
internal sealed record EndPointStudy(
    float[] Clean, IReadOnlyList<EndPoint> Ends, IReadOnlyList<VarianceRow> Variances)
{
    /// <summary>The coordinate of the data's mean.</summary>
    public const double Centre = 4.0;

    private const int Rows = 11;

    /// <summary>The processes of the text.</summary>
    public static IReadOnlyList<ContinuousProcess> Processes { get; } =
        [new VeProcess(0.01, 50.0), new VpProcess(0.1, 20.0), new SubVpProcess(0.1, 20.0)];

    /// <summary>Draws and measures.</summary>
    public static EndPointStudy Compute(ulong seed, int count)
    {
        float[] clean = GaussianMixture.Isotropic([[Centre, Centre]], 1.0)
            .Sample(count, LabKeys.Of(seed, NcsnDraw.EndPoints));
        float[] noise = GaussianMixture.Isotropic([[0.0, 0.0]], 1.0)
            .Sample(count, LabKeys.Of(seed, NcsnDraw.EndNoise));
        VarianceRow[] rows = new VarianceRow[Rows];
        for (int i = 0; i < Rows; i++)
        {
            double t = i / (Rows - 1.0);
            rows[i] = new VarianceRow(t, Square(Processes[0], t), Square(Processes[1], t), Square(Processes[2], t));
        }

        return new EndPointStudy(clean, [.. Processes.Select(process => EndPoint.Of(process, clean, noise))], rows);

        static double Square(ContinuousProcess process, double t) => Math.Pow(process.Sigma(t), 2);
    }
}

/// <summary>A process at t = 1.</summary>
/// <param name="Name">The process.</param>
/// <param name="Alpha">α(1): what is left of x₀.</param>
/// <param name="Sigma">σ(1).</param>
/// <param name="Points">x₁, [N, 2].</param>
/// <param name="Mean">The mean of each coordinate.</param>
/// <param name="Std">The standard deviation of each coordinate.</param>
/// <param name="MeanError">The standard error of the means.</param>
/// <param name="Gap">The divergence KL(p₁ ‖ prior) in nats, of the two Gaussians that p₁ and the prior are.</param>
internal sealed record EndPoint(
    string Name,
    double Alpha,
    double Sigma,
    float[] Points,
    IReadOnlyList<double> Mean,
    IReadOnlyList<double> Std,
    double MeanError,
    double Gap)
{
    /// <summary>Noises points and measures.</summary>
    public static EndPoint Of(ContinuousProcess process, float[] clean, float[] noise)
    {
        double alpha = process.Alpha(1.0);
        double sigma = process.Sigma(1.0);
        float[] points = [.. clean.Zip(noise, (x, z) => (float)((alpha * x) + (sigma * z)))];
        (double Mean, double Std)[] moments = [Moments(points, 0), Moments(points, 1)];

        // p₁ = N(4α, α² + σ²) and the prior N(0, s²) in each coordinate.
        double prior = process.Prior(1.0).Scale;
        double ratio = ((alpha * alpha) + (sigma * sigma)) / (prior * prior);
        double shift = alpha * EndPointStudy.Centre / prior;
        return new EndPoint(
            process.Name,
            alpha,
            sigma,
            points,
            [.. moments.Select(moment => moment.Mean)],
            [.. moments.Select(moment => moment.Std)],
            moments.Average(moment => moment.Std) / Math.Sqrt(points.Length / 2.0),
            ratio - 1.0 - Math.Log(ratio) + (shift * shift));
    }

    private static (double Mean, double Std) Moments(float[] points, int coordinate)
    {
        double[] values = [.. points.Where((_, i) => i % 2 == coordinate).Select(value => (double)value)];
        double mean = values.Average();
        return (mean, Math.Sqrt(values.Sum(value => (value - mean) * (value - mean)) / (values.Length - 1.0)));
    }
}

/// <summary>σ² at a time.</summary>
/// <param name="Time">t.</param>
/// <param name="Exploding">Of VE.</param>
/// <param name="Preserving">Of VP: 1 − ᾱ.</param>
/// <param name="SubPreserving">Of sub-VP: (1 − ᾱ)².</param>
internal sealed record VarianceRow(double Time, double Exploding, double Preserving, double SubPreserving)
{
    /// <summary>ᾱ.</summary>
    public double AlphaBar => 1.0 - Preserving;

    /// <summary>Sub-VP's over VP's, 1 − ᾱ; at t = 0, where both are 0, its limit.</summary>
    public double Ratio => Preserving > 0.0 ? SubPreserving / Preserving : 0.0;

    /// <summary>VP's less sub-VP's: ᾱ(1 − ᾱ).</summary>
    public double Difference => Preserving - SubPreserving;
}
