using ScoreGpu.Engine;
using ScoreGpu.Engine.Data;
using ScoreGpu.Engine.Distributions;
using ScoreGpu.Engine.Processes;
using ScoreGpu.Kernels;

namespace ScoreGpu.Tests.Engine;

public sealed class GaussianMixtureTests
{
    [Theory]
    [InlineData("none", 0.0, 1.0, -2.0, "-25.9471333956", "-5.99818433253", "-2.99818433253", "-1.96369324398")]
    [InlineData("vp", 0.5, 1.0, -2.0, "-6.30257813531", "-1.86099485117", "1.13900514883", "0.470566355179")]
    [InlineData("sub-vp", 0.5, 1.0, -2.0, "-6.50727563037", "-2.10476855575", "1.13082373954", "0.335074901905")]
    [InlineData("ve", 0.5, 0.5, 0.5, "-15.966167618", "2.99787961828", "2.99787961828", "-1.30507056913")]
    [InlineData("edm", 2.0, 1.0, -2.0, "-9.12409998829", "-0.497571288568", "0.102428711432", "1.42290265644")]
    public void Closed_forms_match_the_reference(
        string process, double t, double x, double y, string log, string scoreX, string scoreY, string divergence)
    {
        GaussianMixture data = new([0.8, 0.2], [[5.0, 5.0], [-5.0, -5.0]], [Identity(2), Identity(2)]);
        DiffusionProcess? noise = process switch
        {
            "vp" => new VpProcess(),
            "sub-vp" => new SubVpProcess(),
            "ve" => new VeProcess(),
            "edm" => new EdmProcess(),
            _ => null,
        };
        GaussianMixture mixture = noise is null ? data : data.Noised(noise.Alpha(t), noise.Sigma(t));
        double[] score = new double[2];
        mixture.Score([x, y], score);

        Printed.Matches(log, mixture.LogDensity([x, y]));
        Printed.Matches(scoreX, score[0]);
        Printed.Matches(scoreY, score[1]);
        Printed.Matches(divergence, mixture.ScoreDivergence([x, y]));
        Assert.Equal(Math.Exp(mixture.LogDensity([x, y])), mixture.Density([x, y]));
    }

    // Computed in 40 digits by numerical differentiation of the logarithm of the density.
    [Theory]
    [InlineData(
        0.25, 0.75, "-3.35412728188686", "-0.577537572245940", "0.415533590223924", "0.0909191377927689")]
    [InlineData(40.0, -25.0, "-658.212254115149", "-21.3636363636364", "15.7575757575758", "-2.42424242424242")]
    public void Full_covariances_match_high_precision(
        double x, double y, string log, string scoreX, string scoreY, string divergence)
    {
        GaussianMixture mixture = new(
            [3.0, 7.0],
            [[1.0, -0.5], [-1.5, 2.0]],
            [new[,] { { 0.7, 0.2 }, { 0.2, 0.4 } }, new[,] { { 1.5, -0.6 }, { -0.6, 0.9 } }]);
        double[] score = new double[2];
        double logDensity = mixture.LogDensity([x, y], score, out double trace);

        Assert.Equal(0.3, mixture.Weights[0], 1e-16);
        Printed.Matches(log, logDensity);
        AssertRelative(double.Parse(scoreX, System.Globalization.CultureInfo.InvariantCulture), score[0], 1e-13);
        AssertRelative(double.Parse(scoreY, System.Globalization.CultureInfo.InvariantCulture), score[1], 1e-13);
        AssertRelative(double.Parse(divergence, System.Globalization.CultureInfo.InvariantCulture), trace, 1e-12);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(5)]
    public void Score_and_divergence_match_finite_differences(int dimension)
    {
        GaussianMixture mixture = RandomMixture.Create(dimension, 4, 17 + dimension);
        double[] x = new double[dimension];
        double[] score = new double[dimension];
        double[] above = new double[dimension];
        double[] below = new double[dimension];
        const double h = 1e-5;
        for (uint trial = 0; trial < 20; trial++)
        {
            NormalDraws.Fill(3, trial, 0, PhiloxStreams.Probes, x);
            mixture.Score(x, score);
            double divergence = 0.0;
            for (int i = 0; i < dimension; i++)
            {
                double kept = x[i];
                x[i] = kept + h;
                double logAbove = mixture.LogDensity(x);
                mixture.Score(x, above);
                x[i] = kept - h;
                double logBelow = mixture.LogDensity(x);
                mixture.Score(x, below);
                x[i] = kept;

                Assert.Equal((logAbove - logBelow) / (2.0 * h), score[i], 1e-7 * (1.0 + Math.Abs(score[i])));
                divergence += (above[i] - below[i]) / (2.0 * h);
            }

            Assert.Equal(divergence, mixture.ScoreDivergence(x), 1e-6 * (1.0 + Math.Abs(divergence)));
        }
    }

