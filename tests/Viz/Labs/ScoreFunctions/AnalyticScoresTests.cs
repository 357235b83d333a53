using ScoreGpu.Viz.Labs.ScoreFunctions;

namespace ScoreGpu.Tests.Viz.Labs.ScoreFunctions;

/// <summary>The lab's exact parts against numbers that follow from the formulas.</summary>
public sealed class AnalyticScoresTests
{
    private static readonly AnalyticScores Scores = AnalyticScores.Compute();

    [Fact]
    public void Each_gaussian_has_one_zero_at_its_mean()
    {
        Assert.Equal(0.0, Assert.Single(Scores.Cases[0].Zeros).X, 1e-10);
        Assert.Equal(3.0, Assert.Single(Scores.Cases[1].Zeros).X, 1e-10);
        Assert.Equal(-3.0, Scores.Cases[0].ScoreAt(3.0), 1e-12);
        Assert.Equal(-0.25, Scores.Cases[1].Zeros[0].Slope, 1e-12);
    }

    [Fact]
    public void The_mixture_has_two_peaks_and_a_valley()
    {
        IReadOnlyList<ScoreZero> zeros = Scores.Mixture.Zeros;

        Assert.Equal([true, false, true], zeros.Select(zero => zero.IsPeak));
        Assert.Equal(-2.0, zeros[0].X, 1e-4);
        Assert.Equal(0.303875, zeros[1].X, 1e-5);
        Assert.Equal(3.0, zeros[2].X, 1e-6);
        Assert.All(zeros, zero => Assert.Equal(0.0, Scores.Mixture.ScoreAt(zero.X), 1e-9));
    }

    [Fact]
    public void A_constant_under_the_fraction_damps_the_score()
    {
        // At −8 the left component alone counts: its score is 6/0.64.
        Assert.Equal(6.0 / 0.64, Scores.ShieldExact, 1e-9);
        Assert.InRange(Scores.ShieldDamped, 0.0, 0.1);
        Assert.Equal(
            99 * AnalyticScores.Shield, Scores.Mixture.Density.Density([Scores.ShieldOnePercent]), 1e-14);
    }

    [Fact]
    public void Noise_merges_the_peaks_of_the_plane()
    {
        NoisyFields fields = NoisyFields.Compute(1, 500);

        Assert.Equal(Math.Sqrt(3.5), fields.MergingSigma, 1e-12);
        Assert.Equal([2, 2, 2, 2, 1], fields.Fields.Select(field => field.PeaksOnAxis));
        Assert.Equal(14.0, fields.At(0.0).Steepness, 1e-12);
        Assert.Equal(1.0, fields.At(0.0).CosineToClean, 1e-12);
        Assert.Equal(1.0, fields.At(3.0).ValleyRatio, 1e-9);
        Assert.True(fields.At(3.0).CosineToOneGaussian > 0.99);
    }
}
