using ScoreGpu.Engine.Data;
using ScoreGpu.Engine.Distributions;
using ScoreGpu.Kernels;

namespace ScoreGpu.Engine.Metrics;

/// <summary>
/// How samples spread over the modes of a mixture: the share, mean and covariance of each, and the outliers.
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
        double[][] covariances = Covariances(samples, modeOf, counts, means);
        ModeSummary[] modes = new ModeSummary[counts.Length];
        for (int k = 0; k < counts.Length; k++)
        {
            double share = (double)counts[k] / samples.Count;
            int stride = samples.Dimension + 1;
            double[] deviations =
                [.. Enumerable.Range(0, samples.Dimension).Select(j => Math.Sqrt(covariances[k][j * stride]))];
            modes[k] = new ModeSummary(k, counts[k], share, RowOf(means, k), deviations, covariances[k]);
        }

        return new ModeStatistics(modes, samples.Count, samples.Count - counts.Sum(), withinSigmas);
    }

    /// <summary>Tests the shares of the components against the weights, for components that may overlap.</summary>
    /// <remarks>
    /// Each sample is counted with a component drawn from its responsibilities r_k(x): for samples of the mixture the
    /// counts are then multinomial with the weights, however the components overlap. Far from all modes a sample counts
    /// with the nearest; samples that are not finite are left out.
    /// </remarks>
    /// <param name="mixture">The mixture, of at least two components.</param>
    /// <param name="samples">The samples, of the mixture's dimension.</param>
    /// <param name="seed">The seed of the draws.</param>
    /// <exception cref="InputException">The dimensions differ, there is one component, or there are no finite samples.
    /// </exception>
    public static ChiSquare TestShares(GaussianMixture mixture, PointSet samples, ulong seed)
    {
        ArgumentNullException.ThrowIfNull(mixture);
        ArgumentNullException.ThrowIfNull(samples);
        if (samples.Dimension != mixture.Dimension)
        {
            throw InputException.For("the samples' dimension", samples.Dimension, $"{mixture.Dimension}");
        }

        long[] counts = new long[mixture.ComponentCount];
        double[] responsibilities = new double[counts.Length];
        for (int i = 0; i < samples.Count; i++)
        {
            mixture.Responsibilities(Widened(samples[i]), responsibilities);
            if (!double.IsFinite(responsibilities[0]))
            {
                continue;
            }

            (uint word, _, _, _) = Philox.Next(
                (uint)i,
                0,
                PhiloxStreams.FirstUniformDraw,
                PhiloxStreams.ModeAssignment,
                (uint)seed,
                (uint)(seed >> 32));
            double left = (word + 0.5) / 4294967296.0;
            int k = 0;
            while (k < counts.Length - 1 && (left -= responsibilities[k]) >= 0.0)
            {
                k++;
            }

            counts[k]++;
        }

        return ChiSquare.Of(counts, mixture.Weights);
    }

    private static double[] Widened(ReadOnlySpan<float> sample)
    {
        double[] point = new double[sample.Length];
        for (int j = 0; j < point.Length; j++)
        {
            point[j] = sample[j];
        }

        return point;
    }

    private static int[] Assign(GaussianMixture mixture, PointSet samples, double withinSigmas)
    {
        int[] modeOf = new int[samples.Count];
        for (int i = 0; i < modeOf.Length; i++)
        {
            int nearest = mixture.NearestMode(Widened(samples[i]), out double distance);

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

    private static double[][] Covariances(PointSet samples, int[] modeOf, int[] counts, double[,] means)
    {
        int dimension = samples.Dimension;
        double[][] covariances = [.. counts.Select(_ => new double[dimension * dimension])];
        for (int n = 0; n < modeOf.Length; n++)
        {
            int k = modeOf[n];
            for (int i = 0; k >= 0 && i < dimension; i++)
            {
                for (int j = 0; j < dimension; j++)
                {
                    covariances[k][(i * dimension) + j] += (samples[n][i] - means[k, i]) * (samples[n][j] - means[k, j]);
                }
            }
        }

        return
        [
            .. covariances.Select((sums, k) =>
                Array.ConvertAll(sums, sum => counts[k] > 1 ? sum / (counts[k] - 1) : double.NaN)),
        ];
    }

    private static double[] RowOf(double[,] table, int row) =>
        Enumerable.Range(0, table.GetLength(1)).Select(column => table[row, column]).ToArray();
}
