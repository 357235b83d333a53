using ScoreGpu.Engine;
using ScoreGpu.Engine.Data;
using ScoreGpu.Engine.Distributions;
using ScoreGpu.Engine.Metrics;

namespace ScoreGpu.Tests.Engine;

public sealed class TwoSampleTests
{
    [Theory]
    [InlineData(1, 50, 37)]
    [InlineData(2, 131, 300)]
    [InlineData(7, 64, 19)]
    public void Estimates_match_the_plain_double_sums(int dimension, int n, int m)
    {
        PointSet first = Sampled(dimension, n, 1);
        PointSet second = Sampled(dimension, m, 2);
        double[] bandwidths = [0.5, 2.0];

        Assert.Equal(
            Plain(first, second, Math.Sqrt), EnergyDistance.Estimate(first, second).Value, 2e-6);
        Assert.Equal(EnergyDistance.Between(first, second), EnergyDistance.Estimate(first, second).Value, 1e-12);
        Assert.Equal(
            -Plain(first, second, squared => bandwidths.Average(h => Math.Exp(-0.5 * squared / (h * h)))),
            MaximumMeanDiscrepancy.Estimate(first, second, bandwidths).Value,
            1e-6);
    }

    // Of N(0, s²·I) and N(a, t²·I): E k = (h²/(h² + s² + t²))^(D/2) exp(−½|a|²/(h² + s² + t²)).
    [Theory]
    [InlineData(0.7, 0.0, 1.0)]
    [InlineData(0.7, 1.5, 1.0)]
    [InlineData(2.0, 0.5, 1.4)]
    public void The_discrepancy_of_normals_is_known(double bandwidth, double shift, double std)
    {
        const int count = 3000;
        PointSet first = new(GaussianMixture.Isotropic([[0.0, 0.0]], 1.0).Sample(count, 1), count, 2);
        PointSet second = new(GaussianMixture.Isotropic([[shift, 0.0]], std).Sample(count + 7, 2), count + 7, 2);
        double Mean(double variances, double distance)
        {
            double total = (bandwidth * bandwidth) + variances;
            return bandwidth * bandwidth / total * Math.Exp(-0.5 * distance * distance / total);
        }

        double expected = Mean(2.0, 0.0) + Mean(2.0 * std * std, 0.0) - (2.0 * Mean(1.0 + (std * std), shift));
        TwoSampleEstimate estimate = MaximumMeanDiscrepancy.Estimate(first, second, bandwidth);

        Assert.InRange(estimate.StandardError, 1e-5, 0.01);
        Assert.Equal(expected, estimate.Value, 4.0 * estimate.StandardError);
    }

    [Theory]
    [InlineData("energy", 0.0)]
    [InlineData("energy", 1.0)]
    [InlineData("mmd", 0.0)]
    [InlineData("mmd", 1.0)]
    public void The_error_is_the_scatter_over_many_samples(string metric, double shift)
    {
        const int trials = 400;
        GaussianMixture origin = GaussianMixture.Isotropic([[0.0, 0.0]], 1.0);
        GaussianMixture shifted = GaussianMixture.Isotropic([[shift, 0.0]], 1.0);
        TwoSampleEstimate[] estimates = new TwoSampleEstimate[trials];
        for (uint trial = 0; trial < trials; trial++)
        {
            PointSet first = new(origin.Sample(60, 2 * trial), 60, 2);
            PointSet second = new(shifted.Sample(90, (2 * trial) + 1), 90, 2);
            estimates[trial] = metric == "energy"
                ? EnergyDistance.Estimate(first, second)
                : MaximumMeanDiscrepancy.Estimate(first, second, 1.0);
        }

        double mean = estimates.Average(estimate => estimate.Value);
        double scatter = Math.Sqrt(estimates.Sum(estimate => Math.Pow(estimate.Value - mean, 2)) / (trials - 1));
        double error = Math.Sqrt(estimates.Average(estimate => Math.Pow(estimate.StandardError, 2)));
        double underNull = Math.Sqrt(estimates.Average(estimate => Math.Pow(estimate.NullError, 2)));

        // A standard deviation of 400 values of this skewness is known to about 7 %.
        if (shift == 0.0)
        {
            Assert.InRange(underNull / scatter, 0.85, 1.15);
            Assert.InRange(error / underNull, 1.0, 1.35);
        }
        else
        {
            Assert.InRange(error / scatter, 0.85, 1.15);
            Assert.InRange(underNull / scatter, 0.0, 0.6);
        }
    }

