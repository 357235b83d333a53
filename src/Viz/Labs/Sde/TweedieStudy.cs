using ScoreGpu.Engine.Distributions;
using ScoreGpu.Engine.Metrics;
using ScoreGpu.Engine.Processes;
using ScoreGpu.Kernels;

namespace ScoreGpu.Viz.Labs.Sde;

/// <summary>
/// Tweedie's formula against pairs: the mean of the clean data among noisy points that lie together, and what the score
/// says it is.
/// </summary>
/// <param name="Time">t.</param>
/// <param name="Alpha">α(t).</param>
/// <param name="Sigma">σ(t).</param>
/// <param name="Bins">Places on the axis of x_t, from left to right.</param>
/// <param name="Formula">The squared error of Tweedie's estimate of the clean data.</param>
/// <param name="Rescaled">That of x_t/α.</param>
/// <param name="Linear">That of the best estimate that is linear in x_t.</param>
/// <param name="FromFisher">
/// (σ²/α²)·(1 − σ²·E[s²]): the error of the first by the Fisher information of p_t alone.
/// </param>
internal sealed record TweedieStudy(
    double Time,
    double Alpha,
    double Sigma,
    IReadOnlyList<TweedieBin> Bins,
    MeanEstimate Formula,
    MeanEstimate Rescaled,
    MeanEstimate Linear,
    MeanEstimate FromFisher)
{
    private const int MostBins = 30;
    private const int FewestPairs = 200;

    /// <summary>The mean of z² over the bins; about 1 where the formula holds.</summary>
    public double MeanSquaredDeviation => Bins.Average(bin => bin.Deviation * bin.Deviation);

    /// <summary>The standard error of <see cref="MeanSquaredDeviation"/> where the formula holds: √(2/bins).</summary>
    public double ErrorOfMeanSquaredDeviation => Math.Sqrt(2.0 / Bins.Count);

    /// <summary>Draws pairs and compares, on the line.</summary>
    /// <param name="data">The distribution of x₀, in one dimension.</param>
    /// <param name="process">The process.</param>
    /// <param name="time">t.</param>
    /// <param name="count">Pairs.</param>
    /// <param name="keys">The keys of data and noise.</param>
    public static TweedieStudy Measure(
        GaussianMixture data, DiffusionProcess process, double time, int count, (ulong Data, ulong Noise) keys)
    {
        (double alpha, double sigma) = (process.Alpha(time), process.Sigma(time));
        GaussianMixture noisy = SdeProcesses.At(data, process, time);
        double[] clean = data.SampleDoubles(count, keys.Data);
        double[] states = new double[count];
        Parallel.For(0, count, i =>
        {
            Span<double> noise = stackalloc double[1];
            NormalDraws.Fill(keys.Noise, (uint)i, 0, PhiloxStreams.TrainingNoise, noise);
            states[i] = (alpha * clean[i]) + (sigma * noise[0]);
        });
        double[] scores = noisy.Scores(states);
        double[] formula = [.. states.Select((x, i) => process.DenoisedFromScore(x, scores[i], time))];
        double variance = SdeProcesses.Variance(data);
        double mean = Mean(data);
        double slope = alpha * variance / SdeProcesses.Variance(noisy);
        return new TweedieStudy(
            time,
            alpha,
            sigma,
            BinsOf(states, clean, formula),
            MeanEstimate.Of([.. clean.Zip(formula, Square)]),
            MeanEstimate.Of([.. clean.Zip(states, (x0, x) => Square(x0, x / alpha))]),
            MeanEstimate.Of([.. clean.Zip(states, (x0, x) => Square(x0, mean + (slope * (x - (alpha * mean)))))]),
            MeanEstimate.Of([.. scores.Select(s => sigma * sigma / (alpha * alpha) * (1 - (sigma * sigma * s * s)))]));
    }

    private static double Square(double a, double b) => (a - b) * (a - b);

    private static double Mean(GaussianMixture mixture) =>
        Enumerable.Range(0, mixture.ComponentCount).Sum(k => mixture.Weights[k] * mixture.Mean(k)[0]);

    // Bins of equal width between the outer half per cents, those with few pairs left out.
    private static TweedieBin[] BinsOf(double[] states, double[] clean, double[] formula)
    {
        double[] sorted = [.. states.Order()];
        double low = sorted[sorted.Length / 200];
        double width = (sorted[^(1 + (sorted.Length / 200))] - low) / MostBins;
        return
        [
            .. Enumerable.Range(0, states.Length)
                .GroupBy(i => (int)Math.Floor((states[i] - low) / width))
                .Where(group => group.Key is >= 0 and < MostBins && group.Count() >= FewestPairs)
                .OrderBy(group => group.Key)
                .Select(group => new TweedieBin(
                    low + ((group.Key + 0.5) * width),
                    MeanEstimate.Of([.. group.Select(i => clean[i])]),
                    MeanEstimate.Of([.. group.Select(i => clean[i] - formula[i])]))),
        ];
    }
}

/// <summary>The pairs whose noisy point lies in one interval.</summary>
/// <param name="Centre">The interval's middle.</param>
/// <param name="Clean">The mean of their clean points.</param>
/// <param name="Residual">The mean of clean point less Tweedie's estimate, which is 0.</param>
internal sealed record TweedieBin(double Centre, MeanEstimate Clean, MeanEstimate Residual)
{
    /// <summary>The residual in standard errors.</summary>
    public double Deviation => Residual.Value / Residual.StandardError;
}
