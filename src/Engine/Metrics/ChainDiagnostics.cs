using ScoreGpu.Engine.Distributions;

namespace ScoreGpu.Engine.Metrics;

/// <summary>
/// Whether Markov chains have forgotten their starts (R̂) and how many independent draws they are worth (ESS), for one
/// quantity.
/// </summary>
/// <remarks>
/// <para>
/// Each chain is split into halves; with M halves of N draws, W the mean of their variances and B/N the variance of their
/// means, var⁺ = (N − 1)/N·W + B/N and R̂ = √(var⁺/W): near 1 where the chains agree, to be worried about above 1.01.
/// <see cref="RankSplitRHat"/> is the larger of R̂ of the normal scores of the ranks and of the ranks of |x − median|,
/// which also sees chains of one mean and unlike spread, and needs no variance to exist.
/// </para>
/// <para>
/// ESS = M·N/τ with τ = −1 + 2 Σ_t P_t, where P_t = ρ_2t + ρ_2t+1 are pairs of autocorrelations
/// ρ_t = 1 − (W − mean_m s_m²ρ_t,m)/var⁺, taken while they are positive and made non-increasing (Geyer's initial
/// positive and monotone sequences), and at most M·N·log₁₀(M·N). Chains that follow one another slowly in one mode
/// each are not told from good ones by R̂ alone: look at the modes too.
/// </para>
/// Vehtari, Gelman, Simpson, Carpenter and Bürkner, "Rank-normalization, folding, and localization: an improved R̂ …",
/// Bayesian Analysis 2021, arXiv:1903.08008, sections 3 and 4; Geyer, "Practical Markov chain Monte
/// Carlo", 1992, section 3.3.
/// </remarks>
/// <param name="SplitRHat">R̂ of the values; NaN where no half moves, or a value is not finite.</param>
/// <param name="RankSplitRHat">R̂ of the ranks and the folded ranks, the larger; NaN as above.</param>
/// <param name="Ess">The effective sample size for the mean; NaN as above.</param>
/// <param name="BulkEss">The effective sample size of the normal scores of the ranks; NaN as above.</param>
public sealed record ChainDiagnostics(double SplitRHat, double RankSplitRHat, double Ess, double BulkEss)
{
    private const int LeastDraws = 4;

    /// <summary>Looks at every dimension of recorded trajectories.</summary>
    /// <param name="trajectories">The states, [frames, chains, D] row-major.</param>
    /// <param name="frames">The number of frames.</param>
    /// <param name="chains">The number of chains, at least 1.</param>
    /// <param name="dimension">D, at least 1.</param>
    /// <param name="discarded">The first frames, which are left out: the way from the start.</param>
    /// <returns>One entry a dimension.</returns>
    /// <exception cref="InputException">Fewer than 4 frames remain.</exception>
    public static ChainDiagnostics[] OfTrajectories(
        ReadOnlySpan<float> trajectories, int frames, int chains, int dimension, int discarded = 0)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(chains, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(dimension, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(discarded);
        if (trajectories.Length != (long)frames * chains * dimension)
        {
            throw new ArgumentException(
                $"trajectories has {trajectories.Length} entries; expected {frames} × {chains} × {dimension}.",
                nameof(trajectories));
        }

        ChainDiagnostics[] result = new ChainDiagnostics[dimension];
        for (int d = 0; d < dimension; d++)
        {
            double[][] values = new double[chains][];
            for (int m = 0; m < chains; m++)
            {
                values[m] = new double[Math.Max(0, frames - discarded)];
                for (int n = 0; n < values[m].Length; n++)
                {
                    values[m][n] = trajectories[((((n + discarded) * chains) + m) * dimension) + d];
                }
            }

            result[d] = Of(values);
        }

        return result;
    }

    /// <summary>Looks at one quantity.</summary>
    /// <param name="chains">At least one chain, all of the same length N ≥ 4.</param>
    /// <exception cref="InputException">There is no chain, or they are too short or of unlike length.</exception>
    public static ChainDiagnostics Of(IReadOnlyList<double[]> chains)
    {
        ArgumentNullException.ThrowIfNull(chains);
        if (chains.Count == 0)
        {
            throw InputException.For("the number of chains", 0, "at least 1");
        }

        int draws = chains[0].Length;
        foreach (double[] chain in chains)
        {
            if (chain.Length < LeastDraws || chain.Length != draws)
            {
                throw InputException.For(
                    "the length of a chain", chain.Length, $"the same in all, and at least {LeastDraws}");
            }
        }

        // The middle draw of an odd chain belongs to neither half.
        double[][] halves = [.. chains.SelectMany(chain => new[] { chain[..(draws / 2)], chain[((draws + 1) / 2)..] })];
        if (!halves.All(half => half.All(double.IsFinite)))
        {
            return new ChainDiagnostics(double.NaN, double.NaN, double.NaN, double.NaN);
        }

        double[] sorted = [.. halves.SelectMany(half => half).Order()];
        double median = 0.5 * (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]);
        double[][] scores = NormalScores(halves);
        double[][] folded = NormalScores([.. halves.Select(half => Array.ConvertAll(half, x => Math.Abs(x - median)))]);
        return new ChainDiagnostics(
            RHat(halves), Math.Max(RHat(scores), RHat(folded)), EffectiveSize(halves), EffectiveSize(scores));
    }