    [Fact]
    public void The_median_distance_is_that_of_all_pairs()
    {
        PointSet first = new([0f, 1f], 2, 1);
        PointSet second = new([3f, 7f], 2, 1);

        // 1, 2, 3, 4, 6, 7: the fourth of six.
        Assert.Equal(4.0, MaximumMeanDiscrepancy.MedianDistance(first, second));
        Assert.Equal(1.3537, MaximumMeanDiscrepancy.MedianDistance(Normals(5000, 1), Normals(5000, 2)), 0.05);
        Assert.Throws<InputException>(() => MaximumMeanDiscrepancy.MedianDistance(new([1f, 1f], 2, 1), new([1f, 1f], 2, 1)));
    }

    [Fact]
    public void What_cannot_be_compared_is_refused()
    {
        PointSet line = new([1f, 2f], 2, 1);
        PointSet plane = new([1f, 2f, 3f, 4f], 2, 2);
        PointSet one = new([1f], 1, 1);
        Assert.Throws<InputException>(() => EnergyDistance.Estimate(line, plane));
        Assert.Throws<InputException>(() => EnergyDistance.Estimate(line, one));
        Assert.Throws<InputException>(() => MaximumMeanDiscrepancy.Estimate(line, line));
        Assert.Throws<InputException>(() => MaximumMeanDiscrepancy.Estimate(line, line, 0.0));
        Assert.Throws<InputException>(() => MaximumMeanDiscrepancy.Estimate(line, line, double.NaN));
        Assert.Throws<InputException>(() => SlicedWasserstein.Between(line, line, 1, 0));
        Assert.Throws<InputException>(() => SlicedWasserstein.Between(line, plane, 9, 0));
        Assert.True(double.IsNaN(EnergyDistance.Estimate(new([1f, float.NaN], 2, 1), line).Value));
    }

    [Fact]
    public void On_a_line_the_distance_is_between_sorted_values()
    {
        Assert.Equal(((2.0 * 2.0) + (1.0 * 1.0)) / 2.0, SlicedWasserstein.OnLine([5.0, 1.0], [3.0, 6.0]), 1e-15);

        // Two values against three: thirds and halves meet at 1/3, 1/2 and 2/3.
        Assert.Equal(
            ((2.0 * 1.0) + (1.0 * 4.0) + (1.0 * 9.0) + (2.0 * 16.0)) / 6.0,
            SlicedWasserstein.OnLine([0.0, 5.0], [1.0, 2.0, 9.0]),
            1e-15);
    }

    [Theory]
    [InlineData(63, 257)]
    [InlineData(64, 65)]
    [InlineData(257, 1)]
    public void Sets_of_unlike_size_are_compared_as_if_repeated_to_one_size(int n, int m)
    {
        double[] first = [.. Enumerable.Range(0, n).Select(i => Math.Sin(i * i))];
        double[] second = [.. Enumerable.Range(0, m).Select(i => 2.0 * Math.Cos(3 * i * i))];
        double[] repeatedFirst = [.. first.Order().SelectMany(x => Enumerable.Repeat(x, m))];
        double[] repeatedSecond = [.. second.Order().SelectMany(x => Enumerable.Repeat(x, n))];
        double expected = repeatedFirst.Zip(repeatedSecond, (x, y) => (x - y) * (x - y)).Average();

        Assert.Equal(expected, SlicedWasserstein.OnLine(first, second), 1e-12);
    }