    [Theory]
    [InlineData(40.0)]
    [InlineData(1000.0)]
    [InlineData(1e8)]
    public void Score_is_right_far_from_every_mode(double sigmas)
    {
        // Along the mirror axis the modes at ±2 weigh the same, so everything is known in closed form.
        GaussianMixture mixture = NamedMixtures.TwoGaussians;
        const double variance = 0.3 * 0.3;
        double y = sigmas * 0.3;
        double[] score = new double[2];
        mixture.Score([0.0, y], score);

        Assert.Equal(0.0, score[0], 1e-12);
        AssertRelative(-y / variance, score[1], 1e-14);
        AssertRelative((4.0 / (variance * variance)) - (2.0 / variance), mixture.ScoreDivergence([0.0, y]), 1e-13);
        double log = -((4.0 + (y * y)) / (2.0 * variance)) - Math.Log(2.0 * Math.PI * variance);
        AssertRelative(log, mixture.LogDensity([0.0, y]), 1e-14);

        // Beyond one mode the other weighs nothing.
        mixture.Score([2.0 + y, 0.0], score);
        AssertRelative(-(2.0 + y - 2.0) / variance, score[0], 1e-13);
        Assert.Equal(0.0, score[1]);
        AssertRelative(-2.0 / variance, mixture.ScoreDivergence([2.0 + y, 0.0]), 1e-13);
    }

    [Fact]
    public void Density_integrates_to_one()
    {
        GaussianMixture mixture = RandomMixture.Create(2, 3, 5);
        const double h = 0.05;
        double sum = 0.0;
        for (int i = -300; i <= 300; i++)
        {
            for (int j = -300; j <= 300; j++)
            {
                sum += mixture.Density([i * h, j * h]);
            }
        }

        Assert.Equal(1.0, sum * h * h, 1e-10);
    }

    [Fact]
    public void Symmetry_holds_at_the_centre_of_the_ring()
    {
        double[] score = new double[2];
        NamedMixtures.Ring8.Score([0.0, 0.0], score);
        Assert.Equal(0.0, score[0], 1e-12);
        Assert.Equal(0.0, score[1], 1e-12);

        double[] responsibilities = new double[8];
        NamedMixtures.Ring8.Responsibilities([0.0, 0.0], responsibilities);
        Assert.All(responsibilities, r => Assert.Equal(0.125, r, 1e-12));
    }

    [Fact]
    public void Responsibilities_are_Bayes_rule()
    {
        GaussianMixture mixture = NamedMixtures.TwoPeaks1D;
        double[] responsibilities = new double[2];
        mixture.Responsibilities([0.5], responsibilities);

        double left = Math.Exp(-2.5 * 2.5 / (2.0 * 0.64)) / 0.8;
        double right = Math.Exp(-2.5 * 2.5 / 2.0);
        Assert.Equal(left / (left + right), responsibilities[0], 1e-14);
        Assert.Equal(right / (left + right), responsibilities[1], 1e-14);
    }

    [Fact]
    public void Nearest_mode_counts_in_standard_deviations()
    {
        GaussianMixture mixture = NamedMixtures.TwoPeaks1D;

        // 0.3 is 2.875 deviations from −2 and 2.7 from 3; 0.1 is 2.625 and 2.9.
        Assert.Equal(1, mixture.NearestMode([0.3], out double distance));
        Assert.Equal(2.7, distance, 1e-14);
        Assert.Equal(0, mixture.NearestMode([0.1]));
    }

    [Fact]
    public void Noised_with_nothing_is_the_same_mixture()
    {
        GaussianMixture mixture = RandomMixture.Create(3, 2, 8);
        GaussianMixture same = mixture.Noised(1.0, 0.0);

        Assert.Equal(mixture.LogDensity([0.1, 0.2, 0.3]), same.LogDensity([0.1, 0.2, 0.3]), 1e-13);
    }

