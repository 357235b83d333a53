using ScoreGpu.Engine.Data;
using ScoreGpu.Engine.Distributions;
using ScoreGpu.Engine.Processes;
using ScoreGpu.Engine.Samplers;
using ScoreGpu.Engine.Samplers.Host;
using ScoreGpu.Viz.Labs.Ncsn;

namespace ScoreGpu.Tests.Viz.Labs.Ncsn;

/// <summary>The lab's own measurements against closed forms.</summary>
public sealed class NcsnMeasureTests
{
    private static readonly double[] Levels = [2.0, 0.7, 0.25];

    [Fact]
    public void Steps_leave_the_spread_of_the_formula_in_one_mode()
    {
        const double Std = 0.4;
        GaussianMixture mode = GaussianMixture.Isotropic([[0.0, 0.0]], Std);
        StepProgram program = AnnealedLangevinSampler.Create(Levels, 25, 0.02);
        const int Count = 20_000;

        // The formula starts with the variance of the data and the first level's noise; the sampler without the data's.
        double start = Math.Sqrt((Std * Std) + (Levels[0] * Levels[0]));
        double[] draws = GaussianMixture.Isotropic([[0.0, 0.0]], start).SampleDoubles(Count, 3);
        float[] samples = ExactRuns.Sample(mode, program, new HostRequest { Count = Count, Seed = 4, Start = draws });

        double expected = StepSize.StdAfter(Levels, 25, 0.02, Std * Std);
        double measured = ModeSpread.Of(mode, samples).RootMeanSquare;

        // The mean of 2N squares scatters by √(2/2N) of its size, its root by half of that.
        Assert.InRange(measured / expected, 1.0 - (4.0 * 0.5 / Math.Sqrt(Count)), 1.0 + (4.0 * 0.5 / Math.Sqrt(Count)));
    }

    [Fact]
    public void The_limit_of_stability_is_where_the_spread_explodes()
    {
        const double Variance = 0.16;
        double limit = StepSize.StabilityLimit(Levels, Variance);

        Assert.True(StepSize.StdAfter(Levels, 4000, 0.99 * limit, Variance) < 100.0);
        Assert.True(StepSize.StdAfter([Levels[0]], 4000, 1.01 * StepSize.StabilityLimit([Levels[0]], Variance), Variance) > 1e9);
        Assert.Equal(4.0 * (Variance + 4.0) * (0.25 * 0.25 / 4.0), limit, 1e-12);
    }

    [Fact]
    public void Hops_are_counted_from_core_to_core()
    {
        double[] chain = [-1.2, -0.4, 0.9, -1.0, 1.0, 0.1, -0.5, 1.3, -1.1, double.NaN, 2.0];

        // Down there, up at 1.0, down at −1.1, up at 2.0: crossing the middle alone is no hop.
        Assert.Equal(3, ModeHops.Count([chain], 1.0));
        Assert.Equal(0, ModeHops.Count([[0.5, -0.5, 0.9, -0.9]], 1.0));
        Assert.Equal(6, ModeHops.Count([chain, chain], 1.0));
    }

    [Fact]
    public void Spread_knows_the_nearest_centre_and_what_is_lost()
    {
        GaussianMixture two = GaussianMixture.Isotropic([[0.0, 0.0], [10.0, 0.0]], 1.0);
        ModeSpread near = ModeSpread.Of(two, [3f, 4f, 10f, 1f]);
        ModeSpread lost = ModeSpread.Of(two, [0f, 0f, float.NaN, 1f, 500f, 0f, 5f, 0f]);

        Assert.Equal(Math.Sqrt((25.0 + 1.0) / 4.0), near.RootMeanSquare, 1e-6);
        Assert.Equal(0.5, near.OutlierShare);
        Assert.Equal(0.0, near.LostShare);
        Assert.Equal(double.PositiveInfinity, lost.RootMeanSquare);
        Assert.Equal(0.75, lost.OutlierShare);
        Assert.Equal(0.5, lost.LostShare);
    }