    [Fact]
    public void A_shift_shows_in_every_direction_as_its_component()
    {
        double[] shift = [1.5, -0.5, 2.0];
        float[] values = Sampled(3, 200, 5).Values;
        float[] moved = [.. values.Select((x, i) => x + (float)shift[i % 3])];
        SlicedWasserstein sliced = SlicedWasserstein.Between(new(values, 200, 3), new(moved, 200, 3), 500, 9);
        double expected = Enumerable.Range(0, 500)
            .Average(p => Math.Pow(SlicedWasserstein.Direction(9, (uint)p, 3).Zip(shift, (a, b) => a * b).Sum(), 2));

        Assert.Equal(expected, sliced.Squared, 1e-5);
        Assert.Equal(shift.Sum(x => x * x) / 3.0, sliced.Squared, 4.0 * sliced.StandardError);
        Assert.Equal(500, sliced.Directions);
        Assert.Equal(1.0, SlicedWasserstein.Direction(9, 3, 3).Sum(x => x * x), 1e-12);
    }

    // In each direction the two are normal: W₂² = (θ·a)² + (√(θᵀSθ) − √(θᵀTθ))².
    [Fact]
    public void Normals_have_their_known_distance()
    {
        const int count = 40_000;
        GaussianMixture first = new([1.0], [[0.0, 0.0]], [new[,] { { 2.0, 0.5 }, { 0.5, 1.0 } }]);
        GaussianMixture second = new([1.0], [[1.0, 0.0]], [new[,] { { 1.0, 0.0 }, { 0.0, 4.0 } }]);
        SlicedWasserstein sliced = SlicedWasserstein.Between(
            new(first.Sample(count, 1), count, 2), new(second.Sample(count + 11, 2), count + 11, 2), 50, 4);
        double expected = Enumerable.Range(0, 50).Average(p =>
        {
            double[] d = SlicedWasserstein.Direction(4, (uint)p, 2);
            double std = Math.Sqrt((2.0 * d[0] * d[0]) + (d[0] * d[1]) + (d[1] * d[1]));
            double other = Math.Sqrt((d[0] * d[0]) + (4.0 * d[1] * d[1]));
            return (d[0] * d[0]) + ((std - other) * (std - other));
        });

        Assert.Equal(expected, sliced.Squared, 0.03);
        Assert.InRange(expected, 0.5, 1.0);
    }

    [Fact]
    public void One_dimension_has_one_direction()
    {
        SlicedWasserstein sliced = SlicedWasserstein.Between(new([0f, 2f], 2, 1), new([5f, 4f], 2, 1), 100, 1);

        Assert.Equal((1, 0.0), (sliced.Directions, sliced.StandardError));
        Assert.Equal(((4.0 * 4.0) + (3.0 * 3.0)) / 2.0, sliced.Squared, 1e-12);
        Assert.Equal(Math.Sqrt(12.5), sliced.Distance, 1e-12);
    }

    private static double Plain(PointSet first, PointSet second, Func<double, double> kernel)
    {
        double Mean(PointSet xs, PointSet ys, bool isSame)
        {
            double sum = 0.0;
            for (int i = 0; i < xs.Count; i++)
            {
                for (int j = 0; j < ys.Count; j++)
                {
                    double squared = 0.0;
                    for (int d = 0; d < xs.Dimension; d++)
                    {
                        squared += Math.Pow((double)xs[i][d] - ys[j][d], 2);
                    }

                    sum += isSame && i == j ? 0.0 : kernel(squared);
                }
            }

            return sum / (isSame ? xs.Count * (xs.Count - 1.0) : (double)xs.Count * ys.Count);
        }

        return (2.0 * Mean(first, second, false)) - Mean(first, first, true) - Mean(second, second, true);
    }

    private static PointSet Normals(int count, ulong seed) =>
        new(GaussianMixture.Isotropic([[0.0]], Math.Sqrt(2.0) * 1.0035).Sample(count, seed), count, 1);

    private static PointSet Sampled(int dimension, int count, ulong seed) =>
        new(RandomMixture.Create(dimension, 2, (int)seed).Sample(count, seed), count, dimension);
}
