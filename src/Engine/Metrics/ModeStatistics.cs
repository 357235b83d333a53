using ScoreGpu.Engine.Data;
using ScoreGpu.Engine.Distributions;

namespace ScoreGpu.Engine.Metrics;

/// <summary>
/// How samples spread over the modes of a mixture: the share, mean and spread of each, and the outliers.
/// </summary>
/// <remarks>
/// A sample belongs to the mode of the least Mahalanobis distance √((x − μ)ᵀΣ⁻¹(x − μ)), provided that this distance
/// is at most the limit; otherwise, and where it is not finite, it is an outlier. With a limit of k, even exact
/// samples of well-separated modes exceed it by P(χ²_D &gt; k²): in two dimensions exp(−k²/2), which is 3.4e−4 at
/// k = 4. The cut at the limit also narrows the standard deviations a little.
/// </remarks>
public sealed class ModeStatistics
{
    private ModeStatistics(IReadOnlyList<ModeSummary> modes, int count, int outliers, double withinSigmas)
    {
        Modes = modes;
        Count = count;
        OutlierCount = outliers;
        WithinSigmas = withinSigmas;
    }

    /// <summary>One entry a mode, in the mixture's order.</summary>
    public IReadOnlyList<ModeSummary> Modes { get; }

    /// <summary>The number of samples.</summary>
    public int Count { get; }

    /// <summary>The number of samples beyond the limit of every mode, or not finite.</summary>
    public int OutlierCount { get; }

    /// <summary><see cref="OutlierCount"/> over <see cref="Count"/>.</summary>
    public double OutlierShare => (double)OutlierCount / Count;

    /// <summary>The limit, in standard deviations.</summary>
    public double WithinSigmas { get; }

    /// <summary>Assigns samples to modes and summarises each mode.</summary>
    /// <param name="mixture">The mixture whose components are the modes.</param>
    /// <param name="samples">The samples, at least one, of the mixture's dimension.</param>
    /// <param name="withinSigmas">The limit beyond which a sample is an outlier, in standard deviations.</param>
    /// <exception cref="InputException">The dimensions differ, there are no samples, or the limit is not above 0.
    /// </exception>
    public static ModeStatistics Of(GaussianMixture mixture, PointSet samples, double withinSigmas = 4.0)
    {
        ArgumentNullException.ThrowIfNull(mixture);
        ArgumentNullException.ThrowIfNull(samples);
        if (samples.Dimension != mixture.Dimension)
        {
            throw InputException.For("the samples' dimension", samples.Dimension, $"{mixture.Dimension}");
        }

        if (samples.Count == 0)
        {
            throw InputException.For("the number of samples", 0, "at least 1");
        }

        if (!(withinSigmas > 0.0))
        {
            throw InputException.For(nameof(withinSigmas), withinSigmas, "a number above 0");
        }

        int[] modeOf = Assign(mixture, samples, withinSigmas);
        int[] counts = new int[mixture.ComponentCount];
        foreach (int mode in modeOf.Where(mode => mode >= 0))
        {
            counts[mode]++;
        }

        double[,] means = Means(samples, modeOf, counts);
        double[,] deviations = Deviations(samples, modeOf, counts, means);
        ModeSummary[] modes = new ModeSummary[counts.Length];
        for (int k = 0; k < counts.Length; k++)
        {
            double share = (double)counts[k] / samples.Count;
            modes[k] = new ModeSummary(k, counts[k], share, RowOf(means, k), RowOf(deviations, k));
        }

        return new ModeStatistics(modes, samples.Count, samples.Count - counts.Sum(), withinSigmas);
    }

    private static int[] Assign(GaussianMixture mixture, PointSet samples, double withinSigmas)
    {
        int[] modeOf = new int[samples.Count];
        double[] point = new double[samples.Dimension];
        for (int i = 0; i < modeOf.Length; i++)
        {
            ReadOnlySpan<float> sample = samples[i];
            for (int j = 0; j < point.Length; j++)
            {
                point[j] = sample[j];
            }

            int nearest = mixture.NearestMode(point, out double distance);

            // Written so that NaN, from a sample that is not finite, counts as outside.
            modeOf[i] = distance <= withinSigmas ? nearest : -1;
        }

        return modeOf;
    }

    private static double[,] Means(PointSet samples, int[] modeOf, int[] counts)
    {
        double[,] means = new double[counts.Length, samples.Dimension];
        for (int i = 0; i < modeOf.Length; i++)
        {
            for (int j = 0; modeOf[i] >= 0 && j < samples.Dimension; j++)
            {
                means[modeOf[i], j] += samples[i][j];
            }
        }

        for (int k = 0; k < counts.Length; k++)
        {
            for (int j = 0; j < samples.Dimension; j++)
            {
                means[k, j] = counts[k] > 0 ? means[k, j] / counts[k] : double.NaN;
            }
        }

        return means;
    }

    private static double[,] Deviations(PointSet samples, int[] modeOf, int[] counts, double[,] means)
    {
        double[,] deviations = new double[counts.Length, samples.Dimension];
        for (int i = 0; i < modeOf.Length; i++)
        {
            for (int j = 0; modeOf[i] >= 0 && j < samples.Dimension; j++)
            {
                double difference = samples[i][j] - means[modeOf[i], j];
                deviations[modeOf[i], j] += difference * difference;
            }
        }

        for (int k = 0; k < counts.Length; k++)
        {
            for (int j = 0; j < samples.Dimension; j++)
            {
                deviations[k, j] = counts[k] > 1 ? Math.Sqrt(deviations[k, j] / (counts[k] - 1)) : double.NaN;
            }
        }

        return deviations;
    }

    private static double[] RowOf(double[,] table, int row) =>
        Enumerable.Range(0, table.GetLength(1)).Select(column => table[row, column]).ToArray();
}