    [Fact]
    public void Ends_are_those_of_the_closed_forms()
    {
        EndPointStudy study = EndPointStudy.Compute(3, 20_000);
        foreach (EndPoint end in study.Ends)
        {
            Assert.All(end.Mean, mean =>
                Assert.InRange(mean, (4.0 * end.Alpha) - (4.5 * end.MeanError), (4.0 * end.Alpha) + (4.5 * end.MeanError)));
            double std = Math.Sqrt((end.Alpha * end.Alpha) + (end.Sigma * end.Sigma));
            Assert.All(end.Std, value => Assert.InRange(value / std, 0.97, 1.03));
        }

        // KL(N(m, v) ‖ N(0, s²)) in two coordinates, by its definition for VE: v = 1 + 50², m = 4.
        double v = (1.0 + 2500.0) / 2500.0;
        Assert.Equal(v - 1.0 - Math.Log(v) + (16.0 / 2500.0), study.Ends[0].Gap, 1e-12);
    }

    [Fact]
    public void Variances_are_one_minus_alpha_bar_and_its_square()
    {
        EndPointStudy study = EndPointStudy.Compute(3, 10);
        foreach (VarianceRow row in study.Variances)
        {
            double alphaBar = Math.Exp((-0.5 * row.Time * row.Time * 19.9) - (0.1 * row.Time));
            Assert.Equal(1.0 - alphaBar, row.Preserving, 1e-12);
            Assert.Equal(row.Preserving * row.Preserving, row.SubPreserving, 1e-12);
            Assert.Equal(1.0 - alphaBar, row.Ratio, 1e-12);
        }
    }

    [Fact]
    public void Magnifications_are_the_ratios_of_noise_and_signal()
    {
        foreach (double t in new[] { 0.01, 0.3, 0.9 })
        {
            (double alpha, double sigma) = (ConversionStudy.Process.Alpha(t), ConversionStudy.Process.Sigma(t));
            Assert.Equal(sigma / alpha, ConversionStudy.Magnification(Prediction.Epsilon, Prediction.Denoised, t), 1e-9);
            Assert.Equal(sigma, ConversionStudy.Magnification(Prediction.V, Prediction.Denoised, t), 1e-12);
            Assert.Equal(alpha, ConversionStudy.Magnification(Prediction.V, Prediction.Epsilon, t), 1e-12);
        }
    }

    [Fact]
    public void Far_chains_stay_and_near_ones_hop()
    {
        ModePair near = ModePair.Run(2.0, 0.4, 0.008, 8, 4000, (1, 2), TestContext.Current.CancellationToken);
        ModePair far = ModePair.Run(14.0, 0.4, 0.008, 8, 4000, (1, 2), TestContext.Current.CancellationToken);

        // Independent hops scatter by their root; steps of this size make the chains a little slower.
        Assert.InRange(near.Hops / near.ExpectedHops, 0.7, 1.05);
        Assert.Equal(0, far.Hops);
        Assert.Equal(1.0, far.LeftShare);
        Assert.True(far.BothSides.RankSplitRHat > 1.5);
        Assert.True(far.OneSide.RankSplitRHat < 1.1);
    }

    [Fact]
    public void Hop_times_of_the_levels_scale_with_the_noise()
    {
        // Pure scaling: data s times as large with noise s times as large take s² times as long for steps of one size.
        GaussianMixture ring = NamedMixtures.Ring(8, 5.0, 0.4);
        GaussianMixture large = NamedMixtures.Ring(8, 10.0, 0.8);
        double small = ModeHops.StepsBetweenNeighbours(ring, 1.5, 0.1);
        Assert.Equal(4.0 * small, ModeHops.StepsBetweenNeighbours(large, 3.0, 0.1), small * 1e-6);
    }
}