    private static double RHat(double[][] chains)
    {
        (double within, double total) = Variances(chains);
        return within > 0.0 ? Math.Sqrt(total / within) : double.NaN;
    }

    // W and var⁺.
    private static (double Within, double Total) Variances(double[][] chains)
    {
        double draws = chains[0].Length;
        double[] means = Array.ConvertAll(chains, chain => PairSums.Sum(chain) / draws);
        double within = chains.Zip(means, (chain, mean) => chain.Sum(x => (x - mean) * (x - mean))).Sum()
            / (draws - 1.0) / chains.Length;
        double grand = PairSums.Sum(means) / chains.Length;
        double between = means.Sum(mean => (mean - grand) * (mean - grand)) / (chains.Length - 1.0);
        return (within, ((draws - 1.0) / draws * within) + between);
    }

    private static double EffectiveSize(double[][] chains)
    {
        int draws = chains[0].Length;
        (double within, double total) = Variances(chains);
        if (!(within > 0.0))
        {
            return double.NaN;
        }

        double[][] centred = Array.ConvertAll(chains, chain =>
        {
            double mean = PairSums.Sum(chain) / draws;
            return Array.ConvertAll(chain, x => x - mean);
        });
        double Correlation(int lag) => 1.0 - ((within - Covariance(centred, lag)) / total);

        // The first pair holds ρ₀ = 1.
        double pair = 1.0 + Correlation(1);
        double sum = 0.0;
        double least = double.PositiveInfinity;
        for (int lag = 0; pair > 0.0; pair = Correlation(lag) + Correlation(lag + 1))
        {
            least = Math.Min(least, pair);
            sum += least;
            lag += 2;
            if (lag + 1 >= draws)
            {
                break;
            }
        }

        double size = (double)chains.Length * draws;
        double most = size * Math.Log10(size);
        double tau = (2.0 * sum) - 1.0;
        return tau > 0.0 ? Math.Min(size / tau, most) : most;
    }

    // mean_m s_m²·ρ_t,m, with the divisor N − 1 of s_m² at every lag, as the variances have.
    private static double Covariance(double[][] centred, int lag)
    {
        double[] sums = new double[centred.Length];
        Parallel.For(0, sums.Length, m =>
        {
            double[] chain = centred[m];
            double sum = 0.0;
            for (int n = 0; n + lag < chain.Length; n++)
            {
                sum += chain[n] * chain[n + lag];
            }

            sums[m] = sum / (chain.Length - 1.0);
        });
        return PairSums.Sum(sums) / sums.Length;
    }

    // Φ⁻¹((r − ⅜)/(S + ¼)) of the ranks r, equal values sharing their mean rank.
    private static double[][] NormalScores(double[][] chains)
    {
        int draws = chains[0].Length;
        double[] values = [.. chains.SelectMany(chain => chain)];
        int[] order = [.. Enumerable.Range(0, values.Length)];
        Array.Sort((double[])values.Clone(), order);
        double[][] scores = [.. chains.Select(_ => new double[draws])];
        for (int first = 0, end; first < order.Length; first = end)
        {
            end = first + 1;
            while (end < order.Length && values[order[end]] == values[order[first]])
            {
                end++;
            }

            double rank = 0.5 * (first + 1 + end);
            double score = NormalQuantile.At((rank - 0.375) / (values.Length + 0.25));
            for (int i = first; i < end; i++)
            {
                scores[order[i] / draws][order[i] % draws] = score;
            }
        }

        return scores;
    }
}