    [Fact]
    public void Cholesky_factor_and_its_inverse_rebuild_the_covariance()
    {
        GaussianMixture mixture = RandomMixture.Create(5, 2, 12);
        for (int i = 0; i < 5; i++)
        {
            for (int j = 0; j < 5; j++)
            {
                double product = 0.0;
                double unit = 0.0;
                for (int m = 0; m < 5; m++)
                {
                    product += mixture.Cholesky(1)[(i * 5) + m] * mixture.Cholesky(1)[(j * 5) + m];
                    unit += mixture.Cholesky(1)[(i * 5) + m] * mixture.InverseCholesky(1)[(m * 5) + j];
                }

                Assert.Equal(mixture.Covariance(1)[(i * 5) + j], product, 1e-13);
                Assert.Equal(i == j ? 1.0 : 0.0, unit, 1e-13);
            }
        }
    }

    [Fact]
    public void Batches_agree_with_single_points()
    {
        GaussianMixture mixture = RandomMixture.Create(3, 4, 21);
        double[] points = mixture.SampleDoubles(1000, 4);
        float[] singles = mixture.Sample(1000, 4);
        double[] score = new double[3];

        double[] logs = mixture.LogDensities(points);
        double[] scores = mixture.Scores(points);
        double[] divergences = mixture.ScoreDivergences(points);
        double[] singleLogs = mixture.LogDensities(singles);
        float[] singleScores = mixture.Scores(singles);
        double[] singleDivergences = mixture.ScoreDivergences(singles);
        for (int i = 0; i < 1000; i++)
        {
            ReadOnlySpan<double> point = points.AsSpan(i * 3, 3);
            mixture.Score(point, score);
            Assert.Equal(mixture.LogDensity(point), logs[i]);
            Assert.Equal(mixture.ScoreDivergence(point), divergences[i]);
            Assert.Equal(score, scores[(i * 3)..((i * 3) + 3)]);

            double[] rounded = [singles[i * 3], singles[(i * 3) + 1], singles[(i * 3) + 2]];
            mixture.Score(rounded, score);
            Assert.Equal(mixture.LogDensity(rounded), singleLogs[i]);
            Assert.Equal(mixture.ScoreDivergence(rounded), singleDivergences[i]);
            Assert.Equal((float)score[2], singleScores[(i * 3) + 2]);
        }
    }

    [Fact]
    public void Samples_depend_on_seed_and_index_alone()
    {
        GaussianMixture mixture = NamedMixtures.Ring8;
        double[] all = mixture.SampleDoubles(100, 7);

        Assert.Equal(all[..40], mixture.SampleDoubles(20, 7));
        Assert.NotEqual(all, mixture.SampleDoubles(100, 8));
        Assert.Equal(all.Select(value => (float)value), mixture.Sample(100, 7));
        double[] point = new double[2];
        mixture.SamplePoint(7, 63, 0, PhiloxStreams.MixtureSampling, point);
        Assert.Equal(all[126..128], point);
    }

    [Fact]
    public void Samples_have_the_moments_of_the_mixture()
    {
        GaussianMixture mixture = RandomMixture.Create(3, 3, 30);
        const int count = 200_000;
        double[] points = mixture.SampleDoubles(count, 99);
        for (int i = 0; i < 3; i++)
        {
            double mean = Moment(mixture, k => mixture.Mean(k)[i]);
            double sampled = 0.0;
            for (int n = 0; n < count; n++)
            {
                sampled += points[(n * 3) + i] / count;
            }

            double variance = Moment(mixture, k => mixture.Covariance(k)[i * 4] + Math.Pow(mixture.Mean(k)[i], 2))
                - (mean * mean);
            Assert.Equal(mean, sampled, 5.0 * Math.Sqrt(variance / count));
            for (int j = 0; j <= i; j++)
            {
                double product = Moment(
                    mixture, k => mixture.Covariance(k)[(i * 3) + j] + (mixture.Mean(k)[i] * mixture.Mean(k)[j]));
                double sum = 0.0;
                double squares = 0.0;
                for (int n = 0; n < count; n++)
                {
                    double term = points[(n * 3) + i] * points[(n * 3) + j];
                    sum += term;
                    squares += term * term;
                }

                double error = Math.Sqrt(((squares / count) - Math.Pow(sum / count, 2)) / count);
                Assert.Equal(product, sum / count, 5.0 * error);
            }
        }
    }

