using ScoreGpu.Engine.Data;

namespace ScoreGpu.Engine.Metrics;

/// <summary>The Kullback–Leibler divergence KL(p‖q) = E_p[ln p(x) − ln q(x)], in nats.</summary>
public static class KullbackLeibler
{
    /// <summary>The nearest neighbour that is looked at where nobody says otherwise.</summary>
    public const int UsualNeighbour = 5;

    /// <summary>The divergence where both densities are known: the mean of ln p − ln q over samples of p.</summary>
    /// <param name="logP">ln p at samples of p.</param>
    /// <param name="logQ">ln q at the same samples.</param>
    /// <exception cref="InputException">The lengths differ, or there are fewer than two.</exception>
    public static MeanEstimate FromLogDensities(double[] logP, double[] logQ)
    {
        ArgumentNullException.ThrowIfNull(logP);
        ArgumentNullException.ThrowIfNull(logQ);
        if (logP.Length != logQ.Length)
        {
            throw InputException.For("the number of values of ln q", logQ.Length, $"{logP.Length}, as of ln p");
        }

        RequireCount(logP.Length, 2);
        return MeanEstimate.Of([.. logP.Zip(logQ, (p, q) => p - q)]);
    }

    /// <summary>
    /// How much less likely samples are than the data, under the data's density: E_p[ln p(x)] − E_q[ln p(x)]. Where q = p
    /// it is 0; it is negative where q keeps to the likeliest places.
    /// </summary>
    /// <remarks>It is KL(q‖p) + H(q) − H(p): a gap of 0 alone does not make q = p.</remarks>
    /// <param name="ofData">ln p at samples of p.</param>
    /// <param name="ofSamples">ln p at samples of q.</param>
    /// <returns>The gap; +∞ where a sample lies where p = 0.</returns>
    /// <exception cref="InputException">There are fewer than two samples of either.</exception>
    public static MeanEstimate LogLikelihoodGap(double[] ofData, double[] ofSamples)
    {
        ArgumentNullException.ThrowIfNull(ofData);
        ArgumentNullException.ThrowIfNull(ofSamples);
        RequireCount(Math.Min(ofData.Length, ofSamples.Length), 2);
        MeanEstimate data = MeanEstimate.Of(ofData);
        MeanEstimate samples = MeanEstimate.Of(ofSamples);
        return new MeanEstimate(
            data.Value - samples.Value,
            Math.Sqrt((data.StandardError * data.StandardError) + (samples.StandardError * samples.StandardError)));
    }

    /// <summary>
    /// The divergence from samples alone, by distances to the k-th nearest neighbour:
    /// (D/N) Σ_i ln(ν_i/ρ_i) + ln(M/(N − 1)), ρ_i from x_i to the others of its own set and ν_i to those of the second.
    /// </summary>
    /// <remarks>
    /// Consistent for any k; a larger k has less variance and more bias. With a finite number of points it is too low where
    /// p has points far from those of q, and finite where the true divergence is not. The standard error is that of the mean over i,
    /// which takes the terms as independent. Cost is O(N·(N + M)·D).
    /// Wang, Kulkarni and Verdú, "Divergence estimation for multidimensional densities via k-nearest-neighbor distances",
    /// IEEE Transactions on Information Theory 55, 2009, section II.
    /// </remarks>
    /// <param name="first">Samples of p, more than k, [N, D].</param>
    /// <param name="second">Samples of q, at least k, [M, D].</param>
    /// <param name="k">The neighbour, at least 1.</param>
    /// <returns>The estimate; NaN where more than k points are equal, or a point is not finite.</returns>
    /// <exception cref="InputException">The dimensions differ, or there are too few points.</exception>
    public static MeanEstimate FromNeighbours(PointSet first, PointSet second, int k = UsualNeighbour)
    {
        TwoSampleEstimate.Require(first, second);
        if (k < 1)
        {
            throw InputException.For(nameof(k), k, "at least 1");
        }

        RequireCount(Math.Min(first.Count, second.Count), k + 1);
        double[] own = NearestNeighbours.SquaredDistances(first, first, k, isSame: true);
        double[] across = NearestNeighbours.SquaredDistances(first, second, k, isSame: false);
        MeanEstimate logs = MeanEstimate.Of(
        [
            .. own.Zip(across, (rho, nu) =>
                rho > 0.0 && nu > 0.0 ? 0.5 * first.Dimension * Math.Log(nu / rho) : double.NaN),
        ]);
        return logs with { Value = logs.Value + Math.Log(second.Count / (first.Count - 1.0)) };
    }

    private static void RequireCount(int count, int least)
    {
        if (count < least)
        {
            throw InputException.For("the number of points", count, $"at least {least}");
        }
    }
}
