using ScoreGpu.Engine;
using ScoreGpu.Engine.Metrics;

namespace ScoreGpu.Tests.Engine;

public sealed class ChainDiagnosticsTests
{
    // A chain x ← ρx + √(1 − ρ²)·z of S draws is worth S(1 − ρ)/(1 + ρ) for its mean.
    [Theory]
    [InlineData(0.0)]
    [InlineData(0.6)]
    [InlineData(0.9)]
    [InlineData(-0.5)]
    public void Autoregressive_chains_are_worth_what_is_known(double correlation)
    {
        ChainDiagnostics diagnostics = ChainDiagnostics.Of(Chains(16, 4000, correlation, 1));
        double expected = 16 * 4000 * (1.0 - correlation) / (1.0 + correlation);

        Assert.InRange(diagnostics.Ess / expected, 0.85, 1.15);
        Assert.InRange(diagnostics.BulkEss / expected, 0.85, 1.15);
        Assert.InRange(diagnostics.SplitRHat, 0.999, 1.01);
        Assert.InRange(diagnostics.RankSplitRHat, 0.999, 1.01);
    }

    [Fact]
    public void The_error_of_the_mean_is_that_of_ess_draws()
    {
        // Over many sets of chains of variance 1, the mean's variance is 1/ESS.
        const int trials = 300;
        double squares = 0.0;
        double inverses = 0.0;
        for (int trial = 0; trial < trials; trial++)
        {
            double[][] chains = Chains(4, 300, 0.7, 100 + trial);
            double mean = chains.Average(chain => chain.Average());
            squares += mean * mean / trials;
            inverses += 1.0 / ChainDiagnostics.Of(chains).Ess / trials;
        }

        Assert.InRange(inverses / squares, 0.75, 1.3);
    }

    [Fact]
    public void A_small_case_by_hand()
    {
        // Halves (1, 2), (3, 4), (2, 3), (4, 5): W = ½, B/N = 5/3, var⁺ = ¼ + 5/3.
        ChainDiagnostics diagnostics = ChainDiagnostics.Of([[1.0, 2.0, 3.0, 4.0], [2.0, 3.0, 4.0, 5.0]]);

        Assert.Equal(Math.Sqrt((0.25 + (5.0 / 3.0)) / 0.5), diagnostics.SplitRHat, 1e-12);

        // ρ₁ = 1 − (½ + ¼)/var⁺ is all that is left of halves of two: τ = −1 + 2(1 + ρ₁).
        double tau = 1.0 + (2.0 * (1.0 - (0.75 / (0.25 + (5.0 / 3.0)))));
        Assert.Equal(8.0 / tau, diagnostics.Ess, 1e-12);
    }

    [Fact]
    public void Chains_that_disagree_show()
    {
        double[][] shifted = Chains(4, 1000, 0.5, 3);
        shifted[2] = Array.ConvertAll(shifted[2], x => x + 2.0);
        Assert.InRange(ChainDiagnostics.Of(shifted).SplitRHat, 1.2, 3.0);
        Assert.InRange(ChainDiagnostics.Of(shifted).RankSplitRHat, 1.2, 3.0);
        Assert.InRange(ChainDiagnostics.Of(shifted).Ess, 1.0, 40.0);

        // A drift within each chain is seen by its halves.
        double[][] drifting = [.. Chains(4, 1000, 0.0, 4).Select(chain => chain.Select((x, n) => x + (0.003 * n)).ToArray())];
        Assert.InRange(ChainDiagnostics.Of(drifting).SplitRHat, 1.2, 3.0);

        // Of one mean and unlike spread: only the folded ranks tell.
        double[][] wide = Chains(4, 1000, 0.0, 5);
        wide[1] = Array.ConvertAll(wide[1], x => 4.0 * x);
        Assert.InRange(ChainDiagnostics.Of(wide).SplitRHat, 0.99, 1.02);
        Assert.InRange(ChainDiagnostics.Of(wide).RankSplitRHat, 1.1, 3.0);
    }

    [Fact]
    public void Ranks_do_not_mind_how_the_values_are_spread()
    {
        double[][] chains = Chains(4, 500, 0.4, 6);
        double[][] stretched = [.. chains.Select(chain => Array.ConvertAll(chain, x => Math.Exp(3.0 * x)))];

        Assert.Equal(ChainDiagnostics.Of(chains).BulkEss, ChainDiagnostics.Of(stretched).BulkEss, 1e-9);
        Assert.NotEqual(ChainDiagnostics.Of(chains).Ess, ChainDiagnostics.Of(stretched).Ess, 1.0);
    }

    [Fact]
    public void Trajectories_are_taken_apart_by_chain_and_dimension()
    {
        double[][] first = Chains(3, 101, 0.3, 7);
        double[][] second = Chains(3, 101, 0.8, 8);
        float[] trajectories = new float[103 * 3 * 2];
        for (int n = 0; n < 101; n++)
        {
            for (int m = 0; m < 3; m++)
            {
                trajectories[((((n + 2) * 3) + m) * 2) + 0] = (float)first[m][n];
                trajectories[((((n + 2) * 3) + m) * 2) + 1] = (float)second[m][n];
            }
        }

        ChainDiagnostics[] diagnostics = ChainDiagnostics.OfTrajectories(trajectories, 103, 3, 2, discarded: 2);

        Assert.Equal(ChainDiagnostics.Of(first).Ess, diagnostics[0].Ess, 1e-3);
        Assert.Equal(ChainDiagnostics.Of(second).Ess, diagnostics[1].Ess, 1e-3);
        Assert.Throws<ArgumentException>(() => ChainDiagnostics.OfTrajectories(trajectories, 102, 3, 2));
        Assert.Throws<InputException>(() => ChainDiagnostics.OfTrajectories(trajectories, 103, 3, 2, discarded: 100));
    }

    [Fact]
    public void Chains_that_say_nothing_are_not_numbers_or_refused()
    {
        ChainDiagnostics still = ChainDiagnostics.Of([[1.0, 1.0, 1.0, 1.0]]);
        Assert.True(double.IsNaN(still.SplitRHat) && double.IsNaN(still.RankSplitRHat) && double.IsNaN(still.Ess));
        Assert.True(double.IsNaN(ChainDiagnostics.Of([[1.0, double.NaN, 1.0, 2.0]]).BulkEss));
        Assert.Throws<InputException>(() => ChainDiagnostics.Of([]));
        Assert.Throws<InputException>(() => ChainDiagnostics.Of([[1.0, 2.0, 3.0]]));
        Assert.Throws<InputException>(() => ChainDiagnostics.Of([[1.0, 2.0, 3.0, 4.0], [1.0, 2.0, 3.0, 4.0, 5.0]]));
    }

    private static double[][] Chains(int count, int draws, double correlation, int seed)
    {
        var random = new Random(seed);
        double Normal() => Math.Sqrt(-2.0 * Math.Log(1.0 - random.NextDouble())) * Math.Cos(Math.Tau * random.NextDouble());
        double[][] chains = new double[count][];
        for (int m = 0; m < count; m++)
        {
            double x = Normal();
            chains[m] = new double[draws];
            for (int n = 0; n < draws; n++)
            {
                chains[m][n] = x;
                x = (correlation * x) + (Math.Sqrt(1.0 - (correlation * correlation)) * Normal());
            }
        }

        return chains;
    }
}