    [Fact]
    public void Components_are_drawn_by_weight_from_whole_number_thresholds()
    {
        GaussianMixture mixture = new([1.0, 2.0, 5.0], [[0.0], [1.0], [2.0]], [Identity(1), Identity(1), Identity(1)]);
        int[] counts = new int[3];
        double[] point = new double[1];
        for (uint i = 0; i < 80_000; i++)
        {
            counts[mixture.SamplePoint(1, i, 0, PhiloxStreams.MixtureSampling, point)]++;
        }

        Assert.Equal([0x20000000u, 0x60000000u, 0xffffffffu], mixture.SelectionThresholds);
        Assert.Equal(10_000.0, counts[0], 5.0 * Math.Sqrt(80_000 * 0.125 * 0.875));
        Assert.Equal(20_000.0, counts[1], 5.0 * Math.Sqrt(80_000 * 0.25 * 0.75));
    }

    [Theory]
    [InlineData("weights[1]", 0.0, 0.5, 0.5, 1.0)]
    [InlineData("weights[1]", double.NaN, 0.5, 0.5, 1.0)]
    [InlineData("covariances[1][0,1]", 1.0, 0.5, 0.4, 1.0)]
    [InlineData("covariances[1]", 1.0, 2.0, 2.0, 1.0)]
    [InlineData("covariances[1]", 1.0, 0.0, 0.0, 0.0)]
    [InlineData("covariances[1][0,1]", 1.0, double.NaN, double.NaN, 1.0)]
    public void Bad_components_are_named(string named, double weight, double upper, double lower, double corner)
    {
        InputException exception = Assert.Throws<InputException>(() => new GaussianMixture(
            [1.0, weight],
            [[0.0, 0.0], [1.0, 1.0]],
            [Identity(2), new[,] { { 1.0, upper }, { lower, corner } }]));

        Assert.Contains(named, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Bad_shapes_are_named()
    {
        AssertNames("means", () => new GaussianMixture([1.0], [], [Identity(1)]));
        AssertNames("covariances", () => new GaussianMixture([1.0], [[0.0]], []));
        AssertNames("weights", () => new GaussianMixture([], [], []));
        AssertNames("means[1]", () => new GaussianMixture([1.0, 1.0], [[0.0], []], [Identity(1), Identity(1)]));
        AssertNames("covariances[0]", () => new GaussianMixture([1.0], [[0.0, 0.0]], [Identity(1)]));
        AssertNames("means[0][0]", () => new GaussianMixture([1.0], [[double.NaN]], [Identity(1)]));
        AssertNames("std", () => GaussianMixture.Isotropic([[0.0]], -1.0));
        AssertNames("sigma", () => NamedMixtures.Ring8.Noised(1.0, -0.1));
        AssertNames("covariances[0]", () => NamedMixtures.Ring8.Noised(0.0, 0.0));
        Assert.Throws<ArgumentException>(() => NamedMixtures.Ring8.LogDensity([1.0]));
    }

    [Fact]
    public void Named_mixtures_are_as_documented()
    {
        Assert.Equal(
            ["four-gaussians", "two-gaussians", "eight-gaussians", "ring8", "two-peaks", "two-peaks-1d"],
            NamedMixtures.Names);
        Assert.All(NamedMixtures.Names, name => Assert.True(NamedMixtures.TryGet(name, out _)));
        Assert.Equal(4, NamedMixtures.FourGaussians.ComponentCount);
        Assert.Equal([-2.0, 2.0], NamedMixtures.FourGaussians.Mean(1).ToArray());
        Assert.Equal(0.09, NamedMixtures.FourGaussians.Covariance(3)[3], 1e-15);
        Assert.Equal(5.0 * Math.Sqrt(0.5), NamedMixtures.Ring8.Mean(1)[1], 1e-14);
        Assert.Equal(0.4, NamedMixtures.Ring8.Cholesky(7)[0], 1e-15);
        Assert.Equal(0.5, NamedMixtures.TwoPeaks.Covariance(0)[0]);
    }

    private static double Moment(GaussianMixture mixture, Func<int, double> ofComponent) =>
        Enumerable.Range(0, mixture.ComponentCount).Sum(k => mixture.Weights[k] * ofComponent(k));

    private static double[,] Identity(int dimension)
    {
        double[,] identity = new double[dimension, dimension];
        for (int i = 0; i < dimension; i++)
        {
            identity[i, i] = 1.0;
        }

        return identity;
    }

    private static void AssertNames(string named, Func<object> create) =>
        Assert.Contains(named, Assert.Throws<InputException>(create).Message, StringComparison.Ordinal);

    private static void AssertRelative(double expected, double actual, double tolerance) =>
        Assert.Equal(expected, actual, tolerance * Math.Abs(expected));
}
